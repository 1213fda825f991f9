"""What a column's values look like: times of which format, amounts of which style, words of which vocabulary."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import polars as pl

from floorwalker.sources.spreadsheet import amounts, times, words
from floorwalker.sources.spreadsheet.script import digits, plain

_ENOUGH = 0.5
_DATES = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y. %m. %d", "%Y. %m. %d.", "%Y年%m月%d日", "%Y년 %m월 %d일", "%Y%m%d", "%y%m%d",
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y",
    "%d %b %Y", "%d-%b-%Y", "%b %d, %Y", "%b %d %Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%y",
)  # fmt: skip
_CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%H:%M:%S%.f", "%H%M", "%H%M%S", "%H")
_JOINS = (" ", "T", ", ", "  ")
_OFFSETS = ("%z", " %z")
_CALENDAR_DATES = ("%Y/%m/%d", "%Y-%m-%d", "%Y.%m.%d", "%d/%m/%Y", "%Y年%m月%d日")
_DIRECTIVE = re.compile(r"%\.?[a-zA-Z]")
_YEARS = {"jalali": (1300, 1500), "minguo": (90, 150), "buddhist": (2500, 2620)}
_LIKE_A_NUMBER = r"^[-+\p{Nd}.,'\s%eE٫٬٪،−–]+$"
_SWAP = {"%d/%m": "%m/%d", "%d-%m": "%m-%d", "%d.%m": "%m.%d"}


@dataclass(frozen=True)
class TimeForm:
    """A time format that fits a column. `either` when day and month may as well stand the other way round."""

    form: str
    share: float
    either: bool = False

    @property
    def has_date(self) -> bool:
        """Whether it says a day."""
        return "%d" in self.form or not self.form.startswith("%")

    @property
    def has_clock(self) -> bool:
        """Whether it says a time of day."""
        return any(sign in self.form for sign in ("%H", "%I")) or not _DIRECTIVE.search(self.form)


@dataclass(frozen=True)
class Values:
    """A column's sample: its filled texts, as they stand."""

    texts: pl.Series

    @cached_property
    def distinct(self) -> pl.Series:
        """Different texts, in order of appearance."""
        return self.texts.unique(maintain_order=True)

    @cached_property
    def time(self) -> TimeForm | None:
        """The time format that fits most of the texts, if it fits more than half."""
        return _time_form(times.spelled(self.distinct.head(5000)).drop_nulls())

    @cached_property
    def numbers(self) -> pl.Series:
        """The texts that are numbers, as numbers."""
        return _numbers(amounts.spelled(self.texts), self.decimal).drop_nulls()

    @cached_property
    def decimal(self) -> str:
        """The decimal sign: a comma when some comma is followed by other than three digits."""
        commas = self.distinct.filter(self.distinct.str.contains(r"^\D?\d+,\d+%?$"))
        odd = commas.str.contains(r",(\d{1,2}|\d{4,})%?$").any()
        return "," if odd and not self.distinct.str.contains(r"\d,\d{3}\.\d|^\d+\.\d+$").any() else "."

    @cached_property
    def grouped(self) -> bool:
        """Whether commas may be decimal signs or marks of thousands: each is followed by three digits, and no point helps."""
        return bool(self.distinct.str.contains(r"^-?\d{1,3},\d{3}$").any()) and self.decimal == "."

    @cached_property
    def clock_style(self) -> str:
        """h:mm:ss or mm:ss when most texts are clocks of three or two parts; mm:ss stands for h:mm as well."""
        texts = amounts.spelled(self.distinct.head(5000)).drop_nulls()
        if not len(texts):
            return ""
        three = _share(texts.str.contains(r"^-?\d+:\d{1,2}:\d{1,2}([.,]\d+)?$"))
        two = _share(texts.str.contains(r"^-?\d+:\d{2}$"))
        if three + two < _ENOUGH:
            return ""
        return "h:mm:ss" if three > 0 else "mm:ss"

    @cached_property
    def largest_first_part(self) -> int:
        """The largest number before the first colon."""
        parts = amounts.spelled(self.distinct).str.extract(r"^(\d+):").cast(pl.Int64, strict=False)
        return int(parts.max() or 0)  # type: ignore[arg-type]

    @cached_property
    def worded(self) -> bool:
        """Whether most texts are durations with their units written out (3 min 20 s)."""
        texts = [text for text in self.distinct.head(200) if re.search(r"[^\W\d]", text)]
        read = [text for text in texts if amounts.one_duration(digits(text), "seconds") is not None]
        return bool(texts) and len(read) / min(len(self.distinct), 200) >= _ENOUGH

    @property
    def number_share(self) -> float:
        """The share of the texts that are numbers."""
        return len(self.numbers) / len(self.texts) if len(self.texts) else 0.0

    def share_of(self, field_name: str) -> float:
        """The share of the different texts that are words of a field's lexicon."""
        known = words.lexicon(field_name)
        some = self.distinct.head(200).to_list()
        return sum(plain(text) in known for text in some) / len(some) if some else 0.0


def swapped(form: str) -> str:
    """A format with day and month the other way round."""
    for day_first, month_first in _SWAP.items():
        if day_first in form:
            return form.replace(day_first, month_first)
        if month_first in form:
            return form.replace(month_first, day_first)
    return form


def _time_form(texts: pl.Series) -> TimeForm | None:
    if not len(texts):
        return None
    if serial := _serial(texts):
        return serial
    some = texts.head(200)
    forms = [form for shape in dict.fromkeys(_shape(text) for text in some) for form in _by_shape().get(shape, ())]
    fitting = [guess for guess in (TimeForm(form, _fit(some, form)) for form in forms) if guess.share >= _ENOUGH]
    if not fitting:
        return None
    best = max(fitting, key=lambda guess: guess.share)
    best = TimeForm(best.form, _fit(texts, best.form))
    other = swapped(best.form)
    if other == best.form or not best.form.startswith(("%d", "%m")) or "." in best.form.partition("%Y")[0]:
        return best
    rival = _fit(texts, other)
    if rival > best.share:
        return TimeForm(other, rival)
    return TimeForm(best.form, best.share, either=rival == best.share)


def _serial(texts: pl.Series) -> TimeForm | None:
    numbers = texts.cast(pl.Float64, strict=False).drop_nulls()
    if len(numbers) < _ENOUGH * len(texts):
        return None
    share = len(numbers) / len(texts)
    for form, low, high in (("epoch_ms", 4e11, 4e12), ("epoch_s", 4e8, 4e9), ("excel", 29_000, 73_000)):
        if numbers.is_between(low, high).all():
            return TimeForm(form, share)
    return None


def _fit(texts: pl.Series, form: str) -> float:
    """The share of texts that the format reads as a plausible time."""
    if not _DIRECTIVE.search(form):
        return 1.0
    if "%d" not in form:
        return _share(times.readings("2000-01-01 " + texts, "%Y-%m-%d " + form).is_not_null())
    calendar = form.partition(" ")[0]
    if calendar in _YEARS:
        low, high = _YEARS[calendar]
        years = texts.str.extract(r"(\d{3,4})").cast(pl.Int64, strict=False)
        if not years.drop_nulls().is_between(low, high).all():
            return 0.0
    read = times.readings(texts, form)
    return _share(read.is_between(times.EARLIEST[1], times.LATEST))


def _share(flags: pl.Series) -> float:
    return float(flags.fill_null(value=False).mean() or 0.0)  # type: ignore[arg-type]


def _numbers(texts: pl.Series, decimal: str) -> pl.Series:
    values = amounts.numbers(texts, decimal)
    left = values.is_null() & texts.str.contains(_LIKE_A_NUMBER)
    if not left.any():
        return values
    distinct = texts.filter(left).unique()
    read = pl.Series([amounts.one_number(text, decimal) for text in distinct], dtype=pl.Float64)
    return values.scatter(left.arg_true(), texts.filter(left).replace_strict(distinct, read, return_dtype=pl.Float64))


@cache
def _by_shape() -> Mapping[str, tuple[str, ...]]:
    """Every format that is tried, likelier ones first, by the shape of the texts that it may read."""
    dates = [*_DATES, *(f"{calendar} {form}" for calendar in times.CALENDARS for form in _CALENDAR_DATES)]
    dated = [f"{date}{join}{clock}" for date in dates for join in _JOINS for clock in _CLOCKS]
    zoned = [form + offset for form in dated if "%S" in form or form.endswith("%H:%M") for offset in _OFFSETS]
    shapes: dict[str, list[str]] = {}
    for form in (*dates, *dated, *zoned, *_CLOCKS):
        shapes.setdefault(_form_shape(form), []).append(form)
    return {shape: tuple(forms) for shape, forms in shapes.items()}


def _shape(text: str) -> str:
    """A text's signs without its digits and letters, one space for the place of each group."""
    text = re.sub(r"[+-]\d\d:?\d\d$", "±", text) if ":" in text else text
    return re.sub(r"\s+", " ", re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "9", text)))


def _form_shape(form: str) -> str:
    calendar = form.partition(" ")[0]
    pattern = form.partition(" ")[2] if calendar in times.CALENDARS else form
    pattern = pattern.replace("%.f", ".9").replace("%z", "±")
    pattern = re.sub(r"%[bBp]|T", "a", pattern)
    return re.sub(r"\s+", " ", re.sub(r"9+", "9", re.sub(r"%[a-zA-Z]", "9", pattern)))
