"""Work that may wait until a deadline (e-mail, tickets): whether it fits into the time that the queue leaves.

Earliest deadline first: if any order keeps every deadline, this one does.
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.core.staffing.steady import Floats, Whole
from floorwalker.core.staffing.unusable import Unusable

MOST_AGENTS = 100_000


@dataclass(frozen=True)
class Schedule:
    """What is done when, in seconds of work."""

    done_s: Floats
    """(intervals,)"""
    late_s: Floats
    """(batches,) work that is not done by its deadline."""
    spare_s: Floats
    """(intervals,) time that is left over."""

    @property
    def in_time(self) -> bool:
        """Whether every deadline is kept."""
        return bool((self.late_s <= 1e-6).all())


def deferred(comes: ArrayLike, due: ArrayLike, work_s: ArrayLike, time_s: ArrayLike) -> Schedule:
    """Do batches of work in the time that is free. Work that has come in an interval can be done from that interval on.

    comes: (batches,) interval in which each comes; due: the last interval in which it may be done; work_s: its seconds of
    work; time_s: (intervals,) seconds that are free for it. Work that is late is not done. Raises Unusable where a value
    cannot be.
    """
    came, last, work, free = _checked(comes, due, work_s, time_s)
    order, left, done, late = np.argsort(came, kind="stable"), free.copy(), np.zeros(free.size), np.zeros(work.size)
    waiting: list[tuple[int, int]] = []
    remaining, first = work.copy(), 0
    for interval in range(free.size):
        while first < order.size and came[order[first]] == interval:
            heapq.heappush(waiting, (int(last[order[first]]), int(order[first])))
            first += 1
        while waiting and (waiting[0][0] < interval or left[interval] > 0):
            until, batch = waiting[0]
            if until < interval:
                late[batch] = remaining[batch]
                heapq.heappop(waiting)
                continue
            part = min(remaining[batch], left[interval])
            remaining[batch] -= part
            left[interval] -= part
            done[interval] += part
            if remaining[batch] <= 1e-9:
                heapq.heappop(waiting)
    for _, batch in waiting:
        late[batch] = remaining[batch]
    return Schedule(done, late, left)


def people_for_deferred(comes: ArrayLike, due: ArrayLike, work_s: ArrayLike, time_s: ArrayLike, present_s: ArrayLike) -> int:
    """Fewest people beside the queue, each there for `present_s` (intervals,), so that every deadline is kept."""
    free, each = np.asarray(time_s, float), np.asarray(present_s, float)

    def enough(people: int) -> bool:
        return deferred(comes, due, work_s, free + people * each).in_time

    low, high = -1, 0
    while not enough(high):
        low, high = high, 2 * high + 1
        if high > MOST_AGENTS:
            raise Unusable("never_enough", present_s=str(each.sum()))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def chance_in_time(comes: ArrayLike, due: ArrayLike, work_s: ArrayLike, time_s: ArrayLike) -> float:
    """Share of scenarios in which every deadline is kept. work_s: (draws, batches); time_s: (draws, intervals) or one row."""
    work = np.atleast_2d(np.asarray(work_s, float))
    free = np.broadcast_to(np.atleast_2d(np.asarray(time_s, float)), (len(work), np.asarray(time_s).shape[-1]))
    kept = [deferred(comes, due, each, time).in_time for each, time in zip(work, free, strict=True)]
    return float(np.mean(kept))


def _checked(comes: ArrayLike, due: ArrayLike, work_s: ArrayLike, time_s: ArrayLike) -> tuple[Whole, Whole, Floats, Floats]:
    came, last = np.asarray(comes, np.int64), np.asarray(due, np.int64)
    work, free = np.asarray(work_s, float), np.asarray(time_s, float)
    if not came.shape == last.shape == work.shape or came.ndim != 1 or free.ndim != 1:
        raise Unusable("shapes_differ", comes=str(came.shape), due=str(last.shape), work_s=str(work.shape))
    for name, right in {
        "comes": (came >= 0) & (came < free.size),
        "due": last >= came,
        "work_s": np.isfinite(work) & (work >= 0),
        "time_s": np.isfinite(free) & (free >= 0),
    }.items():
        if not right.all():
            raise Unusable("value_cannot_be", column=name, place=str(int(np.argmin(right))))
    return came, np.minimum(last, free.size - 1), work, free
