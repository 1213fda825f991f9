"""How one person reads: language, digits, calendar, clock and week. Every number and date on a page is written by it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from babel.numbers import NumberPattern, parse_pattern
from persiantools import digits
from persiantools.jdatetime import JalaliDate

BABEL = {"en": "en_GB", "pl": "pl", "ko": "ko", "zh-hant": "zh_Hant_TW", "zh-hans": "zh_Hans_CN", "fa": "fa"}
HTML = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}
RIGHT_TO_LEFT = frozenset({"fa"})
LETTER_MARK = "\u061c"


@dataclass(frozen=True)
class Reader:
    """Writes values for a reader of `language` in zone `tz`; weeks start on `week_start` (0 Monday)."""

    language: str
    tz: str = "UTC"
    week_start: int = 0
    weekend: tuple[int, ...] = (5, 6)
    time_from_left: bool = False

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(BABEL[self.language])

    @property
    def html_language(self) -> str:
        return HTML.get(self.language, self.language)

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def is_jalali(self) -> bool:
        return self.language == "fa"

    def number(self, value: float | None, places: int = 0) -> str:
        """A number with grouping, rounded to `places`; an unknown one is a dash."""
        if value is None:
            return "–"
        digits_of = "default" if self.is_jalali else "latn"
        return self._digits(_pattern(places).apply(value, self.locale, numbering_system=digits_of))

    def percent(self, share: float | None, places: int = 0) -> str:
        """A share of one as per cent, the sign where the language puts it."""
        if share is None:
            return "–"
        if self.is_jalali:
            return f"{self.number(share * 100, places)}{LETTER_MARK}٪"
        sign = "\u00a0%" if self.language == "pl" else "%"
        return str(_pattern(places, sign).apply(share, self.locale))

    def duration(self, seconds: float | None) -> str:
        """Minutes and seconds as on a clock, hours in front when there are any: 6:22, 1:04:10."""
        if seconds is None:
            return "–"
        whole = round(abs(seconds))
        hours, rest = divmod(whole, 3600)
        minutes, left = divmod(rest, 60)
        text = f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
        return self._digits(f"\u2212{text}" if seconds < 0 and whole else text)

    def clock(self, minute: int) -> str:
        """A minute of the day as a time: 10:30."""
        return self._digits(f"{minute // 60}:{minute % 60:02}")

    def day(self, day: date | None, style: str = "long") -> str:
        """A day: `long` with year, `medium` without weekday or year, `short` for axes, `full` with weekday and year;
        `named` and `dated` with weekday and without year, `dated` for where there is little room."""
        if day is None:
            return "–"
        if self.is_jalali:
            form = {"full": "%A %-d %B %Y", "long": "%-d %B %Y", "medium": "%-d %B", "short": "%-d %B"}
            form |= {"named": "%A %-d %B", "dated": "%A %-d %B"}
            return self._jalali(day, form[style])
        form = {"full": "full", "long": "long", "medium": _DAY_MONTH[self.language], "short": _DAY_MONTH_SHORT[self.language]}
        form |= {"named": _NAMED[self.language], "dated": _DATED[self.language]}
        return format_date(day, form[style], self.locale)

    def month(self, day: date) -> str:
        """The month of a day, with its year."""
        if self.is_jalali:
            return self._jalali(day, "%B %Y")
        return format_date(
            day, {"ko": "y년 MMMM"}.get(self.language, "y年M月" if self.language.startswith("zh") else "LLLL y"), self.locale
        )

    def weekday(self, number: int, width: Literal["wide", "abbreviated"] = "wide") -> str:
        """The name of a weekday; 0 is Monday."""
        return str(get_day_names(width, "stand-alone", self.locale)[number])

    def instant(self, at: datetime | None) -> str:
        """An instant as day and time on the site's clock."""
        if at is None:
            return "–"
        local = at.astimezone(ZoneInfo(self.tz))
        return f"{self.day(local.date(), 'medium')} {self.time(local)}"

    def time(self, local: datetime) -> str:
        """The time of day of a local reading."""
        return self._digits(format_time(local, "H:mm", tzinfo=local.tzinfo, locale="en"))

    def paragraph(self, *sentences: str) -> str:
        """Whole sentences behind one another; Chinese leaves no space between them."""
        return ("" if self.language.startswith("zh") else " ").join(sentences)

    def week_of(self, day: date) -> date:
        """The first day of the week that holds `day`."""
        return day - timedelta(days=(day.weekday() - self.week_start) % 7)

    def _digits(self, text: str) -> str:
        return digits.en_to_fa(text) if self.is_jalali else text

    def _jalali(self, day: date, form: str) -> str:
        jalali = JalaliDate(day, locale="fa")
        text = jalali.strftime(form.replace("%-d", str(jalali.day)))
        return self._digits(text)


@cache
def _pattern(places: int, sign: str = "") -> NumberPattern:
    """How a number with so many places and this sign is laid out; parsing it anew costs more than writing the number."""
    return parse_pattern("#,##0" + ("." + "0" * places if places else "") + sign)


_DAY_MONTH = {"en": "d MMMM", "pl": "d MMMM", "ko": "M월 d일", "zh-hant": "M月d日", "zh-hans": "M月d日"}
_DAY_MONTH_SHORT = {"en": "d MMM", "pl": "d MMM", "ko": "M. d.", "zh-hant": "M/d", "zh-hans": "M/d"}
_NAMED = {
    "en": "EEEE d MMMM",
    "pl": "EEEE, d MMMM",
    "ko": "M월 d일 EEEE",
    "zh-hant": "M月d日 EEEE",
    "zh-hans": "M月d日 EEEE",
}
_DATED = {"en": "E d MMM", "pl": "E d MMM", "ko": "M. d. (E)", "zh-hant": "M/d EEE", "zh-hans": "M/d EEE"}
