"""In which order agents may leave the queue: the next one goes from where the fewest contacts are lost by it.

Counted in the busier half of the scenarios, where a promise breaks. An interval stops giving where its own service level there
would fall more than `ROOM` below the target, so that no hour is emptied to the profit of the day.
"""

import numpy as np

from floorwalker.core.staffing.steady import Floats, Whole, measure

ROOM = 0.1
TYPICAL = 15
"""Loads that stand for the scenarios of an interval: the middles of so many equal parts."""


def leaving_order(
    counts: Floats,
    agents: Whole,
    keep: Whole,
    interval_s: float,
    aht_s: float,
    patience_s: float,
    target: float,
    threshold_s: float,
) -> Whole:
    """The interval that gives its next agent, one entry for each agent that may go. counts: (draws, intervals).

    Where two cost the same, the interval that has given the smaller share goes first.
    """
    totals = counts.sum(axis=1)
    busy = counts[totals >= np.median(totals)]
    typical = np.quantile(busy, (np.arange(TYPICAL) + 0.5) / TYPICAL, axis=0)
    entries = []
    for i, (staffed, kept) in enumerate(zip(agents, keep, strict=True)):
        loads, people = typical[:, i][:, None], np.arange(staffed + 1)[None, :]
        level = np.nan_to_num(measure(loads, interval_s, aht_s, patience_s, people, threshold_s).offered, nan=1.0)
        answered, came = (level * loads).mean(axis=0), loads.mean()
        left = np.arange(staffed - 1, kept - 1, -1)
        left = left[answered[left] >= (target - ROOM) * came]
        lost = np.maximum.accumulate(np.round(answered[left + 1] - answered[left], 9))
        entries += [(lost[k], (staffed - left[k]) / staffed, i) for k in range(left.size)]
    return np.array([i for _, _, i in sorted(entries)], dtype=np.int64)


def taken(order: Whole, first: int, intervals: int) -> Whole:
    """How many have left each interval after the first so many of an order."""
    return np.bincount(order[:first], minlength=intervals).astype(np.int64)
