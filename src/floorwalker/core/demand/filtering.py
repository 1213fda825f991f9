"""How a day's score moves from day to day: a level that drifts, weekdays around it, and what is left of yesterday.

A Kalman filter for every point of a grid of beliefs; the points share the forecast by how well they have told the days so far
(their predictive likelihood). A day far from what was expected counts for less (Student weights), so that one strange day does
not move the level, and a lasting change does within days.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of the kernel from its arguments; `follow` says what each array is.

from dataclasses import dataclass

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
    centre = np.array([score[week == d].mean() if (week == d).any() else 0.0 for d in range(7)])
    unit = max(float(np.std(score - centre[week])), 1e-6 * float(np.abs(score).max()) + 1e-9)
    told, now = np.empty((len(grid), len(score), len(leads))), np.empty((len(grid), len(ahead)))
    chance = np.empty((len(grid), len(score)))
    _filter(score / unit, week, gap, grid, leads, ahead_week, ahead, jump, told, now, chance)
    shares = np.exp(chance - chance.max(0))
    shares /= shares.sum(0)
    before = np.full((len(score), len(leads)), np.nan)
    for k, lead in enumerate(leads):
        if lead < len(score):
            before[lead:, k] = (shares[:, :-lead] * told[:, lead:, k]).sum(0)
    return Followed(before * unit, shares[:, -1] @ now * unit, float(shares[:, -1] @ grid[:, 2]) * unit**2)


@njit(cache=True, nogil=True, error_model="numpy")
def _filter(y, week, gap, grid, leads, ahead_week, ahead, jump, told, now, chance):
    start, clock, z = y[: min(len(y), 14)].mean(), np.cumsum(gap), np.zeros(STATES)
    for g in range(len(grid)):
        a, p = np.zeros(STATES), np.zeros((STATES, STATES))
        a[0], p[0, 0], p[1, 1] = start, LEVEL_PRIOR, grid[g, 1]
        for j in range(2, STATES):
            p[j, j] = WEEK_PRIOR
        record = np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
        for t in range(len(y)):
            _a_day_passes(a, p, grid[g], gap[t], jump[t])
            _see(a, p, z, y[t], 2 + week[t], record, t > WARM_UP and jump[t] == 0, t >= WARM_UP)
            squares, log, count = record[3], record[4], record[5]
            chance[g, t] = -0.5 * (log + count * np.log(squares / max(count, 1.0) + 1e-12))
            for k in range(len(leads)):
                to = t + leads[k]
                if to < len(y):
                    told[g, to, k] = a[0] + a[1] * grid[g, 0] ** (clock[to] - clock[t]) + a[2 + week[to]]
        for i in range(len(ahead)):
            now[g, i] = a[0] + a[1] * grid[g, 0] ** ahead[i] + a[2 + ahead_week[i]]


@njit(cache=True, nogil=True, error_model="numpy")
def _a_day_passes(a, p, point, gap, jump):
    keep = point[0] ** gap
    a[1] *= keep
    for i in range(STATES):
        p[1, i] *= keep
        p[i, 1] *= keep
    p[1, 1] += point[1] * (1 - keep * keep)
    p[0, 0] += point[2] * gap + jump
    for i in range(2, STATES):
        p[i, i] += point[3] * gap


@njit(cache=True, nogil=True, error_model="numpy")
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
