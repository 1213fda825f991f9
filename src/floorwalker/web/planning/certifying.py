"""Room to spare on coming days: how many may leave each queue, and how sure the day's target still is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from floorwalker.core import staffing
from floorwalker.web.accounts.models import Site
from floorwalker.web.planning.history import STEP, Usual
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.needs import MOST_TARGET
from floorwalker.web.planning.planned import Presence, per_interval
from floorwalker.web.planning.plans import Plan

Floats = NDArray[np.float64]
CONFIDENCES = (0.8, 0.9, 0.95)
USUAL_CONFIDENCE = 0.9
MOST_SPREAD = 0.3
BELIEVED = 50
"""What was set for a queue's absence counts as much as so many planned person-days that were seen."""


@dataclass(frozen=True)
class Day:
    """One queue's day to certify: where its intervals begin (minutes), and counts (draws, intervals)."""

    queue: str
    day: date
    minutes: Sequence[int]
    counts: Floats


@dataclass(frozen=True)
class Earlier:
    """What earlier days of a queue tell about a day to come: their ranks, and what share of those planned did not come."""

    ranks: tuple[float, ...] = ()
    absence: float | None = None
    is_holiday: bool = False
    """Then the ranks are those of public holidays like it."""

    @property
    def fewest(self) -> int:
        """Without so many ranks nothing is promised."""
        return staffing.FEWEST_ALIKE if self.is_holiday else 0

    def told(self, miss: float) -> dict[str, object]:
        """For the ground of a certificate."""
        found: dict[str, object] = {"record_days": len(self.ranks), "record_bad": sum(rank <= miss for rank in self.ranks)}
        return found | {"holiday": True, "fewest": self.fewest} if self.is_holiday else found


@dataclass(frozen=True)
class Record:
    """Ranks and seen absence (planned, missing person-days) by queue and past day; of public holidays, whether on a weekend.

    A holiday is judged by holidays, those on weekends apart, and any other day by the others: what is bad on one kind of day
    says nothing about another.
    """

    ranks: Mapping[str, Mapping[date, float]] = field(default_factory=dict)
    seen: Mapping[str, Mapping[date, tuple[int, int]]] = field(default_factory=dict)
    usual: Mapping[str, float] = field(default_factory=dict)
    holidays: Mapping[date, bool] = field(default_factory=dict)

    def of(self, day: Day) -> Earlier:
        """What was known of the queue when the day began."""
        kind, known = self.holidays.get(day.day), self.ranks.get(day.queue, {})
        ranks = tuple(rank for at, rank in known.items() if at < day.day and self.holidays.get(at) == kind)
        is_holiday = kind is not None
        seen = [each for at, each in self.seen.get(day.queue, {}).items() if at < day.day]
        planned, missing = sum(each[0] for each in seen), sum(each[1] for each in seen)
        if not planned or day.queue not in self.usual:
            return Earlier(ranks, None, is_holiday)
        return Earlier(ranks, (BELIEVED * self.usual[day.queue] + missing) / (BELIEVED + planned), is_holiday)


def minutes_of(starts: Sequence[datetime]) -> list[int]:
    """Where intervals begin, in minutes of their day."""
    return [each.hour * 60 + each.minute for each in starts]


def certificates(
    site: Site,
    days: Sequence[Day],
    usual: Mapping[str, Usual],
    plans: Mapping[str, Plan],
    there: Mapping[date, Sequence[Presence]],
    confidences: Sequence[float],
    made: Certificate.Made,
    now: datetime,
    record: Record | None = None,
) -> Iterator[Certificate]:
    """A certificate for each day and confidence, not stored yet. Days on which nobody is planned, and queues of which no handle
    time is known, are left out. `record` is what came of earlier days, by which chances are lowered where it is bad.
    """
    for each in days:
        plan, known = plans[each.queue], usual.get(each.queue)
        planned = per_interval(there.get(each.day, ()), [each.queue], each.minutes, STEP)[each.queue]
        if known is None or plan.is_later or not planned.any():
            continue
        for confidence in confidences:
            yield _certificate(site, each, planned, known, plan, confidence, made, now, (record or Record()).of(each))


def _certificate(
    site: Site,
    day: Day,
    planned: Floats,
    known: Usual,
    plan: Plan,
    confidence: float,
    made: Certificate.Made,
    now: datetime,
    earlier: "Earlier",
) -> Certificate:
    doubts, rates = _doubts(known, plan, earlier), known.rates
    found = staffing.certify(
        day.counts,
        np.rint(planned * (1 - plan.shrinkage)),
        STEP * 60,
        rates.aht_s,
        rates.patience_with(plan),
        min(plan.target, MOST_TARGET),
        plan.threshold_s,
        confidence,
        plan.definition,
        doubts=doubts,
        record=earlier.ranks,
        fewest_days=earlier.fewest,
        chat_s=rates.chat_s(plan),
    )
    granted = found.promised
    return Certificate(
        site=site,
        queue=day.queue,
        day=day.day,
        confidence=confidence,
        made=made,
        made_at=now,
        chance=found.p_meet_off if granted else found.p_meet,
        chance_low=found.p_meet_off_lower if granted else found.p_meet_lower,
        plan=_plan(day, planned, found.max_off_queue, found),
        ground=_ground(day, known, plan, doubts) | earlier.told(1 - confidence),
    )


def _doubts(known: Usual, plan: Plan, earlier: "Earlier") -> staffing.Doubts:
    absence = plan.absence if earlier.absence is None else earlier.absence
    return staffing.Doubts(absence=absence, handle_time=min(known.spread, MOST_SPREAD))


def _plan(day: Day, planned: Floats, spare: NDArray[np.int64], found: staffing.Certificate) -> dict[str, object]:
    return {
        "minutes": list(day.minutes),
        "length": STEP,
        "planned": [round(float(each), 2) for each in planned],
        "spare": [int(each) for each in spare],
        "binding": [day.minutes[int(place)] for place in found.binding],
        "level": [None if np.isnan(each) else round(float(each), 4) for each in found.level],
        "alone": found.p_meet,
    }


def _ground(day: Day, known: Usual, plan: Plan, doubts: staffing.Doubts) -> dict[str, object]:
    return {
        "contacts": round(float(day.counts.sum(axis=1).mean()), 1),
        "aht_s": round(known.rates.aht_s, 1),
        "patience_s": None if known.rates.patience_s is None else round(known.rates.patience_s, 1),
        "target": plan.target,
        "threshold_s": plan.threshold_s,
        "definition": plan.definition,
        "draws": len(day.counts),
        "absence": round(doubts.absence, 4),
        "shrinkage": plan.shrinkage,
        "at_once": plan.at_once,
        "chat_s": [round(each, 1) for each in known.rates.chat_s(plan)],
        "spread": round(doubts.handle_time, 4),
    }
