"""Words of files, in six languages, to the words of the record tables."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

import polars as pl

from floorwalker.sources.spreadsheet.script import plain, tidy


@cache
def lexicon(field: str) -> Mapping[str, str]:
    """Plain spelling -> our word, for a field or for `flag`; several spellings give one word."""
    entries = _file()[field]
    return {plain(word): meaning for meaning, words in entries.items() for word in words} | {
        meaning: meaning for meaning in entries
    }


@cache
def nobody() -> frozenset[str]:
    """Plain spellings that stand for no person."""
    return frozenset(plain(word) for word in _file()["nobody"])


@cache
def totals() -> frozenset[str]:
    """Plain spellings that begin a row of sums or means."""
    return frozenset(plain(word) for word in _file()["totals"])


def translated(texts: pl.Series, field: str, own: Mapping[str, str]) -> pl.Series:
    """`texts` in the field's vocabulary; null where a word is unknown, or known to mean nothing."""
    known = dict(lexicon(field)) | {plain(word): meaning for word, meaning in own.items()}
    return _mapped(texts, lambda text: known.get(plain(text)) or None)


def respelled(texts: pl.Series, own: Mapping[str, str], *, person: bool) -> pl.Series:
    """Names in one spelling, with the mapping's own corrections; words for nobody are null where the field holds a person."""
    known = {plain(word): better for word, better in own.items()}
    gone = nobody() if person else frozenset[str]()

    def better(text: str) -> str | None:
        key = plain(text)
        return known[key] or None if key in known else None if key in gone else tidy(text) or None

    return _mapped(texts, better)


def _mapped(texts: pl.Series, change: Callable[[str], str | None]) -> pl.Series:
    """`change` applied to each distinct text; the column itself when nothing changes."""
    distinct = texts.unique().drop_nulls()
    changed = {text: after for text in distinct if (after := change(text)) != text}
    if not changed:
        return texts
    return texts.replace(list(changed), pl.Series(list(changed.values()), dtype=pl.String))


@cache
def _file() -> Mapping[str, Mapping[str, list[str]]]:
    text = resources.files(__package__).joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)
