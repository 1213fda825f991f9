"""What came of earlier forecasts tells how far scenarios may be trusted: promises are made more careful by it, never bolder."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.core.staffing.serving import Serving
from floorwalker.core.staffing.steady import Floats

OWN_DAYS = 10.0
"""The scenarios' own word counts as much as so many days of the record."""
FEWEST_ALIKE = 5
"""Of special days (public holidays) so many have to be known before anything is promised on one of them."""
TYPICAL_PLAN = 0.85
"""Days are ranked at the staff that answers this quantile of each interval's scenarios in time."""


def rank_of_day(
    scenarios: ArrayLike,
    came: ArrayLike,
    interval_s: float,
    aht_s: float,
    patience_s: float | None,
    target: float,
    threshold_s: float,
    chat_s: Sequence[float] = (),
) -> float:
    """Share of scenarios (draws, intervals) that would have gone worse than the real day, at one typical plan.

    came: contacts as they came, NaN where unknown. Near 0: the day surprised on the bad side. NaN where nothing is known.
    """
    counts, real = np.asarray(scenarios, float), np.asarray(came, float)
    known = np.isfinite(real)
    if not known.any() or real[known].sum() == 0:
        return float("nan")
    both = np.vstack([real[known], counts[:, known]])
    load = np.maximum(np.quantile(both[1:], TYPICAL_PLAN, axis=0), 0.1)
    serving = Serving(interval_s, aht_s, patience_s, threshold_s, tuple(chat_s))
    answered = np.nan_to_num(serving.measure(both, serving.required(load, target)).offered) * both
    level = answered.sum(axis=1) / np.maximum(both.sum(axis=1), 1e-9)
    worse, equal = (level[1:] < level[0]).sum(), (level[1:] == level[0]).sum()
    return float((worse + equal / 2 + 0.5) / (len(counts) + 1))


def believed(chance: float, record: Floats) -> float:
    """A chance from scenarios, lowered where days as bad as its misses came more often than the scenarios said.

    record: ranks of earlier days. The share of them at or below the chance of missing, together with that chance counted as
    `OWN_DAYS` days, takes its place where it is larger.
    """
    miss = 1 - chance
    seen = float((record <= miss).sum())
    return 1 - max(miss, (OWN_DAYS * miss + seen) / (OWN_DAYS + record.size))
