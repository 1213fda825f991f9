"""From a queue's known days to the distribution of the days to come."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from floorwalker.core.demand.calendar import Calendar
from floorwalker.core.demand.candidates import Candidate, followed, plain_mean
from floorwalker.core.demand.choosing import Choice, choose
from floorwalker.core.demand.curves import Curve
from floorwalker.core.demand.doubt import Doubt, measure
from floorwalker.core.demand.history import Flags, Grid, Ints
from floorwalker.core.demand.preparing import DayFactor, Prepared, prepare
from floorwalker.core.demand.profiles import Past, look_at, open_days_ahead, weekday
from floorwalker.core.demand.settings import Floats, Settings

LEVEL_JUMP = 25.0
"""Variance that a lasting shift adds to the level, in units of a day's own noise."""


@dataclass(frozen=True)
class Fit:
    """What is known of a queue at the start of a day."""

    past: Past
    targets: Ints
    curves: list[Curve]
    """One per target, whole days."""
    factors: list[DayFactor]
    choices: list[Choice]
    errors: Floats
    """(days, slots) of the roots, one day ahead, on past days."""

    def open_slots(self, target: int) -> Flags:
        """(slots,) whether the queue will be open."""
        opens = self.past.open_slots[weekday(int(self.targets[target]))]
        return np.zeros_like(opens) if self.factors[target].closed else np.asarray(opens)

    @cached_property
    def _totals(self) -> list[tuple[float, float]]:
        """For each weekday: mean total of the remembered days over its open slots, of all of them and of its own."""
        sums = np.maximum(self.past.roots[-56:] ** 2, 0) @ self.past.open_slots.T
        week = weekday(self.past.days[-56:])
        every = sums.mean(0)
        own = [sums[week == d, d].mean() if (week == d).any() else every[d] for d in range(7)]
        return [(float(a), float(b)) for a, b in zip(every, own, strict=True)]

    def drivers(self, target: int) -> list[tuple[str, float]]:
        """What makes the day's total what it is: factors over the mean of the open days that are remembered."""
        day = int(weekday(int(self.targets[target])))
        opens, (every, usual) = self.past.open_slots[day], self._totals[day]
        special = self.factors[target]
        now = float((np.maximum(self.curves[target].mean, 0) ** 2 * opens).sum()) / special.factor
        return [("weekday", usual / max(every, 1e-9)), ("level", now / max(usual, 1e-9)), *special.drivers]


def fit(grid: Grid, day: int, days: int, calendar: Calendar, settings: Settings, borrowed: float | None = None) -> Fit | None:
    """Fit on the days before `day` and look `days` ahead; None where none is known. `borrowed`: variance of its level."""
    targets = np.arange(day, day + days)
    prepared = prepare(grid, day, targets, calendar)
    past = look_at(prepared.grid, day, prepared.usable, settings)
    if past is None:
        return None
    leads, steps = _leads(past), open_days_ahead(past, targets)
    candidates = _candidates(past, prepared, targets, leads)
    choices = choose(past, candidates, leads, settings.backtest_days)
    by_model = {each.model: each for each in candidates}
    chosen = [by_model[each.model] for each in choices]
    doubts, errors = _doubts(past, chosen, leads, settings)
    curves = [_curve(chosen, doubts, leads, int(h), k) for k, h in enumerate(steps)]
    if borrowed is not None:
        curves = [each.times(1.0, borrowed) for each in curves]
        choices = [replace(each, why="borrowed") for each in choices]
    curves = [curve.times(f.factor, f.variance) for curve, f in zip(curves, prepared.targets, strict=True)]
    return Fit(past, targets, curves, prepared.targets, choices, errors)


def _candidates(past: Past, prepared: Prepared, targets: Ints, leads: Ints) -> list[Candidate]:
    jump = np.zeros(len(past.days))
    for each in prepared.jumps:
        at = int(np.searchsorted(past.days, each))
        if 0 < at < len(jump):
            jump[at] = LEVEL_JUMP
    return [plain_mean(past, targets, leads), *followed(past, targets, leads, jump)]


def _leads(past: Past) -> Ints:
    """Open days ahead that stand for the same day, days 2 to 7, 8 to 14 and later."""
    week = max(int(past.open_slots.any(1).sum()), 1)
    return np.array([1, (week + 2) // 2, (3 * week + 2) // 2, 3 * week], np.int64)


def _doubts(past: Past, chosen: list[Candidate], leads: Ints, settings: Settings) -> tuple[list[Doubt], Floats]:
    """Doubt for each lead that past days tell of, and the errors one day ahead."""
    doubts: list[Doubt] = []
    first = np.zeros((0, past.roots.shape[1]))
    for k, each in enumerate(chosen):
        rows = np.flatnonzero(np.isfinite(each.before[k, :, 0]))
        rows = rows[rows >= min(10, len(past.days) // 2)][-settings.backtest_days :]
        if k and len(rows) < 8:
            break
        cells = past.open_slots[weekday(past.days[rows])] & past.seen[rows]
        errors = past.roots[rows] - each.before[k, rows]
        first = first if k else np.where(cells, errors, 0)
        doubts.append(measure(errors, cells, past, int(leads[k]), doubts[0] if doubts else None))
    return doubts, first


def _curve(chosen: list[Candidate], doubts: list[Doubt], leads: Ints, steps: int, target: int) -> Curve:
    """The chosen model of the lead, with doubt between that of the leads around."""
    near = min(int(np.searchsorted(leads, steps, side="right")) - 1, len(doubts) - 1)
    doubt = doubts[near]
    if near + 1 < len(doubts):
        doubt = doubt.mixed(doubts[near + 1], (steps - leads[near]) / (leads[near + 1] - leads[near]))
    else:
        doubt = doubt.wider(chosen[near].drift * (steps - leads[near]))
    model = 0 if steps == 1 else min(int(np.searchsorted(leads, steps)), len(leads) - 1)
    return Curve(chosen[model].ahead[target], doubt.profiles, doubt.scores, doubt.noise)
