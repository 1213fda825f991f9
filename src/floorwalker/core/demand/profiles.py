"""The shapes that a queue's days share, and how much of each a day has."""

from dataclasses import dataclass

import numpy as np

from floorwalker.core.demand.history import Flags, Grid, Ints
from floorwalker.core.demand.settings import SHIFT, Floats, Settings

THURSDAY = 3
"""1970-01-01."""


def weekday(day: Ints | int) -> Ints:
    """Monday is 0."""
    return np.asarray((np.asarray(day) + THURSDAY) % 7)


@dataclass(frozen=True)
class Past:
    """The known days of a queue before a day, on the square-root scale, and the shapes that they share."""

    days: Ints
    """(days,) since 1970-01-01, sorted."""
    roots: Floats
    """(days, slots) sqrt(count + 1/4); a slot that is unknown on a known day is filled from the day's other slots."""
    seen: Flags
    """(days, slots) what was really known."""
    profiles: Floats
    """(scores, slots), orthonormal."""
    open_slots: Flags
    """(7, slots) whether the queue is known to be open then."""
    clock: Ints
    """Open days before each of `days`, counting from the first."""

    @property
    def scores(self) -> Floats:
        """(days, scores)"""
        return np.asarray(self.roots @ self.profiles.T)


def look_at(grid: Grid, day: int, usable: Flags, settings: Settings) -> Past | None:
    """The past of a queue before `day`; `usable` (days of the grid) leaves out blips and special days."""
    upto = max(min(day - grid.first, len(grid.counts)), 0)
    counts = grid.counts[:upto]
    known = np.isfinite(counts)
    open_slots = _open_slots(known, counts, grid.first)
    expected = open_slots[weekday(np.arange(grid.first, grid.first + upto))]
    enough = (known & expected).sum(1) * 2 > np.maximum(expected.sum(1), 1)
    rows = np.flatnonzero(enough & usable[:upto])
    rows = rows[-settings.window_days :] if len(rows) else np.flatnonzero(enough)[-settings.window_days :]
    if not len(rows):
        return None
    days = rows + grid.first
    seen = known[rows]
    roots = _filled(np.sqrt(counts[rows] + SHIFT), seen)
    scores = max(min(settings.profiles, len(rows) // 6, roots.shape[1]), 1)
    return Past(days, roots, seen, _shapes(roots, scores), open_slots, _clock(days, open_slots))


def _open_slots(known: Flags, counts: Floats, first: int) -> Flags:
    """A slot is open on a weekday when it was known, and not always zero, on one of its last eight within ten weeks.

    A weekday on which the history has not yet been is taken to be open as the others are.
    """
    week = weekday(np.arange(first, first + len(known)))
    found = np.zeros((7, known.shape[1]), bool)
    for d in range(7):
        mine = np.flatnonzero(week == d)
        mine = mine[mine >= len(known) - 70][-8:]
        if len(mine):
            found[d] = (counts[mine] > 0).any(0)
            if 0 < len(mine) < 4 and found[d].any():
                found[d] |= known[mine].any(0)
    if len(known) < 7:
        found[~np.isin(np.arange(7), week)] = found.any(0)
    return _without_gaps(found, known, week)


def _without_gaps(found: Flags, known: Flags, week: Ints) -> Flags:
    """A quiet slot between open ones is open: nobody closes for one quiet interval."""
    for d in range(7):
        at = np.flatnonzero(found[d])
        if len(at):
            inside = np.zeros_like(found[d])
            inside[at[0] : at[-1] + 1] = True
            found[d] |= inside & known[week == d][-8:].any(0)
    return found


def _filled(roots: Floats, seen: Flags) -> Floats:
    usual = np.where(seen, roots, 0).sum(0) / np.maximum(seen.sum(0), 1)
    usual = np.where(seen.any(0), usual, np.sqrt(SHIFT))
    level = (np.where(seen, roots, 0) * usual).sum(1) / np.maximum((seen * usual**2).sum(1), 1e-9)
    return np.asarray(np.where(seen, roots, level[:, None] * usual))


def _shapes(roots: Floats, scores: int) -> Floats:
    """The leading right singular vectors, by the smaller of the two Gram matrices."""
    if len(roots) < roots.shape[1]:
        values, left = np.linalg.eigh(roots @ roots.T)
        shapes = left[:, ::-1][:, :scores].T @ roots / np.sqrt(np.maximum(values[::-1][:scores], 1e-12))[:, None]
    else:
        shapes = np.linalg.eigh(roots.T @ roots)[1][:, ::-1][:, :scores].T
    norms = np.sqrt((shapes**2).sum(1))
    return np.asarray(shapes * (np.sign(shapes.sum(1) + 1e-12) / np.maximum(norms, 1e-12))[:, None])


def _clock(days: Ints, open_slots: Flags) -> Ints:
    every = np.arange(days[0], days[-1] + 1)
    counted = np.concatenate([[0], np.cumsum(np.asarray(open_slots.any(1))[weekday(every)])])
    return np.asarray(counted[days - days[0]], np.int64)


def open_days_ahead(past: Past, targets: Ints) -> Ints:
    """Open days from the last known day to each target, the target included; at least one."""
    last = past.days[-1]
    every = np.arange(last + 1, targets.max() + 1)
    counted = np.cumsum(np.asarray(past.open_slots.any(1))[weekday(every)])
    return np.asarray(np.maximum(counted[targets - last - 1], 1), np.int64)
