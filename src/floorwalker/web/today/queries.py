"""What Today asks: five numbers of one day with the same weekdays before, the course of such days, and what came in last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import polars as pl

from floorwalker.core.measures import MEASURES, Filter, Question
from floorwalker.web.changes.places import SITE, Place
from floorwalker.web.intake.models import Import
from floorwalker.web.journal.models import Entry
from floorwalker.web.pulse.queries import Desk, same_weekdays
from floorwalker.web.pulse.usual import NOTHING_TOLD, Standing, Told, Usual, standing, usual
from floorwalker.web.ui.values import rounded

FIVE = ("service_level", "aht", "abandonment_rate", "fcr", "csat")
SO_FAR = ("offered", "service_level", "abandonment_rate", "aht", "csat")
LATE = frozenset({"fcr", "repeat_rate"})
"""Measures of a day that are known only once customers had their days to come back."""
WEEKS_BACK = 12
RECENT_WEEKS = 8
QUARTER = 15
FRESH_DAYS = 7


@dataclass(frozen=True)
class Number:
    """A measure on one day (None: not known) with what it rests on, and the usual range of such days, rounded as written."""

    measure: str
    day: date
    value: float | None
    sample: float
    usual: Usual | None
    past_days: int

    @property
    def is_too_few(self) -> bool:
        return self.value is not None and self.sample < MEASURES[self.measure].smallest_sample

    @property
    def standing(self) -> Standing:
        return Standing.UNKNOWN if self.is_too_few else standing(self.value, self.usual)


Tellings = Mapping[tuple[str, Place], Told]
"""What is known of the days of each series: measure and place."""


def numbers_of_day(
    desk: Desk, day: date, names: Sequence[str], told: Tellings, before_minute: int | None = None
) -> list[Number]:
    """Measures of a day, or of its part before a minute, each against the same weekdays of the last twelve weeks.

    What is known only later, such as first contact resolution, is taken of the last same weekday on which it is known.
    """
    lag = ceil(desk.warehouse.settings.repeat_days / 7) if LATE & set(names) else 0
    days = [day, *same_weekdays(day, WEEKS_BACK + lag)]
    frame = _by_day(desk, names, days, before_minute)
    return [_number(frame, name, days, lag if name in LATE else 0, told.get((name, SITE), NOTHING_TOLD)) for name in names]


def _by_day(desk: Desk, names: Sequence[str], days: Sequence[date], before_minute: int | None) -> pl.DataFrame:
    where = [Filter("day", tuple(day.isoformat() for day in days))]
    if before_minute is not None:
        where.append(Filter("minute", tuple(str(minute) for minute in range(0, before_minute, QUARTER))))
    return desk.ask(Question(tuple(names), ("day",), min(days), max(days), tuple(where))).frame


def _number(frame: pl.DataFrame, name: str, days: Sequence[date], lag: int, told: Told = NOTHING_TOLD) -> Number:
    rows = {day: (value, sample or 0.0) for day, value, sample in frame.select("day", name, f"{name}.n").iter_rows()}
    day, before = days[lag], days[lag + 1 : lag + 1 + WEEKS_BACK]
    value, sample = rows.get(day, (None, 0.0))
    enough = MEASURES[name].smallest_sample
    known = {each: rows[each][0] for each in before if each in rows and rows[each][0] is not None and rows[each][1] >= enough}
    past = told.like(day, known)
    unit, range_ = MEASURES[name].unit, usual(past)
    shown = None if value is None else rounded(unit, value)
    return Number(name, day, shown, sample, range_.rounded_as(unit) if range_ else None, len(past))


def numbers_by_queue(desk: Desk, day: date, names: Sequence[str], told: Tellings) -> dict[str, list[Number]]:
    """Measures of a day in each named queue, each against the same weekdays of the last twelve weeks."""
    days = [day, *same_weekdays(day, WEEKS_BACK)]
    where = (Filter("day", tuple(each.isoformat() for each in days)),)
    frame = desk.ask(Question(tuple(names), ("queue", "day"), min(days), day, where)).frame
    parts = frame.filter(pl.col("queue").is_not_null()).partition_by("queue", as_dict=True)
    return {
        str(queue): [_number(part, name, days, 0, told.get((name, Place("queue", str(queue))), NOTHING_TOLD)) for name in names]
        for (queue,), part in parts.items()
    }


def numbers_of_week(desk: Desk, first: date, names: Sequence[str]) -> list[Number]:
    """Measures of the week that begins on `first`, each against the twelve weeks before; late ones of the last known week."""
    lag = ceil(desk.warehouse.settings.repeat_days / 7)
    weeks = [first, *same_weekdays(first, WEEKS_BACK + lag)]
    frame = desk.ask(Question(tuple(names), ("week",), weeks[-1], first + timedelta(days=6))).frame
    return [_number(frame.rename({"week": "day"}), name, weeks, lag if name in LATE else 0) for name in names]


def weekly(desk: Desk, until: date, weeks: int, names: Sequence[str]) -> pl.DataFrame:
    """Measures week by week, the last one ending before or on `until`."""
    return desk.ask(Question(tuple(names), ("week",), until - timedelta(days=7 * weeks - 1), until)).frame


def course_of_days(desk: Desk, day: date) -> pl.DataFrame:
    """Contacts offered by day and minute: on the recent same weekdays, and on `day` itself as far as it is known."""
    days = [day, *same_weekdays(day, RECENT_WEEKS)]
    where = (Filter("day", tuple(each.isoformat() for each in days)),)
    return desk.ask(Question(("offered",), ("day", "minute"), min(days), day, where)).frame


def local(at: datetime | None, tz: str) -> datetime | None:
    """An instant on the site's clock."""
    return None if at is None else at.astimezone(ZoneInfo(tz))


def last_imports(count: int) -> list[Import]:
    """The imports that ended last, whole or failed."""
    ended = Import.objects.filter(state__in=(Import.State.WHOLE, Import.State.FAILED, Import.State.STOPPED))
    return list(ended.select_related("by__person").prefetch_related("files").order_by("-pk")[:count])


def looks_at(person_pk: int, count: int) -> list[Entry]:
    """Who opened a person's numbers or page, the latest first."""
    looks = Entry.objects.filter(about_person=person_pk, verb="person.looked")
    return list(looks.select_related("actor__person").order_by("-at")[:count])
