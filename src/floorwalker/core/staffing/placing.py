"""In which order agents may leave the queue: the next one goes from where the fewest contacts are lost by it.

Counted in the busier half of the scenarios, where a promise breaks. An interval stops giving where its own service level there
would fall more than `ROOM` below the target, so that no hour is emptied to the profit of the day.
"""

from collections.abc import Callable

import numpy as np

from floorwalker.core.staffing.serving import Serving
from floorwalker.core.staffing.steady import Floats, Whole

ROOM = 0.1
EXACT = 400
"""With more people than this in an interval, so many numbers of them are worked out."""
TYPICAL = 15
"""Loads that stand for the scenarios of an interval: the middles of so many equal parts."""


def leaving_order(
    counts: Floats,
    agents: Whole,
    keep: Whole,
    serving: Serving,
    target: float,
) -> Whole:
    """The interval that gives its next agent, one entry for each agent that may go. counts: (draws, intervals).

    Where two cost the same, the interval that has given the smaller share goes first.
    """
    totals = counts.sum(axis=1)
    busy = counts[totals >= np.median(totals)]
    typical = np.quantile(busy, (np.arange(TYPICAL) + 0.5) / TYPICAL, axis=0)
    entries = []
    for i, (staffed, kept) in enumerate(zip(agents.tolist(), keep.tolist(), strict=True)):
        loads = typical[:, i]

        def answered(people: Whole, loads: Floats = loads) -> Floats:
            level = serving.measure(loads[:, None], people[None, :]).offered
            return np.asarray((np.nan_to_num(level, nan=1.0) * loads[:, None]).mean(axis=0))

        least = (target - ROOM) * loads.mean()
        people, found = _curve(answered, kept, staffed, least)
        left = people[-2::-1][found[-2::-1] >= least]
        lost = np.maximum.accumulate(np.round(np.diff(found)[::-1][: left.size], 9))
        entries += [(lost[k], (staffed - left[k]) / staffed, i) for k in range(left.size)]
    return np.array([i for _, _, i in sorted(entries)], dtype=np.int64)


def _curve(answered: Callable[[Whole], Floats], kept: int, staffed: int, least: float) -> tuple[Whole, Floats]:
    """What each number of people from `kept` to `staffed` answers. Of very many people only those who answer `least` are looked
    at, some of them exactly and the others in between.
    """
    low = kept
    if staffed - kept > EXACT:
        high = staffed
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if answered(np.array([middle]))[0] >= least else (middle, high)
    people = np.arange(low, staffed + 1)
    some = people if people.size <= EXACT + 1 else np.unique(np.linspace(low, staffed, EXACT + 1).astype(np.int64))
    return people, np.asarray(np.interp(people, some, answered(some)))


def taken(order: Whole, first: int, intervals: int) -> Whole:
    """How many have left each interval after the first so many of an order."""
    return np.bincount(order[:first], minlength=intervals).astype(np.int64)
