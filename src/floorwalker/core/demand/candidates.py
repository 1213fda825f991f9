"""Ways to say what a day will be like, from the plainest upward, each with what it would have said of known days."""

from dataclasses import dataclass

import numpy as np

from floorwalker.core.demand.filtering import GRID, follow
from floorwalker.core.demand.history import Ints
from floorwalker.core.demand.profiles import Past, open_days_ahead, weekday
from floorwalker.core.demand.settings import Floats

STILL = np.array([(0.0, 1e-4, 0.002, 0.004)])
"""A weekday mean whose weights fall by age: no memory of yesterday, slow drift."""


@dataclass(frozen=True)
class Candidate:
    """One way. Everything on the square-root scale."""

    model: str
    before: Floats
    """(leads, days, slots): what it said of each known day, so many known days before; NaN where it could not."""
    ahead: Floats
    """(targets, slots)"""
    drift: float
    """Growth of the first score's variance for each open day further ahead than the last lead."""


def plain_mean(past: Past, targets: Ints, leads: Ints) -> Candidate:
    """The mean of the last four known same weekdays, slot by slot."""
    week, x = weekday(past.days), past.roots
    before = np.full((len(leads), *x.shape), np.nan)
    for d in range(7):
        mine = np.flatnonzero(week == d)
        sums = np.concatenate([np.zeros((1, x.shape[1])), np.cumsum(x[mine], axis=0)])
        for k, lead in enumerate(leads):
            known = np.searchsorted(mine, mine - lead, side="right")
            enough = known > 1
            first = np.maximum(known - 4, 0)
            means = (sums[known] - sums[first]) / np.maximum(known - first, 1)[:, None]
            before[k, mine[enough]] = means[enough]
    rows = [np.flatnonzero(week == d)[-4:] for d in weekday(targets)]
    last = np.arange(len(x))[-4:]
    return Candidate("weekday_mean", before, np.array([x[r if len(r) else last].mean(0) for r in rows]), 0.0)


def followed(model: str, past: Past, targets: Ints, leads: Ints, jump: Floats) -> Candidate:
    """Scores of the shared profiles, each followed by the filter; `smooth` keeps to slow weekday means, `moving` may follow."""
    grid = STILL if model == "smooth" else GRID
    gap = np.concatenate([[1], np.maximum(np.diff(past.clock), 1)]).astype(np.int64)
    steps, week = open_days_ahead(past, targets), weekday(past.days)
    parts = [follow(y, week, gap, leads, weekday(targets), steps, jump, grid) for y in past.scores.T]
    told = np.ascontiguousarray(np.array([each.before for each in parts]).transpose(2, 1, 0))
    before = (told.reshape(-1, len(parts)) @ past.profiles).reshape(*told.shape[:2], -1)
    ahead = np.array([each.ahead for each in parts]).T @ past.profiles
    return Candidate(model, before, ahead, parts[0].drift)
