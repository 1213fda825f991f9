"""How many people each interval takes: live queues by waiting times, work that may wait by its deadline. Pure arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.core import staffing
from floorwalker.web.planning.plans import Plan

Floats = NDArray[np.float64]
MOST_TARGET = 0.999
HOUR = 60


@dataclass(frozen=True)
class Rates:
    """How a queue's contacts are: seconds to handle one, and seconds a customer waits before leaving (None: unknown)."""

    aht_s: float
    patience_s: float | None = None

    @property
    def knows_patience(self) -> bool:
        return self.patience_s is not None


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
    places = staffing.required(
        np.clip(contacts, 0, None),
        minutes * 60,
        rates.aht_s,
        rates.patience_s,
        min(plan.target, MOST_TARGET),
        plan.threshold_s,
        plan.definition,
        max_occupancy=plan.max_occupancy,
    )
    people = np.ceil(places / plan.at_once - 1e-9)
    return np.asarray(np.round(people / plan.there, 2))


def needed_by_deadline(contacts: Floats, minutes: int, rates: Rates, plan: Plan, hands: Floats) -> Floats:
    """People whom work with a deadline takes, as `hands` are spread over the intervals: the fewest who finish all in time.

    `contacts` and `hands` may begin earlier than the day that is asked for, so that its work is known.
    """
    deadline = max(1, round(plan.deadline_h * HOUR / minutes))
    work = np.cumsum(np.clip(contacts, 0, None)) * rates.aht_s / plan.at_once / plan.max_occupancy / (minutes * 60)
    capacity = np.cumsum(hands)
    due = np.concatenate([np.zeros(deadline), work])[: len(work)]
    possible = capacity > 0
    level = float(np.max(due[possible] / capacity[possible], initial=0.0))
    if possible.any():
        level = max(level, float(work[-1] / capacity[-1]))
    return np.asarray(np.round(hands * level / plan.there, 2))


def places_of(planned: Floats, plan: Plan) -> Floats:
    """Contacts that the planned people can be counted on to serve at the same time; a part of one is somebody on a break."""
    return planned * plan.there * plan.at_once


def levels(contacts: Floats, minutes: int, rates: Rates, plan: Plan, planned: Floats) -> Levels:
    """What the planned people give over all intervals together; unknown where nobody comes or is answered."""
    found = measured(contacts, minutes, rates, plan.threshold_s, places_of(planned, plan))
    answered = contacts * (1 - np.nan_to_num(found["abandonment"]))
    places = places_of(planned, plan)
    busy = np.nan_to_num(found["occupancy"]) * places
    return Levels(
        offered=_mean(found["offered"], contacts),
        answered=_mean(found["answered"], answered),
        offered_minus_short=_mean(found["offered_minus_short"], contacts),
        abandonment=_mean(found["abandonment"], contacts),
        asa_s=_mean(found["asa_s"], answered),
        occupancy=float(busy.sum() / places.sum()) if places.sum() else None,
    )


def day_level(
    contacts: Floats, minutes: int, rates: Rates, threshold_s: float, definition: str, places: Floats
) -> float | None:
    """The service level of all contacts together; unknown when nobody comes."""
    found = measured(contacts, minutes, rates, threshold_s, places)
    weights = contacts * (1 - np.nan_to_num(found["abandonment"])) if definition == "answered" else contacts
    return _mean(found[definition], weights)


def measured(contacts: Floats, minutes: int, rates: Rates, threshold_s: float, places: Floats) -> dict[str, Floats]:
    """The figures of each interval; where part of a person is there, mixed from the whole numbers around it."""
    low = np.floor(places + 1e-9)
    share = np.clip(places - low, 0, 1)
    given = (contacts, minutes * 60, rates.aht_s, rates.patience_s)
    few, many = (staffing.measure(*given, people, threshold_s) for people in (low, low + 1))
    return {name: _mixed(getattr(few, name), getattr(many, name), share, minutes) for name in FIGURES}


FIGURES = ("offered", "answered", "offered_minus_short", "abandonment", "asa_s", "occupancy")


def _mixed(few: Floats, many: Floats, share: Floats, minutes: int) -> Floats:
    """A wait without end lasts as long as the interval."""
    low, high = (np.where(np.isinf(each), minutes * 60, each) for each in (few, many))
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
