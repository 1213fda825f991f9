"""A history without what is special about its days, and by what factors the days to come are special."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from floorwalker.core.demand.calendar import Calendar, Special
from floorwalker.core.demand.effects import Effect, Totals, learn, shift, total
from floorwalker.core.demand.history import Flags, Grid, Ints
from floorwalker.core.demand.seasons import learn_season

APART = ("holiday", "bridge", "event")
"""Days of these groups teach their effect, and nothing about ordinary days."""
MOSTLY_CLOSED = 0.5


@dataclass(frozen=True)
class DayFactor:
    """What multiplies an ordinary day: drivers with factors, the variance of their logarithm, whether it is closed."""

    drivers: tuple[tuple[str, float], ...]
    variance: float
    closed: bool

    @property
    def factor(self) -> float:
        return float(np.prod([each for _, each in self.drivers])) if self.drivers else 1.0


@dataclass(frozen=True)
class Prepared:
    grid: Grid
    """Counts before the day, as ordinary days of today's level and season would have had."""
    usable: Flags
    """(days,) days that teach what ordinary days are like."""
    jumps: tuple[int, ...]
    targets: list[DayFactor]


def prepare(grid: Grid, day: int, targets: Ints, calendar: Calendar) -> Prepared:
    """Learn effects from the days before `day`, take them out of the history, and say what they are on the targets."""
    totals = total(grid, day, calendar)
    jumps = tuple(each for each in calendar.resets if grid.first < each <= day)
    scale = np.zeros(len(grid.counts))
    for each in jumps:
        moved = shift(totals, each).mean
        before = np.arange(grid.first, grid.first + len(grid.counts)) < each
        scale[before] += moved
        totals = replace(totals, logs=totals.logs + moved * before[: len(totals.days)])
    season = learn_season(totals)
    effects = learn(totals, calendar) if calendar.special else {}
    days = np.arange(grid.first, grid.first + len(grid.counts))
    now = season.index(np.array([day]))[0]
    taken = np.log(season.index(days) / now)
    for k, each in enumerate(days.tolist()):
        for reason in calendar.special.get(each, ()):
            taken[k] += effects[reason].mean if reason in effects and reason.group not in APART else 0.0
    history = replace(grid, counts=grid.counts * np.exp(scale - taken)[:, None])
    ahead = zip(targets.tolist(), season.index(targets) / now, season.growth(targets), strict=True)
    found = [_target(d, calendar, effects, index, growth) for d, index, growth in ahead]
    return Prepared(history, _usable(totals, calendar, days), jumps, found)


def _target(day: int, calendar: Calendar, effects: Mapping[Special, Effect], season: float, growth: float) -> DayFactor:
    mine: Sequence[tuple[str, Effect]] = [
        (each.group, effects[each]) for each in calendar.special.get(day, ()) if each in effects
    ]
    drivers = [(group, float(np.exp(effect.mean))) for group, effect in mine]
    drivers += [("season", float(season))] if abs(season - 1) > 1e-4 else []
    drivers += [("trend", float(growth))] if abs(growth - 1) > 1e-4 else []
    closed = any(effect.closed > MOSTLY_CLOSED for group, effect in mine if group in APART)
    return DayFactor(tuple(drivers), sum(effect.variance for _, effect in mine), closed)


def _usable(totals: Totals, calendar: Calendar, days: Ints) -> Flags:
    """Days that are not broken and not apart; where a long event leaves too few of the last eight weeks, its days count too."""
    strange = [d for d, reasons in calendar.special.items() if any(each.group in APART for each in reasons)]
    broken, apart = np.isin(days, list(calendar.broken)), np.isin(days, strange)
    recent = np.isfinite(totals.logs[-56:])
    left = recent & ~(apart | broken)[: len(totals.days)][-56:]
    return np.asarray(~broken if left.sum() < 0.4 * recent.sum() else ~(broken | apart))
