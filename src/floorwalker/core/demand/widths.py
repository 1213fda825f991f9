"""How wide ranges should be: from where past outcomes lay, each beside what could be said of it before it came."""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of the kernel from its arguments; `moving_width` says what each array is.

import numpy as np

from floorwalker.core.demand.compiled import compiled
from floorwalker.core.demand.settings import NORMAL, Floats

PACES = np.array([8.0, 16.0, 32.0, 1000.0])
"""Days after which an error counts half, from widths that follow a restless month to widths that stay."""
STEADY_DAYS = 10.0
"""A belief worth so many days: that the width is what all days together say."""
LEAST_DAYS = 12
FARTHEST = 3.0
"""Deviations beyond which an error says no more about the width."""


def moving_width(z: Floats, steps: int) -> tuple[Floats, float]:
    """The variance of each standardised error as it could be told `steps` days before (days,), and that of the next.

    Widths of several paces are followed, and share the answer by how well they told the errors so far. Few days: one.
    """
    days = len(z)
    if days < LEAST_DAYS:
        return np.ones(days), 1.0
    told = np.empty(days + 1)
    room = np.empty((days + 1, len(PACES))), np.empty((days + 1, len(PACES)))
    _follow(np.minimum(np.abs(z), FARTHEST) ** 2, 0.5 ** (1 / PACES), STEADY_DAYS, *room, told)
    return told[np.maximum(np.arange(days) + 1 - steps, 0)], float(told[-1])


@compiled(cache=True)
def _follow(squares, keeps, steady, width, chance, told):
    """`width` (days + 1, paces): before each day; `chance`: logarithm of that of the days so far; `told`: all together."""
    days = squares.size
    for k in range(keeps.size):
        total, weight = steady, steady
        chance[0, k] = 0.0
        for t in range(days):
            width[t, k] = total / weight
            chance[t + 1, k] = chance[t, k] - 0.5 * (np.log(width[t, k]) + squares[t] / width[t, k])
            total = steady + (total - steady) * keeps[k] + squares[t]
            weight = steady + (weight - steady) * keeps[k] + 1
        width[days, k] = total / weight
    for t in range(days + 1):
        best, total, weight = chance[t, 0], 0.0, 0.0
        for k in range(keeps.size):
            best = max(best, chance[t, k])
        for k in range(keeps.size):
            share = np.exp(chance[t, k] - best)
            total += share * width[t, k]
            weight += share
        told[t] = total / weight


def too_narrow(z: Floats, worth: float, prior: float = 12.0, shares: Floats | None = None, by_size: float = 0.5) -> float:
    """By how much standardised errors are too wide for a standard normal: from where 80 % of them lie, and as far as `by_size`
    from their size. `worth`: so many errors they count as, beside `prior` that are as they should be. `shares`: how much each
    counts.
    """
    if not len(z):
        return 1.0
    size = np.abs(z)
    found = (_holding(size, shares) / NORMAL[5]) ** 2
    if by_size:
        found = (1 - by_size) * found + by_size * float(np.average(np.minimum(size, FARTHEST) ** 2, weights=shares))
    return float(np.sqrt(np.clip((worth * found + prior) / (worth + prior), 0.3, 3.0)))


def _holding(size: Floats, shares: Floats | None) -> float:
    """The size below which 80 % lie."""
    if shares is not None:
        order = np.argsort(size)
        return float(np.interp(0.8, np.cumsum(shares[order]) - shares[order] / 2, size[order]))
    at = min(max(0.8 * len(size) - 0.5, 0.0), len(size) - 1.0)
    low, high = int(at), min(int(at) + 1, len(size) - 1)
    ranked = np.partition(size, (low, high))
    return float(ranked[low] + (at - low) * (ranked[high] - ranked[low]))
