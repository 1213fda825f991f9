"""By what factor special days, the season of the year, a slow trend and lasting shifts change a day's total.

Effects are learned as logarithms of a day's total over that of the ordinary same weekdays around it, and held near what their
class (and before anything is seen, a stated belief) says, the more so the fewer days were seen: each holiday comes once a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from floorwalker.core.demand.calendar import Calendar, Special
from floorwalker.core.demand.history import Flags, Grid, Ints
from floorwalker.core.demand.profiles import weekday
from floorwalker.core.demand.settings import Floats

BELIEFS = {"holiday": (-0.5, 0.6), "bridge": (-0.1, 0.2), "event": (0.0, 0.3)}
"""Mean and spread of the logarithm of a class's factor before anything is seen; days around holidays: 0, 0.1."""
AROUND = (0.0, 0.1)
OF_ITS_OWN = {"holiday": 0.3, "bridge": 0.15, "event": 0.25}
"""Spread between the names of a class; days around holidays: 0.07."""
OWN_AROUND = 0.07
CLOSED = 0.03
"""A special day with less than this share of an ordinary one was closed."""


@dataclass(frozen=True)
class Effect:
    """Logarithm of a factor, its variance, and the share of past days of this kind on which the queue was closed."""

    mean: float
    variance: float
    closed: float = 0.0


@dataclass(frozen=True)
class Totals:
    """Logarithms of daily totals, and which of the days are ordinary."""

    days: Ints
    logs: Floats
    """NaN where the total is unknown."""
    ordinary: Flags
    noise: float
    """Variance of an ordinary day around the ordinary same weekdays near it."""


def total(grid: Grid, day: int, calendar: Calendar) -> Totals:
    """Daily totals before `day`; a day with holes is scaled up by what its other slots usually hold."""
    counts = grid.counts[: max(min(day - grid.first, len(grid.counts)), 0)]
    days = np.arange(grid.first, grid.first + len(counts))
    known = np.isfinite(counts)
    usual = np.where(known, counts, 0).sum(0) / np.maximum(known.sum(0), 1)
    share = (known * usual).sum(1) / max(float(usual.sum()), 1e-9)
    sums = np.where(known, counts, 0).sum(1)
    usually_open = np.array([np.median(share[weekday(days) == d][-8:]) if (weekday(days) == d).any() else 0 for d in range(7)])
    enough = (share > 0.5 * usually_open[weekday(days)]) & (share > 0)
    logs = np.where(enough, np.log(sums / np.maximum(share, 1e-9) * usually_open[weekday(days)] + 0.5), np.nan)
    special = np.isin(days, [*calendar.special, *calendar.broken])
    ordinary = np.isfinite(logs) & ~special
    steps = logs[7:] - logs[:-7]
    steps = steps[ordinary[7:] & ordinary[:-7]]
    noise = float((1.4826 * np.median(np.abs(steps))) ** 2 * 0.625) if len(steps) > 4 else 0.02
    return Totals(days, logs, ordinary, max(noise, 1e-4))


def learn(totals: Totals, calendar: Calendar) -> dict[Special, Effect]:
    """Effects of every special day that the calendar names; those that were never seen have their class's."""
    seen: dict[Special, list[float]] = {}
    for k in np.flatnonzero(~totals.ordinary):
        reasons = calendar.special.get(int(totals.days[k]), ())
        usual = _usual(totals, int(k))
        if usual is None or not reasons or int(totals.days[k]) in calendar.broken:
            continue
        value = totals.logs[k] - usual if np.isfinite(totals.logs[k]) else -np.inf
        if np.isfinite(value) or reasons[0].group == "holiday":
            seen.setdefault(reasons[-1] if reasons[-1].group == "event" else reasons[0], []).append(float(value))
    wanted = {each for reasons in calendar.special.values() for each in reasons}
    return {
        each: effect
        for group in {each.group for each in wanted}
        for each, effect in _pooled(group, wanted, seen, totals.noise).items()
    }


def _usual(totals: Totals, k: int) -> float | None:
    """Mean logarithm of the four nearest ordinary same weekdays within five weeks; None where fewer than two are known."""
    near = [k + 7 * w for w in (-1, 1, -2, 2, -3, 3, -4, 4, -5, 5)]
    logs = [totals.logs[j] for j in near if 0 <= j < len(totals.logs) and totals.ordinary[j]][:4]
    return float(np.mean(logs)) if len(logs) > 1 else None


def _pooled(group: str, wanted: set[Special], seen: Mapping[Special, list[float]], noise: float) -> dict[Special, Effect]:
    """Names held near their class, and the class near its belief (normal with known variances, two levels)."""
    mean, spread = BELIEFS.get(group, AROUND)
    own = OF_ITS_OWN.get(group, OWN_AROUND) ** 2
    mine = {each: values for each, values in seen.items() if each.group == group}
    weight, weighted = 1 / spread**2, mean / spread**2
    for values in mine.values():
        known = [v for v in values if np.exp(v) >= CLOSED]
        if known:
            precision = 1 / (own + noise / len(known))
            weight, weighted = weight + precision, weighted + precision * float(np.mean(known))
    of_class, doubt = weighted / weight, 1 / weight
    every = [v for values in mine.values() for v in values]
    closed_of_class = float(np.mean([np.exp(v) < CLOSED for v in every])) if len(every) > 1 else 0.0
    found = {}
    for each in (each for each in wanted if each.group == group):
        values = mine.get(each, [])
        known = [v for v in values if np.exp(v) >= CLOSED]
        closed = float(np.mean([np.exp(v) < CLOSED for v in values])) if values else closed_of_class
        prior, precision = 1 / (own + doubt), len(known) / noise
        value = (prior * of_class + precision * (float(np.mean(known)) if known else 0.0)) / (prior + precision)
        found[each] = Effect(value, 1 / (prior + precision), closed)
    return found


def shift(totals: Totals, began: int) -> Effect:
    """By how much totals moved at a lasting shift that began on a day, from ordinary days since and before."""
    since = totals.ordinary & (totals.days >= began)
    before = totals.ordinary & (totals.days < began) & (totals.days >= began - 56)
    gaps: list[float] = []
    for d in range(7):
        old, new = totals.logs[before & (weekday(totals.days) == d)][-4:], totals.logs[since & (weekday(totals.days) == d)][:6]
        gaps += (new - old.mean()).tolist() if len(old) else []
    precision = len(gaps) / (1.5 * totals.noise)
    return (
        Effect(float(np.sum(gaps)) / (1.5 * totals.noise) / (precision + 4.0), 1 / (precision + 4.0))
        if gaps
        else Effect(0.0, 0.25)
    )
