"""What the coming days will probably bring: the mean of recent same weekdays."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from floorwalker.core.measures import Question
from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.queries import open_warehouse

LOOKED_BACK = timedelta(weeks=8)

Course = Sequence[tuple[int, float]]


def expected_courses(site: Site, first: date, last: date) -> dict[date, Course]:
    """Contacts by interval of each day from `first` to `last`, as (minute of the day, contacts); weekdays unknown stay out."""
    known = Question(("offered",), by=("day", "minute"), since=first - LOOKED_BACK, until=first - timedelta(days=1))
    frame = open_warehouse(site).answer(known).frame.filter(pl.col("minute").is_not_null() & (pl.col("offered") > 0))
    by_weekday = _courses(frame.with_columns(weekday=pl.col("day").dt.weekday() - 1))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day: by_weekday[day.weekday()] for day in days if day.weekday() in by_weekday}


def _courses(frame: pl.DataFrame) -> dict[int, Course]:
    """The mean course of each weekday; an interval without contacts on an open day counts as none."""
    open_days = frame.group_by("weekday").agg(pl.col("day").n_unique().alias("days"))
    sums = (
        frame.group_by("weekday", "minute").agg(pl.col("offered").sum()).join(open_days, on="weekday").sort("weekday", "minute")
    )
    courses: dict[int, list[tuple[int, float]]] = {}
    for weekday, minute, offered, days in sums.select("weekday", "minute", "offered", "days").iter_rows():
        courses.setdefault(weekday, []).append((minute, offered / days))
    return dict(courses)
