"""How many people each interval takes: live queues by waiting times, work that may wait by its deadline. Pure arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.core import staffing
from floorwalker.web.planning.concurrency import durations
from floorwalker.web.planning.plans import Plan

Floats = NDArray[np.float64]
MOST_TARGET = 0.999
SHORTEST_PATIENCE = 0.1
HOUR = 60


@dataclass(frozen=True)
class Rates:
    """How a queue's contacts are: seconds to handle one, and seconds a customer waits before leaving (None: unknown).

    `chats` are the seconds of a chat while its agent has one, two ... of them, as far as that was seen.
    """

    aht_s: float
    patience_s: float | None = None
    chats: tuple[float, ...] = ()

    @property
    def knows_patience(self) -> bool:
        return self.patience_s is not None

    def chat_s(self, plan: Plan) -> tuple[float, ...]:
        """Seconds of a chat with one, two ... at once, up to as many as the plan allows; none where it is one at a time."""
        return tuple(durations(self.chats, self.aht_s, plan.at_once)) if plan.at_once > 1 else ()

    def patience_with(self, plan: Plan) -> float | None:
        """Chats are not worked out for people who do not wait at all."""
        short = plan.at_once > 1 and self.patience_s is not None
        return max(self.patience_s or 0.0, SHORTEST_PATIENCE) if short else self.patience_s


@dataclass(frozen=True)
class Levels:
    """What so many people give in a day: service level under each definition, lost contacts, wait, occupancy."""

    offered: float | None
    answered: float | None
    offered_minus_short: float | None
    abandonment: float | None
    asa_s: float | None
    occupancy: float | None


def needed(contacts: Floats, minutes: int, rates: Rates, plan: Plan) -> Floats:
    """People whom a live queue takes per interval of `minutes`, those who are away for shrinkage and absence on top."""
    if not len(contacts):
        return np.zeros(0)
    came = np.clip(contacts, 0, None)
    people = _for_chats(came, minutes, rates, plan) if plan.at_once > 1 else _for_calls(came, minutes, rates, plan)
    return np.asarray(np.round(people / plan.there, 2))


def _for_calls(came: Floats, minutes: int, rates: Rates, plan: Plan) -> Floats:
    """Erlang A, or C where patience is not known."""
    return np.asarray(
        staffing.required(
            came,
            minutes * 60,
            rates.aht_s,
            rates.patience_s,
            min(plan.target, MOST_TARGET),
            plan.threshold_s,
            plan.definition,
            max_occupancy=plan.max_occupancy,
        ),
        float,
    )


def _for_chats(came: Floats, minutes: int, rates: Rates, plan: Plan) -> Floats:
    """Several at once, each the slower the more there are; no more places taken on average than occupancy allows."""
    target, each, patience = min(plan.target, MOST_TARGET), rates.chat_s(plan), rates.patience_with(plan)
    people = staffing.required_chat(came, minutes * 60, each, patience, target, plan.threshold_s, plan.definition)
    busy = np.ceil(came / (minutes * 60) * each[-1] / plan.at_once / plan.max_occupancy - 1e-9)
    return np.maximum(people, busy)


@dataclass(frozen=True)
class Work:
    """Work with a deadline over a line of days: when each interval begins, in minutes from the first midnight; what comes in
    it; and how many hands there are, or how they are spread where nobody is planned.
    """

    minutes: Floats
    contacts: Floats
    hands: Floats


def needed_by_deadline(work: Work, length: int, rates: Rates, plan: Plan) -> Floats:
    """The fewest people, spread as `hands` are, who finish everything by its deadline, the earliest first; per interval.

    What would be due before anybody is there is due by the end of the first interval in which somebody is.
    """
    most = float(work.hands.max(initial=0.0))
    if not most or not work.contacts.any():
        return np.zeros(len(work.hands))
    spread = work.hands / most
    comes, due = _due(work, length, plan)
    seconds = work.contacts[comes] * rates.aht_s
    present = spread * length * 60 * plan.max_occupancy * plan.at_once
    people = staffing.people_for_deferred(comes, due, seconds, np.zeros(len(spread)), present)
    return np.asarray(np.round(people * spread / plan.there, 2))


def _due(work: Work, length: int, plan: Plan) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """In which interval each batch comes, and the last one in which it may be done; those nobody can do are left out."""
    places = np.arange(len(work.minutes))
    ends = work.minutes + length
    last = np.searchsorted(ends, work.minutes + plan.deadline_h * HOUR, side="right") - 1
    there = np.where(work.hands > 0, places, len(places))
    soonest = np.minimum.accumulate(there[::-1])[::-1]
    some = (work.contacts > 0) & (soonest < len(places))
    return places[some], np.maximum(last, soonest)[some]


def levels(contacts: Floats, minutes: int, rates: Rates, plan: Plan, planned: Floats) -> Levels:
    """What the planned people give over all intervals together; unknown where nobody comes or is answered."""
    people = planned * plan.there
    serving = staffing.Serving(minutes * 60, rates.aht_s, rates.patience_with(plan), plan.threshold_s, rates.chat_s(plan))
    found = measured(contacts, serving, people)
    answered = contacts * (1 - np.nan_to_num(found["abandonment"]))
    busy = np.nan_to_num(found["occupancy"]) * people
    return Levels(
        offered=_mean(found["offered"], contacts),
        answered=_mean(found["answered"], answered),
        offered_minus_short=_mean(found["offered_minus_short"], contacts),
        abandonment=_mean(found["abandonment"], contacts),
        asa_s=_mean(found["asa_s"], answered),
        occupancy=float(busy.sum() / people.sum()) if people.sum() else None,
    )


def day_level(
    contacts: Floats, serving: staffing.Serving, definition: str, people: Floats, slower: float = 1.0
) -> float | None:
    """The service level of all contacts together, each taking `slower` times as long; unknown when nobody comes."""
    found = measured(contacts, serving, people, slower)
    weights = contacts * (1 - np.nan_to_num(found["abandonment"])) if definition == "answered" else contacts
    return _mean(found[definition], weights)


def mean_chat_s(contacts: Floats, serving: staffing.Serving, people: Floats) -> float | None:
    """How long chats take on average with so many people: as long as several at once make them, and no longer."""
    found = measured(contacts, serving, people)
    answered = (contacts * (1 - np.nan_to_num(found["abandonment"]))).sum()
    places = np.nan_to_num(found["occupancy"]) * people * len(serving.chat_s)
    return float(places.sum() * serving.interval_s / answered) if answered else None


def measured(contacts: Floats, serving: staffing.Serving, people: Floats, slower: float = 1.0) -> dict[str, Floats]:
    """The figures of each interval; where part of a person is there, mixed from the whole numbers around it."""
    low = np.floor(people + 1e-9)
    few, many = (serving.measure(contacts, count, slower) for count in (low, low + 1))
    return _both(few, many, np.clip(people - low, 0, 1), serving.interval_s)


def _both(few: staffing.Figures, many: staffing.Figures, share: Floats, seconds: float) -> dict[str, Floats]:
    return {name: _mixed(getattr(few, name), getattr(many, name), share, seconds) for name in FIGURES}


FIGURES = ("offered", "answered", "offered_minus_short", "abandonment", "asa_s", "occupancy")


def _mixed(few: Floats, many: Floats, share: Floats, seconds: float) -> Floats:
    """A wait without end lasts as long as the interval."""
    low, high = (np.where(np.isinf(each), seconds, each) for each in (few, many))
    return np.asarray(np.where(share > 0, low * (1 - share) + high * share, low))


def _mean(values: Floats, weights: Floats) -> float | None:
    known = np.isfinite(values) & (weights > 0)
    return float(np.average(values[known], weights=weights[known])) if known.any() else None


@dataclass(frozen=True)
class Shortage:
    """From and to which minute people are missing without a pause around the worst moment, and how many then."""

    start: int
    end: int
    most: int


def largest_shortage(minutes: Sequence[int], length: int, need: Floats, planned: Floats) -> Shortage | None:
    """The stretch around the largest shortage; None where there are always enough. Less than half a person is none."""
    short = np.rint(np.maximum(need - planned, 0.0))
    if not short.any():
        return None
    worst = first = last = int(np.argmax(short))
    while first > 0 and short[first - 1] > 0 and minutes[first] - minutes[first - 1] == length:
        first -= 1
    while last + 1 < len(short) and short[last + 1] > 0 and minutes[last + 1] - minutes[last] == length:
        last += 1
    return Shortage(minutes[first], minutes[last] + length, int(short[worst]))
