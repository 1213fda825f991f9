"""Which way is used: the simplest whose error on the known days is within one standard error of the best, lead by lead."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from floorwalker.core.demand.candidates import Candidate
from floorwalker.core.demand.history import Flags, Ints
from floorwalker.core.demand.profiles import Past, weekday
from floorwalker.core.demand.settings import Floats

LEAD_NAMES = ("same_day", "days_2_7", "days_8_14", "days_15_on")
LEAST = 8
"""Days that all candidates told, for a comparison to count."""


@dataclass(frozen=True)
class Choice:
    """For one lead: the model, why it (best | as_good | little_history), and the errors (WAPE by interval and by day,
    averaged) of it and of the plain weekday mean; NaN where nothing could be compared.
    """

    lead: str
    model: str
    why: str
    error: float
    error_of_mean: float


def choose(past: Past, candidates: Sequence[Candidate], leads: Ints, recent: int) -> list[Choice]:
    """One choice per lead; candidates stand from the simplest up, the plain weekday mean first."""
    made: list[Choice] = []
    open_cells = past.open_slots[weekday(past.days)] & past.seen
    for k in range(len(leads)):
        told = np.array([np.isfinite(each.before[k, 12:, 0]) for each in candidates]).all(0)
        rows = 12 + np.flatnonzero(told)[-recent:]
        if len(rows) < LEAST:
            model, why = (
                (made[-1].model, made[-1].why) if made else (candidates[min(1, len(candidates) - 1)].model, "little_history")
            )
            made.append(Choice(LEAD_NAMES[k], model, why, np.nan, np.nan))
            continue
        losses, size = _losses(past.roots[rows], np.array([each.before[k, rows] for each in candidates]), open_cells[rows])
        means = losses.mean(1)
        best = int(means.argmin())
        gap = losses - losses[best]
        doubt = gap.std(1) / np.sqrt(len(rows))
        pick = int(np.flatnonzero(gap.mean(1) <= doubt)[0])
        why = "best" if pick == best else "as_good"
        made.append(Choice(LEAD_NAMES[k], candidates[pick].model, why, float(means[pick] / size), float(means[0] / size)))
    return made


def _losses(roots: Floats, told: Floats, open_cells: Flags) -> tuple[Floats, float]:
    """(candidates, days) absolute errors by interval and by day, averaged; and the mean count of a day."""
    actual = np.where(open_cells, roots**2, 0)
    errors = np.where(open_cells, roots**2 - told**2, 0)
    size = float(np.maximum(actual.sum(1).mean(), 1e-9))
    return 0.5 * np.abs(errors).sum(-1) + 0.5 * np.abs(errors.sum(-1)), size
