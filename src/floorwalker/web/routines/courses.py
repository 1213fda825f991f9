"""What is expected, as the routines ask: curves by weekday, and today's by queue.

The forecast says it where there is one; else the mean of recent weeks does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from floorwalker.core.measures import Filter, Question
from floorwalker.web.accounts.models import Site
from floorwalker.web.planning.models import Expected
from floorwalker.web.pulse.queries import Desk, same_weekdays
from floorwalker.web.routines.peaks import Curve, curve_of

AHEAD = timedelta(days=28)
WEEKS_BACK = 8
FEWEST_DAYS = 2


@dataclass(frozen=True)
class Week:
    """A usual week: a curve for each weekday that has one; `is_forecast` says whether it lies ahead or behind."""

    curves: Mapping[int, Curve]
    is_forecast: bool

    @property
    def total(self) -> float:
        return sum(curve.total for curve in self.curves.values())


def week_ahead(desk: Desk, today: date) -> Week:
    """The coming four weeks as forecast, else the last eight as they were."""
    ahead = _forecast(desk.viewer.site, today)
    return Week(ahead, True) if ahead else Week(_recent(desk, today), False)


def _forecast(site: Site, today: date) -> dict[int, Curve]:
    found = Expected.objects.filter(site=site, snapshot=None, queue="", day__gt=today, day__lte=today + AHEAD)
    curves: dict[int, list[Curve]] = {}
    for each in found:
        if (curve := _curve(each.curve)) is not None:
            curves.setdefault(each.day.weekday(), []).append(curve)
    return {weekday: mean for weekday, several in sorted(curves.items()) if (mean := _mean(several)) is not None}


def _curve(kept: Mapping[str, object]) -> Curve | None:
    """A curve as the forecast keeps it; None for a day that is too far ahead to have one."""
    minutes, mean, length = kept.get("minutes"), kept.get("mean"), kept.get("length")
    if not isinstance(minutes, list) or not isinstance(mean, list) or not isinstance(length, int) or not minutes:
        return None
    contacts = dict(zip(minutes, mean, strict=False))
    return Curve(minutes[0], length, tuple(contacts.get(minute, 0.0) for minute in range(minutes[0], minutes[-1] + 1, length)))


def _mean(curves: Iterable[Curve]) -> Curve | None:
    several = list(curves)
    rows: dict[int, float] = {}
    for curve in several:
        for number, contacts in enumerate(curve.contacts):
            minute = curve.first + number * curve.length
            rows[minute] = rows.get(minute, 0.0) + contacts
    return curve_of(list(rows.items()), len(several))


def _recent(desk: Desk, today: date) -> dict[int, Curve]:
    since = today - timedelta(weeks=WEEKS_BACK)
    frame = desk.ask(Question(("offered",), ("day", "minute"), since, today - timedelta(days=1))).frame
    known = frame.filter(pl.col("minute").is_not_null() & (pl.col("offered") > 0)).with_columns(
        weekday=pl.col("day").dt.weekday() - 1
    )
    found = {}
    for (weekday,), part in sorted(known.partition_by("weekday", as_dict=True).items()):
        days = part["day"].n_unique()
        sums = part.group_by("minute").agg(pl.col("offered").sum()).rows()
        if days >= FEWEST_DAYS and (curve := curve_of([(int(m), float(n)) for m, n in sums], days)):
            found[int(weekday)] = curve
    return found


def queues_today(desk: Desk, today: date) -> dict[str, Curve]:
    """Today's curve of each queue."""
    kept = Expected.objects.filter(site=desk.viewer.site, snapshot=None, day=today).exclude(queue="")
    ahead = {each.queue: curve for each in kept if (curve := _curve(each.curve)) is not None}
    return ahead or _queues_recently(desk, today)


def _queues_recently(desk: Desk, today: date) -> dict[str, Curve]:
    days = same_weekdays(today, WEEKS_BACK)
    where = (Filter("day", tuple(day.isoformat() for day in days)),)
    frame = desk.ask(Question(("offered",), ("queue", "day", "minute"), min(days), max(days), where)).frame
    known = frame.filter(pl.col("queue").is_not_null() & pl.col("minute").is_not_null() & (pl.col("offered") > 0))
    found = {}
    for (queue,), part in known.partition_by("queue", as_dict=True).items():
        count = part["day"].n_unique()
        sums = part.group_by("minute").agg(pl.col("offered").sum()).rows()
        if count >= FEWEST_DAYS and (curve := curve_of([(int(m), float(n)) for m, n in sums], count)):
            found[str(queue)] = curve
    return found
