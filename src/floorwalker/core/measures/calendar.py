"""Weeks, months and years of a site: which first day each day belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from persiantools.jdatetime import JalaliDate

MONDAY, SATURDAY, SUNDAY = 1, 6, 7


@dataclass(frozen=True)
class Calendar:
    """How a site counts: the first day of its week (ISO number, 1 is Monday) and whether its months are Jalali."""

    week_start: int = MONDAY
    jalali: bool = False

    def week(self, day: date) -> date:
        """The first day of the week that `day` is in."""
        return day - timedelta(days=(day.isoweekday() - self.week_start) % 7)

    def month(self, day: date) -> date:
        """The first day, as a Gregorian date, of the month that `day` is in."""
        return JalaliDate(day).replace(day=1).to_gregorian() if self.jalali else day.replace(day=1)

    def year(self, day: date) -> date:
        """The first day, as a Gregorian date, of the year that `day` is in."""
        return JalaliDate(day).replace(month=1, day=1).to_gregorian() if self.jalali else day.replace(month=1, day=1)

    def table(self, days: Iterable[date]) -> pl.DataFrame:
        """One row for each of `days`: day, week, month, year (first days, Date) and weekday (1 Monday to 7 Sunday)."""
        rows = [(day, self.week(day), self.month(day), self.year(day), day.isoweekday()) for day in days]
        dtypes = {"day": pl.Date, "week": pl.Date, "month": pl.Date, "year": pl.Date, "weekday": pl.Int64}
        return pl.DataFrame(rows, schema=dtypes, orient="row")
