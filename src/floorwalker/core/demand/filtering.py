"""How a day's score moves from day to day: a level that drifts, weekdays around it, and what is left of yesterday.

A Kalman filter for every point of a grid of beliefs; the points share the forecast by how well they have told the days so far
(their predictive likelihood). A day far from what was expected counts for less (Student weights), so that one strange day does
not move the level, and a lasting change does within days.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of the kernel from its arguments; `follow` says what each array is.

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from floorwalker.core.demand.compiled import compiled
from floorwalker.core.demand.history import Ints
from floorwalker.core.demand.settings import Floats

STATES = 9
"""Level, what is left of yesterday, seven weekdays."""
GRID = np.array(
    [
        (phi, busy, drift, weekday)
        for phi in (0.3, 0.6, 0.85)
        for busy in (0.3, 1.0)
        for drift in (0.0003, 0.01, 0.05)
        for weekday in (0.0, 0.003)
    ]
)
"""Persistence of a busy day, its variance, and how level and weekdays drift in a day (variances; unit: a day's noise)."""
STILL = np.array([(0.0, 1e-4, 0.002, 0.004)])
"""A weekday mean whose weights fall by age: no memory of yesterday, slow drift."""
BELIEFS = np.vstack([GRID, STILL])
TAIL, WEEK_PRIOR, LEVEL_PRIOR, WARM_UP = 16.0, 10.0, 25.0, 10


@dataclass(frozen=True)
class Followed:
    """Scores as they were expected before they came, and what is expected now."""

    before: Floats
    """(leads, days, scores): the expected scores of each day, told so many days before; NaN where nothing was told."""
    ahead: Floats
    """(targets, scores)"""
    drift: float
    """Variance by which the first score's level drifts in a day, in the score's own unit."""


def follow(
    scores: Floats, week: Ints, gap: Ints, leads: Ints, ahead_week: Ints, ahead: Ints, jump: Floats
) -> tuple[Followed, Followed]:
    """Follow scores (days, scores) over the known days (sorted): by the still belief alone, and by all of the grid.

    `week`: weekday of each day; `gap`: open days since the known day before; `leads`: known days ahead for `before`;
    `ahead_week`, `ahead`: weekday and open days ahead of each target; `jump`: variance, in units of a day's noise, that a
    lasting shift adds to the level before that day (0 where none).
    """
    days, many = scores.shape
    own = week[:, None] == np.arange(7)
    centre = own.T @ scores / np.maximum(own.sum(0), 1)[:, None]
    unit = np.maximum((scores - centre[week]).std(0), 1e-6 * np.abs(scores).max(0) + 1e-9)
    clock, points = np.cumsum(gap), len(BELIEFS)
    left = _left(tuple(BELIEFS[:, 0].tolist()), max(int(clock[-1]), int(ahead.max(initial=0))) // 100)
    told, now = np.empty((many, days, len(leads), points)), np.empty((many, len(ahead), points))
    doubt, squares = np.empty((many, days, points)), np.empty((many, days, points))
    state = np.empty((STATES, points)), np.empty((STATES, STATES, points)), np.empty((STATES, points)), np.empty((6, points))
    y = np.ascontiguousarray((scores / unit).T)
    _filter(y, week, gap, clock, BELIEFS, left, leads, ahead_week, ahead, jump, told, now, doubt, squares, *state)
    counted = np.maximum(np.arange(days) + 1 - WARM_UP, 0)[:, None]
    chance = -0.5 * (np.cumsum(np.log(doubt), 1) + counted * np.log(squares / np.maximum(counted, 1) + 1e-12))[..., :-1]
    shares = np.exp(chance - chance.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    still, moving = np.full((2, len(leads), days, many), np.nan)
    _shared(shares, told, leads, unit, still, moving)
    last = shares[:, -1, :, None]
    return (
        Followed(still, now[..., -1].T * unit, float(STILL[0, 2] * unit[0] ** 2)),
        Followed(moving, (now[..., :-1] @ last)[..., 0].T * unit, float(GRID[:, 2] @ last[0, :, 0] * unit[0] ** 2)),
    )


@lru_cache(maxsize=16)
def _left(keeps: tuple[float, ...], hundreds: int) -> Floats:
    """(open days, points) share of a busy day's surplus that is left after so many open days, for each persistence."""
    return np.asarray(np.array(keeps) ** np.arange(100 * (hundreds + 1))[:, None])


@compiled(cache=True)
def _shared(shares, told, leads, unit, still, moving):
    """What the still belief says of each day, and the others together, as they shared the forecast so many days before."""
    points = shares.shape[2]
    for s in range(shares.shape[0]):
        for k in range(leads.size):
            for t in range(leads[k], shares.shape[1]):
                found = 0.0
                for g in range(points):
                    found += shares[s, t - leads[k], g] * told[s, t, k, g]
                moving[k, t, s] = found * unit[s]
                still[k, t, s] = told[s, t, k, points] * unit[s]


@compiled(cache=True)
def _filter(y, week, gap, clock, grid, left, leads, ahead_week, ahead, jump, told, now, doubt, squares, a, p, z, record):
    """All points side by side, innermost. `left[n]`: share of a busy day's surplus that is left after n open days; a, p (its
    lower half), z, record: room to work in.
    """
    days, points = y.shape[1], grid.shape[0]
    for s in range(y.shape[0]):
        _begin(a, p, record, y[s], grid)
        seen = 0.0
        for t in range(days):
            _a_day_passes(a, p, left[gap[t]], grid, gap[t], jump[t])
            is_tailed, counts = t > WARM_UP and jump[t] == 0, t >= WARM_UP
            seen = seen * 0.98 + 1 if counts else 0.0
            _see(a, p, z, y[s, t], 2 + week[t], record, is_tailed, counts, seen, doubt[s, t])
            for g in range(points):
                squares[s, t, g] = record[2, g]
            for k in range(leads.size):
                to = t + leads[k]
                if to < days:
                    for g in range(points):
                        told[s, to, k, g] = a[0, g] + a[1, g] * left[clock[to] - clock[t], g] + a[2 + week[to], g]
        for i in range(ahead.size):
            for g in range(points):
                now[s, i, g] = a[0, g] + a[1, g] * left[ahead[i], g] + a[2 + ahead_week[i], g]


@compiled
def _begin(a, p, record, y, grid):
    early, start = min(y.size, 14), 0.0
    for t in range(early):
        start += y[t] / early
    for g in range(grid.shape[0]):
        for i in range(STATES):
            a[i, g] = 0.0
            for k in range(i):
                p[i, k, g] = 0.0
            p[i, i, g] = WEEK_PRIOR
        a[0, g], p[0, 0, g], p[1, 1, g] = start, LEVEL_PRIOR, grid[g, 1]
        record[0, g], record[1, g], record[2, g] = 1.0, 0.0, 0.0


@compiled
def _a_day_passes(a, p, keep, grid, gap, jump):
    for g in range(grid.shape[0]):
        a[1, g] *= keep[g]
        p[1, 0, g] *= keep[g]
        p[1, 1, g] = p[1, 1, g] * keep[g] * keep[g] + grid[g, 1] * (1 - keep[g] * keep[g])
        p[0, 0, g] += grid[g, 2] * gap + jump
    for i in range(2, STATES):
        for g in range(grid.shape[0]):
            p[i, 1, g] *= keep[g]
            p[i, i, g] += grid[g, 3] * gap


@compiled
def _see(a, p, z, y, j, record, is_tailed, counts, seen, doubt):
    """Learn from a day. `record`: scale of surprises, their sum, squares for the chance; then the miss, the share of it that is
    learned, and room. `seen`: weight of the sum."""
    points, pull = a.shape[1], record[5]
    for i in range(STATES):
        level, left, own = p[i, 0], p[max(i, 1), min(i, 1)], p[max(i, j), min(i, j)]
        for g in range(points):
            z[i, g] = level[g] + left[g] + own[g]
    for g in range(points):
        expected = z[0, g] + z[1, g] + z[j, g]
        miss = y - a[0, g] - a[1, g] - a[j, g]
        ratio = miss * miss / (expected + 1)
        scale = record[0, g]
        noise = max((TAIL + ratio / scale) / (TAIL + 1), 1.0) if is_tailed else 1.0
        record[4, g] = 1 / (expected + noise)
        doubt[g] = expected + 1 if counts else 1.0
        for_all = record[1, g] * 0.98 + min(ratio, 9 * scale)
        record[1, g] = for_all if counts else 0.0
        record[0, g] = max(for_all / seen, 1e-9) if counts else 1.0
        record[2, g] += min(ratio, 16 * record[0, g]) if counts else 0.0
        record[3, g] = miss
    for i in range(STATES):
        for g in range(points):
            pull[g] = z[i, g] * record[4, g]
            a[i, g] += pull[g] * record[3, g]
        for k in range(i + 1):
            for g in range(points):
                p[i, k, g] -= pull[g] * z[k, g]
