"""The bank of typed hypotheses: for every recent onset, shape and size, how well it explains the days since, against 'nothing'.

A multi-process filter with delayed decision (Harrison & Stevens 1976; Smith & West 1983). A blip of unknown length shares
the evidence of a step until it ends and keeps it from then on, so every length costs one number per onset; a ramp at its
full size moves like a step and joins it. Evidence is multiplied, not added as logarithms: a day is one pass over small arrays.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of these functions from their arguments; memory.py says what each array is.

import numpy as np
from numba import njit

from floorwalker.core.patterns.memory import (
    FIRST_JUDGED,
    LAST_DAY,
    M_BUMP,
    M_DECAY,
    M_LASTING,
    M_OUTLIER,
    M_RISING,
    M_SPREAD,
    M_WEEKDAY,
    SEEN,
)
from floorwalker.core.patterns.settings import (
    COLUMNS,
    DECAY_ENDS,
    LEARNING_DAYS,
    LONGEST_BLIP,
    RAMP_DAYS,
    TAIL,
    TAIL_SCALE,
    WINDOW,
)

LIMIT = 10.0
FLOOR = np.float32(1e-22)
CEILING = np.float32(1e15)
LEAST = np.float32(-60)
"""No power is above LIMIT squared over two, so that only the lower end needs a guard."""
B_STEP, B_RAMP, B_DECAY, B_WEEKDAY, B_OUTLIER, B_BUMP = range(6)
STARTS = (0, RAMP_DAYS[0], RAMP_DAYS[0] + RAMP_DAYS[1])
FIRST_DECAY = sum(RAMP_DAYS)
SECOND_DECAY = FIRST_DECAY + DECAY_ENDS[0]
LAST_DECAY = SECOND_DECAY + DECAY_ENDS[1]


@njit(nogil=True, error_model="numpy")
def ordinary(score, knobs):
    """Chance that a score is ordinary noise and not from the wide tail."""
    score = min(max(score, -LIMIT), LIMIT)
    narrow = (1 - knobs[TAIL]) * np.exp(-0.5 * score * score)
    wide = knobs[TAIL] / knobs[TAIL_SCALE] * np.exp(-0.5 * (score / knobs[TAIL_SCALE]) ** 2)
    return narrow / (narrow + wide)


@njit(nogil=True, error_model="numpy")
def rebuild(m, i, evidence, t):
    """Evidence of one series from the scores that it remembers."""
    for array in (evidence.lasting.ravel(), evidence.short.ravel(), evidence.weekday.ravel(), evidence.spread.ravel()):
        array.fill(0)
    for array in (evidence.over.ravel(), evidence.trend.ravel(), evidence.mass.ravel(), evidence.columns):
        array.fill(0)
    evidence.scale[0] = 1
    last = m.counts[i, LAST_DAY]
    evidence.turn[1] = last
    if m.counts[i, SEEN] <= t.knobs[LEARNING_DAYS]:
        return
    for day in range(max(last - WINDOW + 1, m.counts[i, FIRST_JUDGED]), last + 1):
        weigh_day(m, i, day, evidence, t)


@njit(nogil=True, error_model="numpy")
def weigh_day(m, i, day, evidence, t):
    """Every onset grows a day older, a new one begins, and the day's score, if there is one, is weighed for all."""
    slot, now = day % WINDOW, 1 - evidence.turn[0]
    used = m.day[i, slot] == day and m.trust[i, slot] > 0
    _end_blips(evidence, t)
    _join_ramps(evidence, t)
    evidence.turn[0], evidence.turn[1] = now, day
    boost = np.float32(m.boost[i, slot]) if m.day[i, slot] == day else np.float32(1)
    score = np.float32(min(max(m.score[i, slot], -LIMIT), LIMIT)) if used else np.float32(0)
    reach = np.float32(m.reach[i, slot]) if used else np.float32(0)
    narrow = np.float32(ordinary(score, t.knobs))
    temper = m.temper[i, slot]
    _weigh_lasting(evidence, now, boost, score, reach, narrow, temper, t)
    _weigh_short(evidence, now, boost, score, reach, narrow, temper, t)
    _weigh_weekdays(evidence, day, boost, score, reach, narrow, t)
    _weigh_spreads(evidence, now, boost, score, narrow, used, t)
    top = np.float32(0)
    for age in range(WINDOW):
        top = max(top, evidence.over[now, age], evidence.mass[M_LASTING, age], evidence.mass[M_RISING, age])
        top = max(top, evidence.mass[M_BUMP, age], evidence.mass[M_WEEKDAY, age], evidence.mass[M_SPREAD, age])
    if top > CEILING:
        _rescale(evidence, np.float32(1) / top)


@njit(nogil=True, error_model="numpy")
def _end_blips(evidence, t):
    """Blips that are over keep the evidence of their last day; also shifts `over` and `trend` by a day."""
    then = evidence.turn[0]
    over, trend = evidence.over[1 - then], evidence.trend[1 - then]
    for age in range(1, WINDOW):
        over[age] = evidence.over[then, age - 1]
        trend[age] = evidence.trend[then, age - 1]
    over[0] = 0
    trend[0] = 0
    outlier, bump = evidence.mass[M_OUTLIER], evidence.mass[M_BUMP]
    for age in range(1, LONGEST_BLIP + 1):
        over[age] += t.ending[0, age] * outlier[age - 1] + t.ending[1, age] * bump[age - 1]
    over[DECAY_ENDS[0]] += evidence.columns[SECOND_DECAY - 1]
    over[DECAY_ENDS[1]] += evidence.columns[LAST_DECAY - 1]


@njit(nogil=True, error_model="numpy")
def _join_ramps(evidence, t):
    """A ramp that reached its full size yesterday moves like a step from today."""
    then = evidence.turn[0]
    part = t.beliefs[B_RAMP, 0] / t.beliefs[B_STEP, 0]
    for start, days in zip(STARTS, RAMP_DAYS):  # noqa: B905 - the compiler knows no strict
        end = start + days
        joined = evidence.columns[end - 1]
        total = joined + evidence.mass[M_LASTING, days - 1]
        if total > 0:
            share = joined / total
            trend = evidence.trend[1 - then]
            trend[days] = 1 - (1 - trend[days]) * (1 - share)
        for k in range(t.sizes.shape[0]):
            evidence.lasting[then, k, days - 1] += part * evidence.short[then, k, end - 1]


@njit(nogil=True, error_model="numpy", fastmath=True)
def _exp(x):
    """exp of a number between -80 and 80 to five digits, in a form that a compiler turns into vector instructions."""
    x = x * np.float32(1.44269504)
    whole = np.floor(x + np.float32(0.5))
    f = x - whole
    tail = np.float32(0.0555041) + f * (np.float32(0.0096181) + f * np.float32(0.0013333))
    body = np.float32(1) + f * (np.float32(0.6931472) + f * (np.float32(0.2402265) + f * tail))
    return body * np.int32((np.int32(whole) + np.int32(127)) << np.int32(23)).view(np.float32)


@njit(nogil=True, error_model="numpy", fastmath=True)
def _ratio(x, score, narrow, temper):
    """How much better a shift of x explains the score than none, the wide tail being wide enough not to care."""
    return np.float32(1) - narrow + narrow * _exp(max(temper * (x * score - np.float32(0.5) * x * x), LEAST))


@njit(nogil=True, error_model="numpy", fastmath=True)
def _weigh_lasting(evidence, now, boost, score, reach, narrow, temper, t):
    lasting, outlier, bump = evidence.mass[M_LASTING], evidence.mass[M_OUTLIER], evidence.mass[M_BUMP]
    lasting[:] = 0
    outlier[:] = 0
    bump[:] = 0
    start = evidence.scale[0] * boost
    for k in range(t.sizes.shape[0]):
        x = t.sizes[k] * reach
        ratio = _ratio(x, score, narrow, temper)
        belief, old, new = t.beliefs[B_STEP, k], evidence.lasting[1 - now, k], evidence.lasting[now, k]
        for age in range(WINDOW - 1):
            value = max(old[age] * ratio, FLOOR)
            new[age + 1] = value
            lasting[age + 1] += belief * value
        new[0] = start * _ratio(x, score, narrow, np.float32(1))
        lasting[0] += belief * new[0]
    for k in range(t.sizes.shape[0]):
        first, second, new = t.beliefs[B_OUTLIER, k], t.beliefs[B_BUMP, k], evidence.lasting[now, k]
        for age in range(16):
            outlier[age] += first * new[age]
            bump[age] += second * new[age]
    for age in range(16):
        outlier[age] *= t.running[0, age]
        bump[age] *= t.running[1, age]
    outlier[16:] = 0
    bump[16:] = 0


@njit(nogil=True, error_model="numpy", fastmath=True)
def _weigh_short(evidence, now, boost, score, reach, narrow, temper, t):
    columns = evidence.columns
    columns[:] = 0
    start, wide = evidence.scale[0] * boost, np.float32(1) - narrow
    for k in range(t.sizes.shape[0]):
        old, new, size = evidence.short[1 - now, k], evidence.short[now, k], t.sizes[k] * reach
        for c in range(COLUMNS - 1):
            x = t.level[c + 1] * size
            power = max(temper * (x * score - np.float32(0.5) * x * x), LEAST)
            new[c + 1] = max(old[c] * (wide + narrow * _exp(power)), FLOOR)
        for c in (0, STARTS[1], STARTS[2], FIRST_DECAY, SECOND_DECAY):
            new[c] = start * _ratio(t.level[c] * size, score, narrow, np.float32(1))
        ramp, decay = t.beliefs[B_RAMP, k], t.beliefs[B_DECAY, k]
        for c in range(FIRST_DECAY):
            columns[c] += ramp * new[c]
        for c in range(FIRST_DECAY, LAST_DECAY):
            columns[c] += decay * new[c]
    rising, decays = evidence.mass[M_RISING], evidence.mass[M_DECAY]
    rising[:] = 0
    for start, days in zip(STARTS, RAMP_DAYS):  # noqa: B905
        for age in range(days):
            rising[age] += columns[start + age]
    for age in range(DECAY_ENDS[1]):
        decays[age] = columns[SECOND_DECAY + age] + (columns[FIRST_DECAY + age] if age < DECAY_ENDS[0] else np.float32(0))


@njit(nogil=True, error_model="numpy")
def _weigh_weekdays(evidence, day, boost, score, reach, narrow, t):
    """Only onsets on the same day of the week take part; the others keep what they have and move on by a day."""
    mass = evidence.mass[M_WEEKDAY]
    for age in range(WINDOW - 1, 0, -1):
        mass[age] = mass[age - 1]
    mass[0:WINDOW:7] = 0
    start = evidence.scale[0] * boost
    grid = evidence.weekday[day % 7]
    for k in range(t.sizes.shape[0]):
        ratio = _ratio(t.sizes[k] * reach, score, narrow, np.float32(1))
        for j in range(grid.shape[1] - 1, -1, -1):
            value = max((grid[k, j - 1] if j > 0 else start) * ratio, FLOOR)
            grid[k, j] = value
            if 7 * j < WINDOW:
                mass[7 * j] += t.beliefs[B_WEEKDAY, k] * value


@njit(nogil=True, error_model="numpy")
def _weigh_spreads(evidence, now, boost, score, narrow, used, t):
    mass = evidence.mass[M_SPREAD]
    mass[:] = 0
    e = min(max(score, np.float32(-6)), np.float32(6))
    for k in range(t.spreads.shape[0]):
        w = t.spreads[k]
        wider = np.float32(np.exp(0.5 * e * e * (1 - 1 / (w * w))) / w)
        ratio = np.float32(1) - narrow + narrow * wider if used else np.float32(1)
        old, new, hazard = evidence.spread[1 - now, k], evidence.spread[now, k], np.float32(t.spread_hazard[0])
        for age in range(1, WINDOW):
            new[age] = max(old[age - 1] * ratio, FLOOR)
            mass[age] += hazard * new[age]
        new[0] = evidence.scale[0] * boost * ratio
        mass[0] += hazard * new[0]


@njit(nogil=True, error_model="numpy")
def _rescale(evidence, shrink):
    """Keep the evidence within the range of its numbers; only ratios matter."""
    for array in (evidence.lasting.ravel(), evidence.short.ravel(), evidence.weekday.ravel(), evidence.spread.ravel()):
        for k in range(array.shape[0]):
            array[k] = max(array[k] * shrink, FLOOR)
    for array in (evidence.over.ravel(), evidence.mass.ravel(), evidence.columns):
        for k in range(array.shape[0]):
            array[k] *= shrink
    evidence.scale[0] = max(evidence.scale[0] * shrink, FLOOR)
