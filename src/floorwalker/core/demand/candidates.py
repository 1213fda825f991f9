"""Ways to say what a day will be like, from the plainest upward, each with what it would have said of known days."""

from dataclasses import dataclass

import numpy as np

from floorwalker.core.demand.compiled import compiled
from floorwalker.core.demand.filtering import Followed, follow
from floorwalker.core.demand.history import Ints
from floorwalker.core.demand.profiles import Past, open_days_ahead, weekday
from floorwalker.core.demand.settings import Floats


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
    """The mean of the last four known same weekdays, slot by slot; of the last four days where a weekday was never seen."""
    week, x = weekday(past.days), past.roots
    before = np.full((len(leads), *x.shape), np.nan)
    _means_before(x, week, leads, before)
    means = np.array([x[rows if len(rows := np.flatnonzero(week == d)[-4:]) else slice(-4, None)].mean(0) for d in range(7)])
    return Candidate("weekday_mean", before, means[weekday(targets)], 0.0)


@compiled(cache=True)
def _means_before(x, week, leads, before):  # type: ignore[no-untyped-def]
    """Of each day, the mean of up to four same weekdays that were known so many known days before; of at least two."""
    for k in range(leads.size):
        for t in range(week.size):
            found = 0
            for d in range(t - leads[k], -1, -1):
                if week[d] == week[t] and found < 4:
                    for c in range(x.shape[1]):
                        before[k, t, c] = x[d, c] + (before[k, t, c] if found else 0.0)
                    found += 1
            for c in range(x.shape[1]):
                before[k, t, c] = before[k, t, c] / found if found > 1 else np.nan


def followed(past: Past, targets: Ints, leads: Ints, jump: Floats) -> tuple[Candidate, Candidate]:
    """Scores of the shared profiles, each followed by the filter: `smooth` keeps to slow weekday means, `moving` may follow."""
    gap = np.concatenate([[1], np.maximum(np.diff(past.clock), 1)]).astype(np.int64)
    steps = open_days_ahead(past, targets)
    smooth, moving = follow(past.scores, weekday(past.days), gap, leads, weekday(targets), steps, jump)
    return _told("smooth", smooth, past), _told("moving", moving, past)


def _told(model: str, scores: Followed, past: Past) -> Candidate:
    leads, days, many = scores.before.shape
    before = (scores.before.reshape(-1, many) @ past.profiles).reshape(leads, days, -1)
    return Candidate(model, before, scores.ahead @ past.profiles, scores.drift)
