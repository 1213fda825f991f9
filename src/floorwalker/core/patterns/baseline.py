"""The usual day: level, weekday profile and noise of one series, learned from days old enough to be trusted.

A Kalman filter (West & Harrison, Bayesian Forecasting and Dynamic Models, ch. 4) on a scale where noise is nearly
normal: counts to the power .4 (between Poisson's 2/3 and gamma's 1/3), rates by the arcsine, means as they are.
Noise has a part between days and a part within a day that shrinks with the number of observations.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of these functions from their arguments; memory.py says what each array is.

import numpy as np

from floorwalker.core.patterns.compiled import compiled
from floorwalker.core.patterns.memory import (
    ABSORBED,
    BETWEEN,
    CLOSED_DAY,
    LAG,
    LAG_MASS,
    MASS,
    MEAN_V,
    NEVER,
    NORMAL_SINCE,
    RV,
    SEEN,
    SKEW,
    STATE,
    STEADY,
    T_DENIED,
    TEMPER,
    VV,
    WITHIN,
    R,
    V,
)
from floorwalker.core.patterns.settings import LEVEL_DRIFT, PATIENCE, VARIANCE_MEMORY, WEEKDAY_DRIFT, WINDOW

COUNT, RATE, MEAN = range(3)
ANEW = 5.0
"""How far in sd a level may lie from the old one after a person's `new_normal`."""


@compiled(forceinline=True)
def transformed(kind, value, n):
    """The value on the scale where noise is nearly normal."""
    if kind == COUNT:
        return value**0.4
    if kind == RATE:
        return np.arcsin(np.sqrt((value * n + 0.375) / (n + 0.75)))
    return value


@compiled(forceinline=True)
def restored(kind, y):
    """A transformed value back in the measure's own unit."""
    if kind == COUNT:
        y = max(y, 0.0)
        return y * y * np.sqrt(y)
    if kind == RATE:
        return np.sin(min(max(y, 0.0), 1.5707963)) ** 2
    return y


@compiled(forceinline=True)
def known_part(kind, usual, n):
    """(scale, v): noise variance is scale x (between + within x v), v falling with the number of observations."""
    if kind == COUNT:
        y = max(usual, 0.75)
        return 0.16 * y * y, 1.0 / (y * y * np.sqrt(y))
    if kind == RATE:
        return 1.0, 1.0 / (4.0 * n + 2.0)
    return 1.0, 1.0 / n if n > 0 else 1.0


@compiled(forceinline=True)
def usual_and_variance(m, i, kind, weekday, n):
    """Expected transformed value, its predictive variance, and the variance of a day with a usual number of observations."""
    usual = m.theta[i, 0] + m.theta[i, 1 + weekday]
    scale, v = known_part(kind, usual, n)
    c = m.cov[i]
    doubt = c[0, 0] + 2 * c[0, 1 + weekday] + c[1 + weekday, 1 + weekday]
    floor = 1e-6 * usual * usual + 1e-12
    typical = max(scale * (m.noise[i, BETWEEN] + m.noise[i, WITHIN] * m.noise[i, MEAN_V]), floor)
    return usual, max(scale * (m.noise[i, BETWEEN] + m.noise[i, WITHIN] * v), floor) + doubt, typical


@compiled(forceinline=True)
def is_constant(m, i, kind):
    """Whether the series has shown no noise at all."""
    usual = m.theta[i, 0]
    scale, _ = known_part(kind, usual, 1.0)
    noise = scale * (m.noise[i, BETWEEN] + m.noise[i, WITHIN] * m.noise[i, MEAN_V])
    return noise <= 2 * (1e-6 * usual * usual + 1e-12)


@compiled(forceinline=True)
def absorb_old_days(m, i, kind, today, knobs):
    """Let days that have become PATIENCE days old into the baseline, each by its trust.

    After a person's `new_normal` each of the first PATIENCE days enters on the next: there is no other way to know the level.
    """
    last = max(today - PATIENCE, min(today, m.counts[i, NORMAL_SINCE] + PATIENCE) - 1)
    _absorb(m, i, kind, last, knobs)


@compiled(forceinline=True)
def _absorb(m, i, kind, last, knobs):
    for day in range(m.counts[i, ABSORBED] + 1, last + 1):
        slot = day % WINDOW
        _drift(m, i, kind, knobs)
        if m.day[i, slot] == day and m.trust[i, slot] > 0 and m.told[i, slot] != T_DENIED:
            weekday = (day + 3) % 7
            residual = _learn_day(m, i, kind, weekday, m.y[i, slot], m.n[i, slot], m.trust[i, slot])
            _learn_noise(m, i, kind, weekday, slot, residual, knobs)
            estimate_noise(m, i, kind)
        m.counts[i, ABSORBED] = day


@compiled()
def begin_level_anew(m, i, kind, today, knobs):
    """From today another level is the usual: what was before counts for the weekday profile and the noise alone."""
    _absorb(m, i, kind, today - 1, knobs)
    scale, _ = known_part(kind, m.theta[i, 0], 1.0)
    m.cov[i, 0, 0] += ANEW**2 * scale * (m.noise[i, BETWEEN] + m.noise[i, WITHIN] * m.noise[i, MEAN_V])
    m.trust[i, :] = 0
    m.counts[i, NORMAL_SINCE], m.counts[i, STATE], m.counts[i, CLOSED_DAY] = today, STEADY, NEVER


@compiled(forceinline=True)
def _drift(m, i, kind, knobs):
    scale, _ = known_part(kind, m.theta[i, 0], 1.0)
    variance = scale * (m.noise[i, BETWEEN] + m.noise[i, WITHIN] * m.noise[i, MEAN_V])
    m.cov[i, 0, 0] += knobs[LEVEL_DRIFT] ** 2 * variance
    for k in range(1, 8):
        m.cov[i, k, k] += knobs[WEEKDAY_DRIFT] ** 2 * variance


@compiled(forceinline=True)
def _learn_day(m, i, kind, weekday, y, n, trust):
    """One Kalman step; a doubtful day counts as one with more noise. Returns the residual before it."""
    usual = m.theta[i, 0] + m.theta[i, 1 + weekday]
    scale, v = known_part(kind, usual, n)
    c, k = m.cov[i], 1 + weekday
    noise = max(scale * (m.noise[i, BETWEEN] + m.noise[i, WITHIN] * v), 1e-6 * usual * usual + 1e-12) / trust
    for a in range(8):
        c[8, a] = c[0, a] + c[k, a]
    variance = c[8, 0] + c[8, k] + noise
    residual = y - usual
    for a in range(8):
        gain = c[8, a] / variance
        m.theta[i, a] += gain * residual
        for b in range(8):
            c[a, b] -= gain * c[8, b]
    return residual


@compiled(forceinline=True)
def _learn_noise(m, i, kind, weekday, slot, residual, knobs):
    scale, v = known_part(kind, m.theta[i, 0] + m.theta[i, 1 + weekday], m.n[i, slot])
    variance = max(scale * (m.noise[i, BETWEEN] + m.noise[i, WITHIN] * v), 1e-300)
    standard = residual / np.sqrt(variance)
    r, trust, s = min(standard * standard, 9.0) * variance / scale, m.trust[i, slot], m.sums[i]
    for k in range(s.shape[0]):
        s[k] *= knobs[VARIANCE_MEMORY]
    s[MASS] += trust
    s[V] += trust * v
    s[VV] += trust * v * v
    s[R] += trust * r
    s[RV] += trust * r * v
    s[SKEW] += trust * min(max(standard, -3.0), 3.0) ** 3
    before = (slot - 1) % WINDOW
    if m.day[i, slot] - m.day[i, before] == 1 and m.trust[i, before] > 0:
        both = trust * m.trust[i, before]
        s[LAG] += both * min(max(m.score[i, slot], -3.0), 3.0) * min(max(m.score[i, before], -3.0), 3.0)
        s[LAG_MASS] += both


@compiled(forceinline=True)
def estimate_noise(m, i, kind):
    """Split the noise into its two parts; autocorrelation, shrunk, becomes the tempering (1 - phi) / (1 + phi)."""
    s = m.sums[i]
    if s[MASS] <= 0:
        return
    r, v = s[R] / s[MASS], s[V] / s[MASS]
    if kind == MEAN:
        spread = max(s[VV] / s[MASS] - v * v, 0.0)
        anchor = 22.0 * v * v / s[MASS]
        slope = (s[RV] / s[MASS] - r * v + anchor * 0.8 * r / v) / (spread + anchor)
        m.noise[i, WITHIN] = min(max(slope, 0.0), r / v)
    else:
        m.noise[i, WITHIN] = 1.0
    m.noise[i, BETWEEN] = max(r - m.noise[i, WITHIN] * v, 0.0)
    m.noise[i, MEAN_V] = v
    phi = min(max((s[LAG] + 2.0) / (s[LAG_MASS] + 100.0), 0.0), 0.8)
    m.noise[i, TEMPER] = (1 - phi) / (1 + phi)


@compiled(forceinline=True)
def evened(m, i, score):
    """The score without its series' skewness (Cornish & Fisher 1937); beyond three sd it only moves along."""
    skew = min(max(m.sums[i, SKEW] / (m.sums[i, MASS] + 60.0), -0.6), 0.6)
    inner = min(max(score, -3.0), 3.0)
    return inner - skew / 6 * (inner * inner - 1) + score - inner


@compiled()
def ranked(values, count, rank):
    """The value of that rank (0 first) of the first `count`, which are put in order."""
    for k in range(1, count):
        value, j = values[k], k - 1
        while j >= 0 and values[j] > value:
            values[j + 1] = values[j]
            j -= 1
        values[j + 1] = value
    return values[rank]


@compiled()
def start_baseline(m, i, kind, scratch):
    """Fit the days of the learning time, thrice through the filter: noise and weekday spread are known from the turn before."""
    seen = m.counts[i, SEEN]
    middle, variance = _rough(m, i, seen, scratch)
    mean_v = 0.0
    for k in range(seen):
        _, v = known_part(kind, middle, m.n[i, k])
        mean_v += v / seen
    weekdays = variance
    for _ in range(3):
        scale, _ = known_part(kind, middle, 1.0)
        m.noise[i, MEAN_V] = mean_v
        m.noise[i, WITHIN] = 0.8 * variance / scale / mean_v if kind == MEAN else 1.0
        m.noise[i, BETWEEN] = max(variance / scale - m.noise[i, WITHIN] * mean_v, 0.0)
        _fresh(m, i, middle, variance, weekdays)
        for k in range(seen):
            usual, expected, _ = usual_and_variance(m, i, kind, (m.day[i, k] + 3) % 7, m.n[i, k])
            away = abs(m.y[i, k] - usual) / np.sqrt(expected)
            m.trust[i, k] = 1.0 if away < 3 else 9.0 / (away * away)
            _learn_day(m, i, kind, (m.day[i, k] + 3) % 7, m.y[i, k], m.n[i, k], m.trust[i, k])
        variance, weekdays = _residual_variance(m, i, kind, seen, variance)
    m.counts[i, ABSORBED] = m.day[i, seen - 1]
    s = m.sums[i]
    s[:] = 0
    scale, v = known_part(kind, m.theta[i, 0], 1.0)
    s[MASS] = seen
    for k in range(seen):
        _, v = known_part(kind, m.theta[i, 0], m.n[i, k])
        s[V] += v
        s[VV] += v * v
    s[R] = seen * variance / scale
    s[RV] = s[R] * (0.8 * s[VV] / max(s[V], 1e-300) + 0.2 * s[V] / seen)
    estimate_noise(m, i, kind)
    m.trust[i, :] = 0
    m.day[i, :] = NEVER


@compiled()
def _rough(m, i, seen, scratch):
    """Median of the days of the learning time and a variance that a few strange ones hardly move."""
    for k in range(seen):
        scratch[k] = m.y[i, k]
    middle = ranked(scratch, seen, seen // 2)
    for k in range(seen):
        scratch[k] = abs(m.y[i, k] - middle)
    spread = ranked(scratch, seen, seen // 2) * 1.4826
    variance = spread * spread
    if variance == 0:  # most days are alike: those that are not are all that is known of the noise
        for k in range(seen):
            variance += (m.y[i, k] - middle) ** 2 / seen
    return middle, max(variance, 1e-6 * middle * middle + 1e-12)


@compiled()
def _fresh(m, i, level, variance, weekdays):
    m.theta[i, :] = 0
    m.theta[i, 0] = level
    m.cov[i, :, :] = 0
    m.cov[i, 0, 0] = 4 * variance + weekdays
    for k in range(1, 8):
        m.cov[i, k, k] = weekdays


@compiled()
def _residual_variance(m, i, kind, seen, before):
    """(noise variance, variance of the weekday effects) after a fit, both kept away from zero."""
    total, mass = 0.0, 0.0
    for k in range(seen):
        residual = m.y[i, k] - m.theta[i, 0] - m.theta[i, 1 + (m.day[i, k] + 3) % 7]
        total += m.trust[i, k] * residual * residual
        mass += m.trust[i, k]
    level = m.theta[i, 0]
    variance = max(total / max(mass - 6.0, 1.0), 1e-6 * level * level + 1e-12)
    weekdays = 0.0
    for k in range(1, 8):
        weekdays += (m.theta[i, k] ** 2 + m.cov[i, k, k]) / 7
    return variance, max(min(weekdays, 25 * variance), 0.05 * variance)
