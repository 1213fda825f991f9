"""The season of the year and a slow trend, from daily totals."""

from dataclasses import dataclass

import numpy as np

from floorwalker.core.demand.effects import Totals
from floorwalker.core.demand.history import Ints
from floorwalker.core.demand.profiles import weekday
from floorwalker.core.demand.settings import Floats

LEAST_DAYS = 540
"""A year and a half: with less, a season cannot be told from a trend."""
HARMONICS = 4
YEAR = 365.2425
DAMPING = 0.9
"""Of what a trend adds in a week, this much is added in the next."""


@dataclass(frozen=True)
class Season:
    """Coefficients of the year's waves (empty where the history is too short), and the trend per week from `last` on."""

    waves: Floats
    trend: float
    last: int

    def index(self, days: Ints) -> Floats:
        """Factor of the season on each day."""
        return np.asarray(np.exp(_design(days) @ self.waves)) if len(self.waves) else np.ones(len(days))

    def growth(self, days: Ints) -> Floats:
        """Factor of the trend on days to come, from the third week on; one before."""
        weeks = np.maximum((np.asarray(days) - self.last) / 7 - 2, 0)
        return np.asarray(np.exp(self.trend * DAMPING * (1 - DAMPING**weeks) / (1 - DAMPING)))


def learn_season(totals: Totals) -> Season:
    """Waves by ridge regression beside a level and a trend; a trend of the last half year, held near none by its own doubt."""
    weeks, logs = _weekly(totals)
    last = int(totals.days[-1]) if len(totals.days) else 0
    if len(logs) < 8:
        return Season(np.zeros(0), 0.0, last)
    waves = np.zeros(0)
    if weeks[-1] - weeks[0] >= LEAST_DAYS:
        waves = _waves(weeks, logs)
        logs = logs - _design(weeks) @ waves
    return Season(waves, _trend(logs[-26:]), last)


def _weekly(totals: Totals) -> tuple[Ints, Floats]:
    """Middle day and mean logarithm of each week with three ordinary days, weekdays taken out."""
    week = weekday(totals.days)
    usual = np.array([np.mean(v) if len(v := totals.logs[totals.ordinary & (week == d)]) else 0.0 for d in range(7)])
    number = (totals.days + 3) // 7
    logs = np.where(totals.ordinary, totals.logs - usual[week], 0.0)
    first = number[0] if len(number) else 0
    size = np.bincount(number - first, totals.ordinary)
    sums = np.bincount(number - first, logs)
    enough = size >= 3
    return ((np.flatnonzero(enough) + first) * 7).astype(np.int64), sums[enough] / size[enough]


def _design(days: Ints) -> Floats:
    angle = 2 * np.pi * np.outer(np.asarray(days) / YEAR, np.arange(1, HARMONICS + 1))
    return np.hstack([np.cos(angle), np.sin(angle)])


def _waves(weeks: Ints, logs: Floats) -> Floats:
    x = np.hstack([np.ones((len(weeks), 1)), (weeks - weeks.mean())[:, None] / YEAR, _design(weeks)])
    prior = np.concatenate([[1e-6, 1 / 0.5**2], np.tile(np.arange(1, HARMONICS + 1) ** 2 / 0.15**2, 2)])
    noise = max(float(np.var(np.diff(logs))) / 2, 1e-5)
    for _ in range(2):
        found = np.linalg.solve(x.T @ x / noise + np.diag(prior), x.T @ logs / noise)
        noise = max(4 * float(np.var(logs - x @ found)), 1e-5)
    return np.asarray(found[2:])


def _trend(logs: Floats) -> float:
    if len(logs) < 8:
        return 0.0
    at = np.arange(len(logs)) - (len(logs) - 1) / 2
    slope = float(at @ logs / (at @ at))
    rest = logs - logs.mean() - slope * at
    doubt = 4 * float(rest @ rest) / (len(logs) - 2) / float(at @ at)
    return slope * max(0.0, 1 - doubt / max(slope**2, 1e-12))
