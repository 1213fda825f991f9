"""How many to plan so that enough come: absence is a number of people that varies, not an average that is taken off."""

from math import exp, lgamma, log, sqrt

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.core.staffing.steady import Whole
from floorwalker.core.staffing.unusable import Unusable

MOST_PEOPLE = 20_000


def scheduled(
    needed: ArrayLike, absence: float, confidence: float = 0.9, shrinkage: float = 0.0, together: float = 0.0
) -> Whole:
    """Fewest people to plan so that, with this confidence, at least `needed` are on the queue.

    absence: chance that a planned person does not come. together: correlation of two people's absence (0: binomial; above,
    beta-binomial, as when a cold goes round). shrinkage: share of present time planned off the queue (breaks, training).
    Raises Unusable where a value cannot be.
    """
    for name, share in (("absence", absence), ("shrinkage", shrinkage), ("together", together)):
        if not 0 <= share < 1:
            raise Unusable("value_cannot_be", column=name, found=str(share))
    if not 0 < confidence < 1:
        raise Unusable("value_cannot_be", column="confidence", found=str(confidence))
    people = np.asarray(needed, float)
    if not (np.isfinite(people) & (people >= 0) & (people <= MOST_PEOPLE)).all():
        raise Unusable("value_cannot_be", column="needed", found=str(people.reshape(-1)[:1]))
    present = np.ceil(people / (1 - shrinkage) - 1e-9).astype(np.int64)
    distinct, place = np.unique(present, return_inverse=True)
    planned = np.array([_fewest(int(n), absence, confidence, together) for n in distinct], dtype=np.int64)
    return np.asarray(planned[place].reshape(people.shape))


def _fewest(present: int, absence: float, confidence: float, together: float) -> int:
    """Doubling, then halving: the chance grows with every person more."""
    if present == 0 or absence == 0:
        return present
    low, high = present - 1, present
    while chance_enough(high, present, absence, together) < confidence:
        low, high = high, 2 * high + 2
        if high > 50 * MOST_PEOPLE:
            raise Unusable("never_enough", needed=str(present), absence=str(absence))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if chance_enough(middle, present, absence, together) >= confidence else (middle, high)
    return high


def chance_enough(planned: int, present: int, absence: float, together: float = 0.0) -> float:
    """Chance that at least `present` of `planned` come."""
    spare = planned - present
    if spare < 0:
        return 0.0
    if absence == 0:
        return 1.0
    mean = planned * absence
    first = max(0, int(mean - 12 * sqrt(mean + 1) - 12)) if together == 0 else 0
    return min(1.0, sum(exp(_log_chance(planned, gone, absence, together)) for gone in range(first, spare + 1)))


def _log_chance(planned: int, gone: int, absence: float, together: float) -> float:
    ways = lgamma(planned + 1) - lgamma(gone + 1) - lgamma(planned - gone + 1)
    if together == 0:
        return ways + gone * log(absence) + (planned - gone) * log(1 - absence)
    a, b = absence * (1 / together - 1), (1 - absence) * (1 / together - 1)
    mixed = lgamma(gone + a) + lgamma(planned - gone + b) - lgamma(planned + a + b)
    return ways + mixed + lgamma(a + b) - lgamma(a) - lgamma(b)
