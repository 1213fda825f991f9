"""Words of files, in six languages, to the words of the record tables."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import polars as pl

from floorwalker.sources.spreadsheet.script import plain


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
    distinct = texts.unique().drop_nulls()
    meanings = pl.Series([known.get(plain(text)) or None for text in distinct], dtype=pl.String)
    return texts.replace_strict(distinct, meanings, default=None, return_dtype=pl.String)


def respelled(texts: pl.Series, own: Mapping[str, str], *, person: bool) -> pl.Series:
    """Names with the mapping's own corrections; a word for nobody becomes null where the field holds a person."""
    known = {plain(word): better for word, better in own.items()}
    gone = nobody() if person else frozenset[str]()
    distinct = texts.unique().drop_nulls()
    better = [known[key] or None if (key := plain(text)) in known else None if key in gone else text for text in distinct]
    if better == distinct.to_list():
        return texts
    return texts.replace_strict(distinct, pl.Series(better, dtype=pl.String), default=None, return_dtype=pl.String)


@cache
def _file() -> Mapping[str, Mapping[str, list[str]]]:
    text = resources.files(__package__).joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)
