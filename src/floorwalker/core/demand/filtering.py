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
from numba import njit

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
TAIL, WEEK_PRIOR, LEVEL_PRIOR, WARM_UP = 16.0, 10.0, 25.0, 10


@dataclass(frozen=True)
class Followed:
    """Scores as they were expected before they came, and what is expected now."""

    before: Floats
    """(days, leads): the expected score of each day, told so many days before; NaN where nothing was told."""
    ahead: Floats
    """(targets,)"""
    drift: float
    """Variance by which the level drifts in a day, in the score's own unit."""


def follow(
    score: Floats, week: Ints, gap: Ints, leads: Ints, ahead_week: Ints, ahead: Ints, jump: Floats, grid: Floats
) -> Followed:
    """Follow one score over its known days (sorted). `week`: weekday of each; `gap`: open days since the known day before;
    `leads`: known days ahead for `before`; `ahead_week`, `ahead`: weekday and open days ahead of each target; `jump`: variance,
    in units of a day's noise, that a lasting shift adds to the level before that day (0 where none).
    """
    centre = np.bincount(week, score, 7) / np.maximum(np.bincount(week, minlength=7), 1)
    unit = max(float(np.std(score - centre[week])), 1e-6 * float(np.abs(score).max()) + 1e-9)
    told, now = np.empty((len(grid), len(score), len(leads))), np.empty((len(grid), len(ahead)))
    chance, clock = np.empty((len(grid), len(score))), np.cumsum(gap)
    left = _left(tuple(grid[:, 0].tolist()), max(int(clock[-1]), int(ahead.max(initial=0))) // 100)
    state = np.zeros(STATES), np.zeros((STATES, STATES)), np.zeros(STATES), np.zeros(6)
    _filter(score / unit, week, gap, clock, grid, left, leads, ahead_week, ahead, jump, told, now, chance, *state)
    shares = np.exp(chance - chance.max(0))
    shares /= shares.sum(0)
    before = np.full((len(score), len(leads)), np.nan)
    _shared(shares, told, leads, before)
    return Followed(before * unit, shares[:, -1] @ now * unit, float(shares[:, -1] @ grid[:, 2]) * unit**2)


@lru_cache(maxsize=16)
def _left(keeps: tuple[float, ...], hundreds: int) -> Floats:
    """Share of a busy day's surplus that is left after so many open days, for each persistence."""
    return np.asarray(np.array(keeps)[:, None] ** np.arange(100 * (hundreds + 1)))


@njit(cache=True, nogil=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]
def _shared(shares, told, leads, before):
    """What the points say together of each day, as they shared the forecast so many days before."""
    for k in range(leads.size):
        for t in range(leads[k], shares.shape[1]):
            before[t, k] = 0.0
            for g in range(shares.shape[0]):
                before[t, k] += shares[g, t - leads[k]] * told[g, t, k]


@njit(cache=True, nogil=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]
def _filter(y, week, gap, clock, grid, left, leads, ahead_week, ahead, jump, told, now, chance, a, p, z, record):
    """`left[g, n]`: share of a busy day's surplus that is left after n open days; a, p, z, record: room to work in."""
    early, start = min(y.size, 14), 0.0
    for t in range(early):
        start += y[t] / early
    for g in range(grid.shape[0]):
        _begin(a, p, record, start, grid[g, 1])
        for t in range(y.size):
            _a_day_passes(a, p, left[g, gap[t]], grid[g, 1], grid[g, 2] * gap[t] + jump[t], grid[g, 3] * gap[t])
            _see(a, p, z, y[t], 2 + week[t], record, t > WARM_UP and jump[t] == 0, t >= WARM_UP)
            squares, log, count = record[3], record[4], record[5]
            chance[g, t] = -0.5 * (log + count * np.log(squares / max(count, 1.0) + 1e-12))
            for k in range(leads.size):
                to = t + leads[k]
                if to < y.size:
                    told[g, to, k] = a[0] + a[1] * left[g, clock[to] - clock[t]] + a[2 + week[to]]
        for i in range(ahead.size):
            now[g, i] = a[0] + a[1] * left[g, ahead[i]] + a[2 + ahead_week[i]]


@njit(nogil=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]
def _begin(a, p, record, start, busy):
    for i in range(STATES):
        a[i] = 0.0
        for k in range(STATES):
            p[i, k] = 0.0
        p[i, i] = WEEK_PRIOR
    a[0], p[0, 0], p[1, 1] = start, LEVEL_PRIOR, busy
    for i in range(6):
        record[i] = 1.0 if i == 0 else 0.0


@njit(nogil=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]
def _a_day_passes(a, p, keep, busy, drift, weekdays):
    a[1] *= keep
    for i in range(STATES):
        p[1, i] *= keep
        p[i, 1] *= keep
    p[1, 1] += busy * (1 - keep * keep)
    p[0, 0] += drift
    for i in range(2, STATES):
        p[i, i] += weekdays


@njit(nogil=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]
def _see(a, p, z, y, j, record, is_tailed, counts):
    """Learn from a day. `record`: scale of surprises, its sum and weight; squares, logarithms, days for the chance."""
    for i in range(STATES):
        z[i] = p[i, 0] + p[i, 1] + p[i, j]
    doubt = z[0] + z[1] + z[j]
    miss = y - a[0] - a[1] - a[j]
    ratio = miss * miss / (doubt + 1)
    noise = 1 / min((TAIL + 1) / (TAIL + ratio / record[0]), 1.0) if is_tailed else 1.0
    share = 1 / (doubt + noise)
    for i in range(STATES):
        a[i] += z[i] * share * miss
        for k in range(STATES):
            p[i, k] -= z[i] * share * z[k]
    if counts:
        record[1] = record[1] * 0.98 + min(ratio, 9 * record[0])
        record[2] = record[2] * 0.98 + 1
        record[0] = max(record[1] / record[2], 1e-9)
        record[3] += min(ratio, 16 * record[0])
        record[4] += np.log(doubt + 1)
        record[5] += 1
