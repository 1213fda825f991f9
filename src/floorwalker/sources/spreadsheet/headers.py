"""Which field a column's name speaks of, in six languages."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from floorwalker.sources.spreadsheet import words
from floorwalker.sources.spreadsheet.script import plain

_BRACKETS = re.compile(r"[(\[{（【](.*?)[)\]}）】]")
_SIGNS = re.compile(r"[\s_\-/.:*#'\"]+")
_NUMBER = re.compile(r"[-+]?[\d.,:/\- ]*\d[\d.,:/\- %]*([ap]\.?m\.?)?")
_CJK = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
_MEANS = ("avg", "average", "mean", "średni", "평균", "平均", "میانگین", "asa", "aht", "att", "acw avg")
_TZ = re.compile(r"\b(utc|gmt)(?:\s*([+-]\d{1,2})(?::?00)?)?(?![\w:])")


@dataclass(frozen=True)
class Meaning:
    """What a column name says: fields it may be, likeliest first, with how sure (0 to 1); a unit; a mean; a zone."""

    fields: tuple[tuple[str, float], ...] = ()
    unit: str = ""
    mean: bool = False
    tz: str = ""


def meaning(header: str) -> Meaning:
    """What a column's name says."""
    text = plain(header)
    bracketed = [found.strip() for found in _BRACKETS.findall(text)]
    units = words.lexicon("unit")
    unit = next((units[found] for found in bracketed if found in units), "") or _unit_at_end(text)
    zone = _TZ.search(text)
    return Meaning(
        fields=_fields(text),
        unit=unit,
        mean=any(_squeezed(word) in _squeezed(text).split(" ") or (_CJK.search(word) and word in text) for word in _MEANS)
        or text.startswith(("średni", "میانگین")),
        tz=_zone(zone) if zone else "",
    )


def known_share(cells: Iterable[str]) -> float:
    """The share of filled cells that are names of columns, well known ones."""
    filled = [_squeezed(_BRACKETS.sub(" ", plain(cell))) for cell in cells if cell.strip()]
    return sum(name in _lexicon() for name in filled) / len(filled) if filled else 0.0


def is_data(cell: str) -> bool:
    """Whether a cell is a number, a date or a clock reading rather than words."""
    return bool(_NUMBER.fullmatch(plain(cell)))


def languages(headers: Iterable[str]) -> Mapping[str, int]:
    """How many of the names are words of each language."""
    counts: dict[str, int] = {}
    for header in headers:
        for language in _by_language().get(_squeezed(_BRACKETS.sub(" ", plain(header))), ()):
            counts[language] = counts.get(language, 0) + 1
    return counts


def _fields(text: str) -> tuple[tuple[str, float], ...]:
    whole, bare = _squeezed(text), _squeezed(_BRACKETS.sub(" ", text))
    known = _lexicon()
    for name, sure in ((whole, 0.95), (bare, 0.95), (_TZ.sub("", bare).strip(), 0.95)):
        if name in known:
            return tuple((field, sure) for field in known[name])
    found = [(word, fields) for word, fields in known.items() if len(word) > 2 and _holds(bare, word)]
    if not found:
        words = bare.split(" ")
        found = [
            (word, known[word]) for word in (words[0], words[-1]) if len(word) == 2 and _CJK.search(word) and word in known
        ]
    if not found:
        return ()
    longest = max(len(word) for word, _ in found)
    fields = dict.fromkeys(field for word, names in found if len(word) == longest for field in names)
    return tuple((field, round(0.4 + 0.4 * min(1.0, longest / max(len(bare), 1)), 2)) for field in fields)


def _holds(name: str, word: str) -> bool:
    if _CJK.search(word):
        return word in name
    return f" {word} " in f" {name} "


def _squeezed(text: str) -> str:
    return _SIGNS.sub(" ", text).strip()


def _unit_at_end(text: str) -> str:
    """A unit as the last of several words, or 秒数 (number of seconds) as the end of one; 시간 and ساعت mean time there."""
    units, last = words.lexicon("unit"), _squeezed(_BRACKETS.sub(" ", text)).split(" ")[1:]
    if last and last[-1] in units and last[-1] not in ("시간", "ساعت", "h", "d"):
        return units[last[-1]]
    return next((units[end] for end in ("毫秒", "秒数", "秒數") if text.endswith(end)), "")


def _zone(found: re.Match[str]) -> str:
    hours = int(found[2] or 0)
    return "UTC" if not hours else f"Etc/GMT{-hours:+d}"


@cache
def _lexicon() -> Mapping[str, tuple[str, ...]]:
    entries: dict[str, list[str]] = {}
    for field, by_language in _file().items():
        for word in (word for names in by_language.values() for word in names):
            fields = entries.setdefault(_squeezed(_BRACKETS.sub(" ", plain(word))), [])
            if field not in fields:
                fields.append(field)
    return {word: tuple(fields) for word, fields in entries.items()}


@cache
def _by_language() -> Mapping[str, frozenset[str]]:
    spoken: dict[str, set[str]] = {}
    for by_language in _file().values():
        for language, names in by_language.items():
            for word in names:
                spoken.setdefault(_squeezed(_BRACKETS.sub(" ", plain(word))), set()).add(language)
    return {word: frozenset(found) for word, found in spoken.items()}


@cache
def _file() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("headers.toml").read_text("utf-8"))
