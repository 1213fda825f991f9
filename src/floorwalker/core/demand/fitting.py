"""From a queue's known days to the distribution of days to come."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from floorwalker.core.demand.curves import Curve
from floorwalker.core.demand.history import Grid, Ints
from floorwalker.core.demand.settings import SHIFT, Floats, Settings

THURSDAY = 3
"""1970-01-01."""


def weekday(day: Ints | int) -> Ints:
    """Monday is 0."""
    return np.asarray((np.asarray(day) + THURSDAY) % 7)


def without(grid: Grid, known: pl.DataFrame | None, masked: pl.DataFrame | None, levels: pl.DataFrame | None) -> Grid:
    """The grid with blips, holidays, events and outages unknown; days before a lasting shift are kept until it has begun."""
    counts = grid.counts.copy()
    for table in (known, masked):
        for day in _dates(table, grid.queue):
            if 0 <= day - grid.first < len(counts):
                counts[day - grid.first] = np.nan
    return replace(grid, counts=counts, resets=tuple(sorted(_dates(levels, grid.queue))))


def _dates(table: pl.DataFrame | None, queue: str) -> list[int]:
    if table is None:
        return []
    mine = table.filter((pl.col("queue") == queue) | pl.col("queue").is_null()) if "queue" in table.columns else table
    return mine["date"].cast(pl.Int32).to_list()


@dataclass(frozen=True)
class Fit:
    """What is known of a queue at the start of a day."""

    day: int
    profiles: Floats
    centres: Floats
    """(7, scores)"""
    last: Floats
    phi: Floats
    step: Floats
    noise: float
    open_cells: np.ndarray
    """(7, slots) whether the queue was seen open."""

    def curves(self, days: int) -> list[Curve]:
        """The days to come from `day` on."""
        mean, cov, found = self.last, np.zeros_like(self.step), []
        for k in range(days):
            mean, cov = mean * self.phi, cov * np.outer(self.phi, self.phi) + self.step
            score = self.centres[int(weekday(self.day + k))] + mean
            found.append(Curve(score @ self.profiles, self.profiles, cov, np.full(self.profiles.shape[1], self.noise)))
        return found


def fit(grid: Grid, day: int, settings: Settings) -> Fit | None:
    """Fit on the days before `day`; None where none is known."""
    upto = max(min(day - grid.first, len(grid.counts)), 0)
    counts = grid.counts[:upto]
    days = np.arange(grid.first, grid.first + upto)
    began = max((each for each in grid.resets if each < day), default=grid.first) - grid.first
    seen = np.flatnonzero(np.isfinite(counts).sum(1) * 2 > np.isfinite(counts).any(0).sum())
    seen = seen[seen >= max(began, 0)][-settings.window_days :] if (seen >= began).sum() > 1 else seen[-settings.window_days :]
    if not len(seen):
        return None
    open_cells = _open(counts, days)
    table, days = counts[seen], days[seen]
    usual = np.nanmean(np.where(np.isfinite(table).any(0), table, 0), axis=0)
    x = np.sqrt(np.where(np.isfinite(table), table, usual) + SHIFT)
    return _scores(x, days, day, open_cells, settings)


def _scores(x: Floats, days: Ints, day: int, open_cells: np.ndarray, settings: Settings) -> Fit:
    k = max(min(settings.profiles, len(x) // 5), 1)
    u, s, v = np.linalg.svd(x, full_matrices=False)
    b, v = u[:, :k] * s[:k], v[:k]
    w = 0.5 ** ((days[-1] - days) / settings.half_life_days)
    week = weekday(days)
    overall = np.average(b, axis=0, weights=w)
    centres = np.array(
        [np.average(b[week == d], axis=0, weights=w[week == d]) if (week == d).any() else overall for d in range(7)]
    )
    r = b - centres[week]
    phi = np.clip((w[1:, None] * r[1:] * r[:-1]).sum(0) / ((w[1:, None] * r[:-1] ** 2).sum(0) + 1e-9), 0, 0.95)
    few = len(x) < 10
    if few:
        step = np.diag((0.1 * np.abs(overall)) ** 2)
        phi = np.zeros(k)
    else:
        step = np.cov((r[1:] - phi * r[:-1])[-60:].T).reshape(k, k) * len(r) / max(len(r) - 7, 1)
    noise = max(float(np.var((x - b @ v)[-60:]) * len(x) / max(len(x) - k, 1)), 0.25 if few else 0.05)
    return Fit(day, v, centres, r[-1], phi, step, noise, open_cells)


def _open(counts: Floats, days: Ints) -> np.ndarray:
    """(7, slots) cells known at least once on the last eight same weekdays within ten weeks."""
    week, found = weekday(days), np.zeros((7, counts.shape[1]), bool)
    for d in range(7):
        found[d] = np.isfinite(counts[-70:][week[-70:] == d][-8:]).any(0)
    return found


def update(curve: Curve, seen: Floats) -> Curve:
    """The rest of a day whose first counts are known (`seen`, NaN where unknown): the scores given what was observed."""
    known = np.isfinite(seen)
    if not known.any():
        return curve
    x = curve.profiles[:, known]
    gap = np.sqrt(np.maximum(seen[known], 0) + SHIFT) - curve.mean[known]
    weight = x / curve.noise[known]
    scores = np.linalg.inv(np.linalg.inv(curve.scores + 1e-9 * np.eye(len(x))) + weight @ x.T)
    return Curve(
        np.asarray(curve.mean + (scores @ weight @ gap) @ curve.profiles), curve.profiles, np.asarray(scores), curve.noise
    )
