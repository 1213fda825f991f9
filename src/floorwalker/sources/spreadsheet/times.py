"""Texts to local clock readings: several calendars, one format per column, nothing guessed per cell."""

import datetime as dt
import re
from collections.abc import Callable

import polars as pl
from persiantools.jdatetime import JalaliDate

from floorwalker.sources.spreadsheet.script import ascii_digits

HALF_DAYS = {
    "上午": "AM",
    "下午": "PM",
    "凌晨": "AM",
    "早上": "AM",
    "晚上": "PM",
    "오전": "AM",
    "오후": "PM",
    "ق.ظ": "AM",
    "ب.ظ": "PM",
    "قبل از ظهر": "AM",
    "بعد از ظهر": "PM",
    "a.m.": "AM",
    "p.m.": "PM",
}
CALENDARS: dict[str, Callable[[int, int, int], dt.date]] = {
    "jalali": lambda year, month, day: JalaliDate(year, month, day).to_gregorian(),
    "minguo": lambda year, month, day: dt.date(year + 1911, month, day),
    "buddhist": lambda year, month, day: dt.date(year - 543, month, day),
}
EARLIEST = (dt.datetime(1980, 1, 1), dt.datetime(1930, 1, 1))  # noqa: DTZ001  clock readings have no zone
"""Earlier times are mistakes: contacts before 1980, people hired before 1930."""
LATEST = dt.datetime(2100, 1, 1)  # noqa: DTZ001

_SERIAL_START = {"excel": dt.datetime(1899, 12, 30), "excel_1904": dt.datetime(1904, 1, 1)}  # noqa: DTZ001
_EPOCHS = {"epoch_s": 1_000_000, "epoch_ms": 1_000}
_RANGE = r"(\d:\d\d(?::\d\d)?) ?[-~–] ?\d{1,2}:\d\d(?::\d\d)?$"
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?\s*(am|pm)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,4})([-/. ]|年 ?|년 ?)(\d{1,2})([-/. ]|月 ?|월 ?)(\d{1,4})(?:日|일|\.)?")


class Ambiguous(Exception):
    """A date that can be read in two ways, neither of which is its column's."""


def readings(texts: pl.Series, form: str) -> pl.Series:
    """Local clock readings (Datetime, microseconds, no zone) of texts in format `form`; null where a text does not fit.

    `form` is a pattern of strftime signs, optionally after the name of a calendar ("jalali %Y/%m/%d %H:%M"), or one of
    excel, excel_1904, epoch_s, epoch_ms, or "" which fits nothing. Epochs and patterns with %z give UTC readings.
    """
    if not form:
        return pl.repeat(None, len(texts), dtype=pl.Datetime("us"), eager=True)
    if form in _SERIAL_START:
        days = (texts.cast(pl.Float64, strict=False) * 86_400).round() * 1_000_000
        return (days.cast(pl.Int64, strict=False).cast(pl.Duration("us")) + _SERIAL_START[form]).cast(pl.Datetime("us"))
    if form in _EPOCHS:
        steps = (texts.cast(pl.Float64, strict=False) * _EPOCHS[form]).round()
        return steps.cast(pl.Int64, strict=False).cast(pl.Datetime("us"))
    calendar, _, pattern = form.partition(" ")
    if calendar in CALENDARS:
        return _from_calendar(texts, calendar, pattern)
    return _strictly(texts, form)


def is_utc(form: str) -> bool:
    """Whether readings of this format are UTC already."""
    return form in _EPOCHS or "%z" in form


def spelled(texts: pl.Series) -> pl.Series:
    """Times in ASCII: digits, signs, AM and PM behind the clock instead of words of other languages before it.

    Of a range such as 09:00-09:15 the beginning is kept.
    """
    texts = ascii_digits(texts)
    texts = texts.set(texts == "", None)
    if texts.str.contains(r"[^\x00-\x7f]|[ap]\.m\.").any():
        texts = texts.str.replace_many(list(HALF_DAYS), list(HALF_DAYS.values()))
    if texts.str.contains(r"(?i)\b[ap]m *\d").any():
        texts = texts.str.replace(r"(?i)\b([ap]m) *(\d{1,2}:\d{2}(?::\d{2})?)", "$2 $1")
    if texts.str.contains(_RANGE).any():
        texts = texts.str.replace(_RANGE, "$1")
    if texts.str.contains(r"\dZ$").any():
        texts = texts.str.replace(r"(\d)Z$", "$1+00:00")
    return texts


def one_reading(text: str, form: str) -> dt.datetime | None:
    """One spelled text that did not fit its column's format, read only where it can mean but one thing.

    Raises
    ------
    Ambiguous
        when day and month could be either way.
    """
    clock = _CLOCK.search(text)
    rest = (text[: clock.start()] + text[clock.end() :] if clock else text).strip(" T,")
    found = _DATE.fullmatch(rest)
    if not found or form in _EPOCHS:
        return None
    try:
        day = _one_date(found, form)
        time = _one_time(clock) if clock else dt.time()
        return None if day is None or time is None else dt.datetime.combine(day, time)
    except ValueError:
        return None


def _one_date(found: re.Match[str], form: str) -> dt.date | None:
    first, sign, second, _, third = found.groups()
    if len(first) == 4 or form.startswith("minguo"):
        return _in_calendar(int(first), int(second), int(third), form)
    if len(third) != 4:
        return None
    a, b, year = int(first), int(second), int(third)
    same_sign = f"%d{sign.strip()}%m" in form or f"%m{sign.strip()}%d" in form
    if same_sign:
        day, month = (a, b) if form.find("%d") < form.find("%m") else (b, a)
    elif a > 12 or a == b or sign == ".":
        day, month = a, b
    elif b > 12:
        day, month = b, a
    else:
        raise Ambiguous(found[0])
    return _in_calendar(year, month, day, form)


def _in_calendar(year: int, month: int, day: int, form: str) -> dt.date:
    calendar = form.partition(" ")[0]
    if calendar == "minguo" and year < 200:
        return CALENDARS[calendar](year, month, day)
    if 1300 <= year <= 1500:
        return CALENDARS["jalali"](year, month, day)
    return CALENDARS["buddhist"](year, month, day) if 2450 <= year <= 2650 else dt.date(year, month, day)


def _one_time(clock: re.Match[str]) -> dt.time | None:
    hour, minute, second, fraction, half = clock.groups()
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    return dt.time(hours, int(minute), int(second or 0), int((fraction or "0").ljust(6, "0")))


def _strictly(texts: pl.Series, pattern: str) -> pl.Series:
    """`strptime` for a column; a pattern without a clock gives midnight."""
    if "%H" not in pattern and "%I" not in pattern:
        return texts.str.to_date(pattern, strict=False).cast(pl.Datetime("us"))
    if pattern.endswith("%H"):
        texts, pattern = texts + ":00", pattern + ":%M"
    parsed = texts.str.to_datetime(pattern, strict=False, time_unit="us")
    return parsed.dt.convert_time_zone("UTC").dt.replace_time_zone(None) if "%z" in pattern else parsed


def _from_calendar(texts: pl.Series, calendar: str, pattern: str) -> pl.Series:
    """Dates of another calendar are converted once per distinct date; the clock behind them is read as ever."""
    day_pattern, _, clock_pattern = pattern.partition(" ")
    parts = texts.str.splitn(" ", 2).struct.unnest()
    days, clocks = parts.to_series(0), parts.to_series(1)
    distinct = days.unique().drop_nulls()
    known = pl.Series([_calendar_day(day, calendar, day_pattern) for day in distinct], dtype=pl.Date)
    midnight = days.replace_strict(distinct, known, default=None, return_dtype=pl.Date).cast(pl.Datetime("us"))
    if not clock_pattern:
        return midnight.set(clocks.is_not_null(), None)
    since = clocks.str.to_time(clock_pattern, strict=False).cast(pl.Duration("us"))
    return midnight + since


def _calendar_day(text: str, calendar: str, pattern: str) -> dt.date | None:
    expression = re.escape(pattern)
    for sign in ("%Y", "%m", "%d"):
        expression = expression.replace(re.escape(sign), f"(?P<{sign[1]}>[0-9]{{1,4}})")
    found = re.fullmatch(expression, text)
    if not found:
        return None
    try:
        return CALENDARS[calendar](int(found["Y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
