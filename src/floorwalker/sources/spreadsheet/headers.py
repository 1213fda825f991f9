"""Which field a column's name speaks of, in six languages."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from floorwalker.sources.spreadsheet.script import plain

_BRACKETS = re.compile(r"[(\[{（【](.*?)[)\]}）】]")
_SIGNS = re.compile(r"[\s_\-/.:*#'\"]+")
_NUMBER = re.compile(r"[-+]?[\d.,:/\- ]*\d[\d.,:/\- %]*([ap]\.?m\.?)?")
_CJK = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
_UNITS = {
    "ms": "ms", "msec": "ms", "milliseconds": "ms", "毫秒": "ms",
    "s": "seconds", "sec": "seconds", "secs": "seconds", "seconds": "seconds", "sek": "seconds", "초": "seconds", "秒": "seconds",
    "秒数": "seconds", "秒數": "seconds", "ثانیه": "seconds",
    "min": "minutes", "mins": "minutes", "minutes": "minutes", "minuty": "minutes", "분": "minutes", "分": "minutes", "分钟": "minutes",
    "分鐘": "minutes", "دقیقه": "minutes",
    "h": "hours", "hrs": "hours", "hours": "hours", "godz": "hours", "시간": "hours", "小时": "hours", "小時": "hours", "ساعت": "hours",
}  # fmt: skip
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
    unit = next((_UNITS[found] for found in bracketed if found in _UNITS), "") or _unit_at_end(text)
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
    filled = [cell for cell in cells if cell.strip()]
    known = [cell for cell in filled if any(sure >= 0.9 for _, sure in meaning(cell).fields)]
    return len(known) / len(filled) if filled else 0.0


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
    words = _squeezed(_BRACKETS.sub(" ", text)).split(" ")
    if len(words) > 1 and words[-1] in _UNITS and words[-1] not in ("시간", "ساعت", "h"):
        return _UNITS[words[-1]]
    return next(
        (unit for ending, unit in (("秒数", "seconds"), ("秒數", "seconds"), ("毫秒", "ms")) if text.endswith(ending)), ""
    )


def _zone(found: re.Match[str]) -> str:
    hours = int(found[2] or 0)
    return "UTC" if not hours else f"Etc/GMT{-hours:+d}"


@cache
def _lexicon() -> Mapping[str, tuple[str, ...]]:
    entries: dict[str, list[str]] = {}
    for field, by_language in _file().items():
        for word in (word for words in by_language.values() for word in words):
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
