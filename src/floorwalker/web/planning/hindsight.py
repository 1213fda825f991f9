"""What would have been said on the evening before each past day, and how the day came out among what was thought possible."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from floorwalker.core import demand, staffing
from floorwalker.web.accounts.models import Site
from floorwalker.web.events.queries import kept_holidays, known_days
from floorwalker.web.planning.certifying import USUAL_CONFIDENCE, Day, Record, certificates, minutes_of
from floorwalker.web.planning.forecasting import DRAWS, Learned
from floorwalker.web.planning.history import STEP, Known, Usual
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.needs import MOST_TARGET
from floorwalker.web.planning.planned import presences
from floorwalker.web.planning.plans import Plan

HINDSIGHT_DAYS = 28
RECORD_DAYS = 60
RANK_DRAWS = 200
LEARNING_DAYS = 56
SATURDAY_AND_SUNDAY = (5, 6)

Pair = tuple[str, date]


@dataclass
class Evenings:
    """Forecasts of past days, each from its own midnight, of what was known then: asked for all at once, remembered."""

    site: Site
    known: Known
    learned: Learned
    _found: demand.Forecast | None = field(default=None, init=False)

    def ask(self, pairs: Iterable[Pair]) -> None:
        """Forecast these queues on these days."""
        listed = sorted(set(pairs))
        if not listed:
            return
        first, last = self.known.counts["start"].min(), max(day for _queue, day in listed)
        assert isinstance(first, datetime)  # noqa: S101 - there are counts
        special = known_days(self.site, first.date(), last)
        origins = pl.DataFrame({"queue": [queue for queue, _ in listed], "origin": [midnight(day) for _, day in listed]})
        self._found = demand.forecast(
            self.known.counts,
            origins,
            1,
            known=special if special.height else None,
            masked=self.learned.masked,
            levels=self.learned.levels,
        )

    def drawn(self, queue: str, day: date, draws: int = DRAWS) -> Day | None:
        """Ways in which the day might have gone; None where nothing was forecast."""
        if self._found is None:
            return None
        try:
            found = self._found.scenarios(queue, midnight(day), day, draws=draws)
        except KeyError:
            return None
        return Day(queue, day, minutes_of(found.starts), found.counts)


def midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def past_days(known: Known, today: date, many: int) -> list[date]:
    """The last days that are over and wholly known, the latest first."""
    last = min(known.last_day, today - timedelta(1))
    return [last - timedelta(step) for step in range(many)]


def holidays_in(site: Site, known: Known, until: date) -> dict[date, bool]:
    """Public holidays as the site keeps them, from the first day that is known, and whether on its weekend: what makes a
    working day quiet does nothing to a Sunday.
    """
    first = known.counts["start"].min()
    assert isinstance(first, datetime)  # noqa: S101 - there are counts
    weekend = site.weekend or SATURDAY_AND_SUNDAY
    kept = kept_holidays(site, range(first.year, until.year + 1))
    return {day: day.weekday() in weekend for day in sorted(kept) if first.date() <= day <= until}


def older(holidays: Collection[date], known: Known, last: date) -> list[date]:
    """Public holidays before `last` of which an evening before knew enough to forecast them."""
    first = known.counts["start"].min()
    assert isinstance(first, datetime)  # noqa: S101 - there are counts
    return sorted(day for day in holidays if first.date() + timedelta(LEARNING_DAYS) <= day < last)


def without_certificate(site: Site, days: Sequence[date], plans: Mapping[str, Plan]) -> set[Pair]:
    """Live queues and past days with a roster of which nothing was said."""
    have = set(Certificate.objects.filter(site=site, day__in=days).values_list("queue", "day"))
    there = presences(site, days[-1], days[0])
    pairs = {(each.queue, day) for day, present in there.items() for each in present}
    return {(queue, day) for queue, day in pairs - have if queue in plans and not plans[queue].is_later}


def look_back(
    site: Site,
    evenings: Evenings,
    pairs: Iterable[Pair],
    usual: Mapping[str, Usual],
    plans: Mapping[str, Plan],
    record: Record,
    now: datetime,
) -> None:
    """What would have been said about these days on the evening before, knowing no more."""
    ask = [day for queue, at in sorted(pairs) if (day := evenings.drawn(queue, at))]
    if not ask:
        return
    there = presences(site, min(each.day for each in ask), max(each.day for each in ask))
    hindsight = Certificate.Made.HINDSIGHT
    made = list(certificates(site, ask, usual, plans, there, (USUAL_CONFIDENCE,), hindsight, now, record))
    for each in made:
        each.promised_at = now
    Certificate.objects.bulk_create(made)


def unranked(ranks: Mapping[str, Mapping[str, float]], days: Sequence[date], plans: Mapping[str, Plan]) -> set[Pair]:
    """Live queues and past days whose rank is not known yet."""
    return {
        (queue, day)
        for queue, plan in plans.items()
        if not plan.is_later
        for day in days
        if day.isoformat() not in ranks.get(queue, {})
    }


def ranked(
    evenings: Evenings, pairs: Iterable[Pair], known: Known, usual: Mapping[str, Usual], plans: Mapping[str, Plan]
) -> dict[str, dict[str, float]]:
    """How each day came out among the ways in which it might have gone; a day that cannot be ranked is left out."""
    came = known.counts.with_columns(day=pl.col("start").dt.date()).partition_by("queue", "day", as_dict=True)
    found: dict[str, dict[str, float]] = {}
    for queue, day in sorted(pairs):
        rows, drawn = came.get((queue, day)), evenings.drawn(queue, day, RANK_DRAWS)
        if rows is not None and drawn is not None and queue in usual:
            rank = _rank(drawn, rows, usual[queue], plans[queue])
            if np.isfinite(rank):
                found.setdefault(queue, {})[day.isoformat()] = round(rank, 4)
    return found


def _rank(drawn: Day, rows: pl.DataFrame, known: Usual, plan: Plan) -> float:
    at = {each.hour * 60 + each.minute: float(count) for each, count in rows.select("start", "contacts").iter_rows()}
    came = np.array([at.get(minute, np.nan) for minute in drawn.minutes])
    target = min(plan.target, MOST_TARGET)
    rates = known.rates
    patience, chats = rates.patience_with(plan), rates.chat_s(plan)
    return staffing.rank_of_day(drawn.counts, came, STEP * 60, rates.aht_s, patience, target, plan.threshold_s, chats)
