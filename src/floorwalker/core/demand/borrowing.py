"""A young queue borrows its shape from its parent: the sum of the other queues, at the young one's share."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from floorwalker.core.demand.history import Grid
from floorwalker.core.demand.settings import Floats

YOUNG = 14
"""Known days below which a queue borrows, where the parent has more."""


@dataclass(frozen=True)
class Borrowed:
    grid: Grid
    variance: float
    """Of the logarithm of the share."""


def borrow(grid: Grid, others: Mapping[str, Grid], day: int) -> Borrowed | None:
    """The queue's history before `day`, begun with the parent's at the queue's share; None where it needs none or gets none."""
    own = np.full((max(day - grid.first, 0), len(grid.minutes)), np.nan)
    own[: len(grid.counts)] = grid.counts[: len(own)]
    own_days = int(np.isfinite(own).any(1).sum())
    if not 0 < own_days < YOUNG:
        return None
    parent = _parent(grid, others, day)
    if parent is None or len(parent) <= len(own):
        return None
    first = day - len(parent)
    wide = np.full_like(parent, np.nan)
    wide[len(wide) - len(own) :] = own
    both = np.isfinite(wide) & np.isfinite(parent)
    mine, theirs = float(wide[both].sum()), float(parent[both].sum())
    if theirs <= 0 or mine <= 0:
        return None
    lent = np.where(np.isfinite(wide), wide, np.round(parent * mine / theirs, 1))
    lent[np.flatnonzero(np.isfinite(wide).any(1))[0] :] = wide[np.flatnonzero(np.isfinite(wide).any(1))[0] :]
    after = grid.counts[max(day - grid.first, 0) :]
    return Borrowed(replace(grid, first=first, counts=np.vstack([lent, after])), 1 / mine + 0.15**2 / own_days)


def _parent(grid: Grid, others: Mapping[str, Grid], day: int) -> Floats | None:
    """The sum of the others on the queue's slots, for the days before `day` on which all of those with a history are known."""
    older = [g for name, g in others.items() if name != grid.queue and g.step == grid.step and day - g.first >= 2 * YOUNG]
    if not older:
        return None
    first = max(min(g.first for g in older), day - 180)
    summed = np.full((day - first, len(grid.minutes)), np.nan)
    for other in older:
        rows = other.counts[max(first - other.first, 0) : day - other.first]
        slots, mine = np.isin(other.minutes, grid.minutes), np.isin(grid.minutes, other.minutes)
        at = max(other.first - first, 0)
        part = summed[at : at + len(rows)]
        block = rows[:, slots]
        part[:, mine] = np.where(np.isfinite(block), np.nan_to_num(part[:, mine]) + np.nan_to_num(block), part[:, mine])
    return summed
