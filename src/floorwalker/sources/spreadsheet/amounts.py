"""Texts to durations in seconds and to numbers: one style per column."""

import math
import re

import polars as pl

from floorwalker.sources.spreadsheet import words
from floorwalker.sources.spreadsheet.script import ascii_digits, digits, plain

UNITS = {"ms": 0.001, "seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86_400.0}
CLOCKS = ("h:mm:ss", "mm:ss", "h:mm")

_CLOCK = re.compile(r"(-?)(\d+):(\d{1,2})(?::(\d{1,2})(?:[.,](\d+))?)?")
_THOUSANDS = {".": re.compile(r"-?\d{1,3}([,' ]\d{3})+(\.\d+)?"), ",": re.compile(r"-?\d{1,3}([.' ]\d{3})+(,\d+)?")}
_WORDED = re.compile(r"([\d.,]+)\s*([^\d\s.,]+)")


def seconds(texts: pl.Series, form: str, decimal: str = ".") -> pl.Series:
    """Durations in seconds (Float64) of texts in style `form`; null where a text does not fit.

    `form` is a unit (ms, seconds, minutes, hours, days) or a clock style (h:mm:ss, mm:ss, h:mm).
    """
    if form not in CLOCKS:
        return numbers(texts, decimal) * UNITS[form or "seconds"]
    padded = {"h:mm:ss": texts, "mm:ss": "0:" + texts, "h:mm": texts + ":00"}[form]
    clock = padded.str.to_time("%H:%M:%S", strict=False)
    return (clock.cast(pl.Int64) // 1_000_000_000).cast(pl.Float64)


def one_duration(text: str, form: str, decimal: str = ".") -> float | None:
    """One text that did not fit its column's style, in seconds: long clocks, fractions, units written out."""
    found = _CLOCK.fullmatch(text)
    if found:
        return _from_clock(found, form)
    pairs = _WORDED.findall(plain(text))
    if pairs and "".join(number + unit for number, unit in pairs) == plain(text).replace(" ", ""):
        return _from_units(pairs, decimal)
    number = one_number(text, decimal)
    return None if number is None or (form in CLOCKS and number != 0) else number * UNITS.get(form, 1.0)


def numbers(texts: pl.Series, decimal: str = ".") -> pl.Series:
    """Numbers (Float64) of texts with `decimal` as their decimal sign; null where a text is none."""
    if decimal == ",":
        texts = texts.str.replace(",", ".", literal=True).set(texts.str.contains(".", literal=True), None)
    return finite(texts.cast(pl.Float64, strict=False))


def one_number(text: str, decimal: str = ".") -> float | None:
    """One text that is no plain number: thousands marked, a percent sign (91% is 91), spaces."""
    text = digits(text).replace("\xa0", " ").replace("\u202f", " ").strip()
    text = text.removesuffix("%").strip()
    if _THOUSANDS[decimal].fullmatch(text):
        text = re.sub(r"[' ]", "", text).replace("," if decimal == "." else ".", "")
    text = text.replace(decimal, ".")
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d{1,3})?", text):
        return None
    return number if math.isfinite(number := float(text)) else None


def finite(values: pl.Series) -> pl.Series:
    """Infinite and not-a-number texts such as "inf" and "nan" are no numbers."""
    sound = values.is_finite()
    return values if sound.all() else values.set(~sound, None)


def _from_clock(found: re.Match[str], form: str) -> float | None:
    sign, first, second, third, fraction = found.groups()
    if int(second) > 59 or int(third or 0) > 59:
        return None
    if third is not None:
        whole = int(first) * 3600 + int(second) * 60 + int(third) + float(f"0.{fraction or 0}")
    elif form in CLOCKS:
        whole = (int(first) * 60.0 + int(second)) * (60 if form == "h:mm" else 1)
    else:
        return None
    return -whole if sign else whole


def _from_units(pairs: list[tuple[str, str]], decimal: str) -> float | None:
    total = 0.0
    for number, unit in pairs:
        value, known = one_number(number, decimal), words.lexicon("unit").get(unit)
        if value is None or known is None:
            return None
        total += value * UNITS[known]
    return total


def spelled(texts: pl.Series) -> pl.Series:
    """Amounts in ASCII digits and signs; an empty text as null."""
    texts = ascii_digits(texts)
    return texts.set(texts == "", None)
