"""One day of one queue or of all: expected, needed, planned, also as it would be otherwise. Arrays, no words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from floorwalker.web.accounts.models import Site
from floorwalker.web.planning.forecast_page import open_part
from floorwalker.web.planning.models import Expected, Round
from floorwalker.web.planning.needs import Levels, Rates, Shortage, largest_shortage, levels, needed
from floorwalker.web.planning.planned import Presence, per_interval, presences
from floorwalker.web.planning.plans import Plan, plans_of
from floorwalker.web.planning.queries import channels_of, current_round, expected_of, expected_queues
from floorwalker.web.planning.staffed import POINTS, people_by_deadline, rates_of_round

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WhatIf:
    """How the day might go otherwise: volume in per cent, handle time in seconds, people sick (in the queue, or in each)."""

    volume: int = 0
    aht: int = 0
    sick: int = 0

    @property
    def asked(self) -> dict[str, str]:
        """As an address has it."""
        return {name: str(getattr(self, name) or "") for name in ("volume", "aht", "sick")}

    @property
    def changes_something(self) -> bool:
        return bool(self.volume or self.aht or self.sick)


@dataclass(frozen=True)
class QueueDay:
    """A queue's day in intervals of `length` minutes that begin at `minutes`."""

    queue: str
    minutes: Sequence[int]
    length: int
    contacts: Floats
    need: Floats
    low: Floats
    high: Floats
    planned: Floats | None
    rates: Rates | None = None
    plan: Plan | None = None

    @property
    def short(self) -> Floats:
        """People missing per interval."""
        there = np.zeros(len(self.need)) if self.planned is None else self.planned
        return np.maximum(self.need - there, 0.0)

    @property
    def open(self) -> slice:
        """From the first to the last interval in which somebody may be needed, or is planned."""
        busy = [at for at, need in enumerate(self.high) if need > 0 or (self.planned is not None and self.planned[at] > 0)]
        return slice(busy[0], busy[-1] + 1) if busy else slice(0, len(self.minutes))

    def gives(self) -> Levels | None:
        """What the planned people give over the day; nothing for work with a deadline, or without a roster."""
        if self.planned is None or self.plan is None or self.rates is None or self.plan.is_later or not self.contacts.any():
            return None
        return levels(self.contacts, self.length, self.rates, self.plan, self.planned)

    def shown(self, part: slice) -> "QueueDay":
        """Only these intervals."""
        cut = {name: getattr(self, name)[part] for name in ("minutes", "contacts", "need", "low", "high")}
        return replace(self, planned=None if self.planned is None else self.planned[part], **cut)


@dataclass(frozen=True)
class StaffingDay:
    """The queues of a day, and all of them together; `part` is when the place is open."""

    whole: QueueDay
    queues: tuple[QueueDay, ...]
    part: slice
    expected: Mapping[str, Expected]
    has_roster: bool

    def one(self, queue: str) -> QueueDay | None:
        """A queue, or the whole site for an empty name."""
        return self.whole if not queue else next((each for each in self.queues if each.queue == queue), None)


def staffing_day(site: Site, day: date, what: WhatIf | None = None) -> StaffingDay | None:
    """The day as it is kept, or as it would be under other circumstances; None when nothing is expected."""
    rows = {each.queue: each for each in expected_queues(site, day) if each.curve}
    if not rows or "" not in rows:
        return None
    round_ = current_round(site)
    names = [queue for queue in rows if queue]
    plans = plans_of(site, names, channels_of(site))
    there = presences(site, day - timedelta(1), day + timedelta(1))
    present = there.get(day, [])
    what = what or WhatIf()
    queues = tuple(_queue_day(rows[queue], plans[queue], round_, there, present, what) for queue in names)
    whole = _together(rows[""], queues, bool(present))
    return StaffingDay(whole, queues, open_part(rows[""].curve), rows, bool(present))


def _queue_day(
    row: Expected,
    plan: Plan,
    round_: Round | None,
    there: Mapping[date, Sequence[Presence]],
    present: Sequence[Presence],
    what: WhatIf,
) -> QueueDay:
    minutes, length = row.curve["minutes"], row.curve["length"]
    rates = rates_of_round(row.queue, round_)
    planned = per_interval(present, [row.queue], minutes, length)[row.queue] if present else None
    people = {name: np.asarray(row.people.get(name, [0.0] * len(minutes)), float) for name in POINTS}
    factor = 1 + what.volume / 100
    if what.volume or what.aht:
        rates = replace(rates, aht_s=max(rates.aht_s + what.aht, 1.0))
        if plan.is_later:
            told = people_by_deadline(row, _near(row), rates, plan, there, factor)
            people = {name: np.asarray(values, float) for name, values in told.items()}
        else:
            for name, point in POINTS.items():
                people[name] = needed(np.asarray(row.curve[point], float) * factor, length, rates, plan)
    if what.sick and planned is not None:
        planned = np.where(planned > 0, np.maximum(planned - what.sick, 0.0), 0.0)
    contacts = np.asarray(row.curve["mean"], float) * factor
    return QueueDay(row.queue, minutes, length, contacts, people["need"], people["low"], people["high"], planned, rates, plan)


def _near(row: Expected) -> dict[date, Expected]:
    """The day itself, and the days beside it of which the course is known."""
    beside = (row.day - timedelta(1), row.day + timedelta(1))
    near = Expected.objects.filter(site=row.site_id, snapshot=None, queue=row.queue, day__in=beside).exclude(curve={})
    return {row.day: row} | {each.day: each for each in near}


def _together(row: Expected, queues: Sequence[QueueDay], has_roster: bool) -> QueueDay:
    minutes, length = row.curve["minutes"], row.curve["length"]
    place = {minute: number for number, minute in enumerate(minutes)}
    sums = {name: np.zeros(len(minutes)) for name in ("contacts", "need", "low", "high", "planned")}
    for each in queues:
        inside = [number for number, minute in enumerate(each.minutes) if minute in place]
        at = [place[each.minutes[number]] for number in inside]
        for name, total in sums.items():
            values = getattr(each, name)
            if values is not None:
                total[at] += values[inside]
    curve = (sums["contacts"], sums["need"], sums["low"], sums["high"])
    return QueueDay("", minutes, length, *curve, sums["planned"] if has_roster else None)


def shortage(day: QueueDay) -> Shortage | None:
    """The stretch with the largest shortage; None when there are always enough, or nobody knows the roster."""
    if day.planned is None:
        return None
    return largest_shortage(day.minutes, day.length, day.need, day.planned)


def queue_day(site: Site, queue: str, day: date) -> QueueDay | None:
    """A queue's day as it is kept, cut to when it is open; an empty name is all of them. None when nothing is expected."""
    if not queue:
        whole = whole_day(site, day)
        return whole[1].shown(open_part(whole[0].curve)) if whole else None
    row = expected_of(site, queue, day)
    if row is None or not row.curve or not row.people:
        return None
    there = presences(site, day - timedelta(1), day + timedelta(1))
    plan = plans_of(site, [queue], channels_of(site))[queue]
    one = _queue_day(row, plan, current_round(site), there, there.get(day, []), WhatIf())
    return one.shown(one.open)


def whole_day(site: Site, day: date) -> tuple[Expected, QueueDay] | None:
    """The day of all queues together as it is kept, with who is planned now; None when nothing is expected by interval."""
    row = expected_of(site, "", day)
    if row is None or not row.curve or not row.people:
        return None
    minutes, length = row.curve["minutes"], row.curve["length"]
    present = presences(site, day, day).get(day, [])
    counts = per_interval(present, sorted({each.queue for each in present}), minutes, length)
    planned = np.sum(list(counts.values()), axis=0) if counts else None
    need, low, high = (np.asarray(row.people[name], float) for name in POINTS)
    return row, QueueDay("", minutes, length, np.asarray(row.curve["mean"], float), need, low, high, planned)
