"""From sums to chances: every type and onset against 'nothing', for the day that is asked for."""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of these functions from their arguments; memory.py says what each array is.

import numpy as np

from floorwalker.core.patterns.baseline import ranked
from floorwalker.core.patterns.compiled import compiled
from floorwalker.core.patterns.memory import (
    CROSS,
    FACTOR,
    FIRST_JUDGED,
    K_DECAY,
    KINDS,
    LEVEL_DOUBT,
    M_LASTING,
    M_RISING,
    M_SPREAD,
    M_WEEKDAY,
    POWER,
    PULL,
    T_BEFORE,
    T_DENIED,
    WEIGHT,
)
from floorwalker.core.patterns.settings import (
    DECAY_ENDS,
    LASTING_PARTS,
    RAMPS,
    RECENT,
    S_STEP,
    S_WEEKDAY,
    SHORT,
    WINDOW,
    X_RAMP,
    X_STEP,
    X_WEEKDAY,
)
from floorwalker.core.patterns.sums import LEAST, exp, integrate, level_doubt, top_of

P_NOTHING, P_BLIP, P_LASTING, P_LEVEL, P_TREND, P_WEEKDAY, P_SPREAD, SHARES = range(8)
A_LASTING, A_BLIP, A_OVER, A_RISING, BY_AGE = range(5)
LARGE = 3.5
"""Beyond this many sd a day is taken for a strange one, and a lasting change of that size is measured without the beliefs."""
FEWEST_DAYS = 3


@compiled(forceinline=True)
def weigh_types(m, i, today, evidence, by_age, shares, t):
    """Fill `shares` (P_*) for today and `by_age` (BY_AGE, WINDOW) with the chance of each onset.

    A lasting change that a person has denied counts as temporary as long as the denial runs, and not at all afterwards.
    Returns the chance of a lasting change at any onset still weighed.
    """
    nothing = _weigh_long(m, i, today, evidence, t)
    _by_age(evidence, today % WINDOW, by_age)
    denied = _deny(m, i, today, by_age)
    shares[:] = 0
    shares[P_NOTHING] = nothing
    shares[P_WEEKDAY] = total_of(evidence.mass, M_WEEKDAY, 0, WINDOW)
    shares[P_SPREAD] = total_of(evidence.mass, M_SPREAD, 0, WINDOW)
    shares[P_TREND], shares[P_LASTING] = total_of(by_age, A_RISING, 0, RECENT), total_of(by_age, A_LASTING, 0, RECENT)
    shares[P_BLIP] = total_of(by_age, A_BLIP, 0, WINDOW if denied else RECENT)
    ever = total_of(by_age, A_LASTING, 0, WINDOW)
    total = nothing + shares[P_WEEKDAY] + shares[P_SPREAD] + ever + total_of(by_age, A_BLIP, 0, WINDOW)
    for k in range(BY_AGE):
        for age in range(WINDOW):
            by_age[k, age] /= total
    for k in range(SHARES):
        shares[k] /= total
    shares[P_LEVEL] = shares[P_LASTING] - shares[P_TREND]
    return ever / total


@compiled(fastmath=True, forceinline=True)
def _by_age(evidence, slot, by_age):
    for age in range(WINDOW):
        k = (slot - age) % WINDOW
        by_age[A_RISING, age] = evidence.mass[M_RISING, k]
        by_age[A_LASTING, age] = evidence.mass[M_LASTING, k] + evidence.mass[M_RISING, k]
        by_age[A_OVER, age] = by_age[A_BLIP, age] = evidence.over[k]
    for k in range(KINDS):
        for age in range(SHORT):
            by_age[A_BLIP, age] += evidence.short[k, age]
    for age in range(DECAY_ENDS[0], SHORT):
        by_age[A_OVER, age] += evidence.short[K_DECAY + 1, age]


@compiled(forceinline=True)
def _deny(m, i, today, by_age):
    """Take from the lasting changes those that a person has denied; True as long as the denial runs."""
    running = m.told[i, today % WINDOW] == T_DENIED
    for slot in range(WINDOW):
        if m.told[i, slot] in (T_DENIED, T_BEFORE):
            age = (today - slot) % WINDOW
            if running:
                by_age[A_BLIP, age] += by_age[A_LASTING, age]
            by_age[A_LASTING, age] = 0
            by_age[A_RISING, age] = 0
    return running


@compiled(fastmath=True, forceinline=True)
def total_of(rows, row, first, stop):
    """Sum over the columns from `first` to before `stop`."""
    total = 0.0
    for k in range(first, stop):
        total += rows[row, k]
    return total


@compiled(fastmath=True, forceinline=True)
def _weigh_long(m, i, today, evidence, t):
    """Masses of all types on one scale, which may shrink those of the blips; returns the mass of 'nothing'."""
    v, p = level_doubt(evidence, today, m.counts[i, FIRST_JUDGED], m.noise[i, LEVEL_DOUBT])
    sums, ratio, terms = evidence.sums, evidence.ratio, LASTING_PARTS * (1 + RAMPS)
    for k in range(terms):
        part, ramp = k // (1 + RAMPS), k % (1 + RAMPS)
        integrate(sums, S_STEP + ramp, t.beliefs, (X_STEP if ramp == 0 else X_RAMP) + part, v, p, ratio, k)
    integrate(sums, S_WEEKDAY, t.beliefs, X_WEEKDAY, v, p, ratio, terms)
    scale = max(evidence.scale[0], top_of(ratio[POWER], terms + 1, evidence.peak))
    scale = max(scale, top_of(evidence.spread, len(t.spreads), evidence.peak))
    if scale > evidence.scale[0]:
        _shrink(evidence, exp(max(evidence.scale[0] - scale, LEAST)))
        evidence.scale[0] = scale
    evidence.mass[:, :] = 0
    for k in range(terms + 1):
        row = M_WEEKDAY if k == terms else M_LASTING if k % (1 + RAMPS) == 0 else M_RISING
        _add_mass(evidence.mass, row, ratio, k, scale)
    for k in range(len(t.spreads)):
        _add_spread_mass(evidence.mass, evidence.spread, k, np.float32(t.spread_hazard[0]), scale)
    return exp(max(-scale, LEAST))


@compiled(fastmath=True, forceinline=True)
def _add_mass(mass, row, ratio, k, scale):
    for slot in range(WINDOW):
        mass[row, slot] += ratio[FACTOR, k, slot] * exp(max(ratio[POWER, k, slot] - scale, LEAST))


@compiled(fastmath=True, forceinline=True)
def _add_spread_mass(mass, spread, k, hazard, scale):
    for slot in range(WINDOW):
        mass[M_SPREAD, slot] += hazard * exp(max(spread[k, slot] - scale, LEAST))


@compiled(fastmath=True, forceinline=True)
def _shrink(evidence, by):
    for slot in range(WINDOW):
        evidence.over[slot] *= by
    for k in range(KINDS):
        for age in range(SHORT):
            evidence.short[k, age] *= by


@compiled()
def size_of_lasting(m, i, today, onset, evidence, t, out):
    """Size of a lasting change in sd: mean, 5 % and 95 % points and variance into out[0:4], over all onsets and shapes.

    One beyond what is believed possible is measured by the days since `onset` alone.
    """
    scale = evidence.scale[0]
    v, p = level_doubt(evidence, today, m.counts[i, FIRST_JUDGED], m.noise[i, LEVEL_DOUBT])
    total, first, second = 1e-300, 0.0, 0.0
    for j in range(LASTING_PARTS * (1 + RAMPS)):
        part, s = j // (1 + RAMPS), j % (1 + RAMPS)
        belief = t.beliefs[(X_STEP if s == 0 else X_RAMP) + part]
        for slot in range(WINDOW):
            mass = evidence.ratio[FACTOR, j, slot] * exp(max(evidence.ratio[POWER, j, slot] - scale, LEAST))
            if mass < 1e-9 or m.told[i, slot] in (T_DENIED, T_BEFORE):
                continue
            cross = evidence.sums[CROSS, S_STEP + s, slot]
            a = evidence.sums[PULL, S_STEP + s, slot] - v * p * cross
            b = evidence.sums[WEIGHT, S_STEP + s, slot] - v * cross * cross
            inverse = 1 / (1 + max(b, 0.0) * belief[2])
            down = np.exp(max(-2 * abs(a) * belief[1] * inverse, -80.0))
            share, sign = down / (1 + down), 1.0 if a >= 0 else -1.0
            near = (a * belief[2] + sign * belief[1]) * inverse
            far = (a * belief[2] - sign * belief[1]) * inverse
            mean = (1 - share) * near + share * far
            total += mass
            first += mass * mean
            second += mass * ((1 - share) * near * near + share * far * far + belief[2] * inverse)
    mean = first / total
    variance = max(second / total - mean * mean, 0.0) + 1e-6
    plain, doubt = _size_since(m, i, today, onset, evidence.scratch)
    if abs(plain) > LARGE:
        mean, variance = plain, doubt
    out[0], out[1], out[2], out[3] = mean, mean - 1.645 * variance**0.5, mean + 1.645 * variance**0.5, variance


@compiled()
def _size_since(m, i, today, onset, sizes):
    """Median size of the days since the onset and its variance; 0 where they are too few.

    Single days of such a size count as strange and weigh next to nothing, so their sums would tell the belief and not the data.
    """
    count = 0
    for slot in range(WINDOW):
        if onset <= m.day[i, slot] <= today and m.trust[i, slot] > 0:
            sizes[count] = m.score[i, slot] / m.reach[i, slot]
            count += 1
    if count < FEWEST_DAYS:
        return 0.0, 1.0
    middle = _median(sizes, count)
    for k in range(count):
        sizes[k] = abs(sizes[k] - middle)
    spread = max(1.4826 * _median(sizes, count), 1.0)
    return middle, np.pi / 2 * spread * spread / count


@compiled()
def _median(values, count):
    high = ranked(values, count, count // 2)
    return high if count % 2 else 0.5 * (high + values[count // 2 - 1])
