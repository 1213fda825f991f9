"""What a day's distribution says, read in one pass: means and quantiles by interval and of the total.

Compiled: a forecast reads every day of every queue, and a pass over few numbers costs less than the calls that it is made of.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of the kernels from their arguments; `read_day` says what each array is.

import numpy as np

from floorwalker.core.demand.compiled import compiled
from floorwalker.core.demand.settings import NORMAL, QUANTILES, SHIFT, Floats

SMALL = 12.0
"""Expected counts below this are taken as whole numbers."""
LEVELS = np.array(QUANTILES)


def read_day(mean: Floats, profiles: Floats, scores: Floats, noise: Floats) -> tuple[Floats, Floats]:
    """Of a day's cells on the square-root scale (see `Curve`): the deviation of each cell (cells,), and a table (cells + 1, 8)
    of the expected count and its quantiles, the total in the last row.
    """
    k, cells = profiles.shape
    spread, table = np.empty(cells), np.empty((cells + 1, 1 + len(LEVELS)))
    room = np.empty((k, cells)), np.empty((k, k)), np.empty(3)
    arrays = (np.ascontiguousarray(each) for each in (mean, profiles, scores, noise))
    _read(*arrays, *room, spread, table, NORMAL, LEVELS)
    return spread, table


@compiled(cache=True)
def _read(mean, profiles, scores, noise, swept, inner, cumulants, spread, table, normal, levels):
    """`swept`, `inner`, `cumulants`: room to work in."""
    _sweep(profiles, scores, noise, swept, spread)
    _cumulants(mean, profiles, noise, swept, inner, cumulants)
    expected, whole = 0.0, 0.0
    for c in range(mean.size):
        square = spread[c] * spread[c]
        middle = max(max(mean[c], 0.0) ** 2 + square - SHIFT, 0.0)
        variance = 4 * mean[c] ** 2 * square + 2 * square * square
        table[c, 0] = middle
        expected += middle
        whole += max(middle - variance, 0.0)
        if middle < SMALL:
            _few(middle, variance, levels, table[c, 1:])
        else:
            for q in range(normal.size):
                table[c, 1 + q] = max(max(mean[c] + spread[c] * normal[q], 0.0) ** 2 - SHIFT, 0.0)
    table[mean.size, 0] = expected
    _total(expected, cumulants, whole, normal, levels, table[mean.size, 1:])


@compiled
def _sweep(profiles, scores, noise, swept, spread):
    """Scores times profiles; most scores do not move together. And the deviation of each cell."""
    k, cells = profiles.shape
    for i in range(k):
        for c in range(cells):
            swept[i, c] = 0.0
        for j in range(k):
            if scores[i, j] != 0:
                for c in range(cells):
                    swept[i, c] += scores[i, j] * profiles[j, c]
    for c in range(cells):
        spread[c] = 0.0
    for i in range(k):
        for c in range(cells):
            spread[c] += swept[i, c] * profiles[i, c]
    for c in range(cells):
        spread[c] = np.sqrt(max(spread[c], 0.0) + noise[c])


@compiled
def _cumulants(mean, profiles, noise, swept, inner, found):
    """Of the sum of squares, S being covariance and m mean: tr S + m'm, 2 tr S^2 + 4 m'S m, 8 tr S^3 + 24 m'S^2 m.

    S is profiles' scores profiles and noise beside it, so that the traces are those of `inner` = scores profiles profiles'.
    """
    k, cells = profiles.shape
    first, squares, cubes = 0.0, 0.0, 0.0
    for c in range(cells):
        first += mean[c] ** 2 + noise[c] - SHIFT
        squares += noise[c] ** 2
        cubes += noise[c] ** 3
    for i in range(k):
        for j in range(k):
            inner[i, j] = _dot(swept[i], profiles[j])
    for i in range(k):
        first += inner[i, i]
        squares += 2 * _dot_of_three(swept[i], noise, profiles[i])
        for j in range(k):
            squares += inner[i, j] * inner[j, i]
            own = _dot_of_three(swept[j], noise, profiles[i])
            cubes += _dot(inner[i], inner[:, j]) * inner[j, i] + 3 * inner[i, j] * own
    line, bend = _pulls(mean, profiles, noise, swept, inner[0])
    found[0], found[1], found[2] = first, 2 * squares + 4 * line, 8 * cubes + 24 * bend


@compiled
def _pulls(mean, profiles, noise, swept, room):
    """m'S m and m'S^2 m."""
    line, bend = 0.0, 0.0
    for i in range(len(room)):
        room[i] = _dot(swept[i], mean)
    for c in range(mean.size):
        product = noise[c] * mean[c]
        for i in range(len(room)):
            product += profiles[i, c] * room[i]
        line += product * mean[c]
        bend += product * product
    return line, bend


@compiled
def _dot(a, b):
    total = 0.0
    for c in range(a.size):
        total += a[c] * b[c]
    return total


@compiled
def _dot_of_three(a, b, c):
    total = 0.0
    for i in range(a.size):
        total += a[i] * b[i] * c[i]
    return total


@compiled
def _total(expected, cumulants, whole, normal, levels, row):
    """Quantiles of a sum of squared normals by its first three cumulants; of whole numbers where few are expected."""
    if expected < SMALL:
        _few(expected, cumulants[1], levels, row)
        return
    deviation = np.sqrt(cumulants[1] + whole)
    skew = min(cumulants[2] / deviation**3, 1.0)
    for q in range(normal.size):
        z = normal[q]
        at = z + (z**2 - 1) * skew / 6 - (2 * z**3 - 5 * z) * skew**2 / 36
        row[q] = max(max(cumulants[0], 0.5 * expected) + deviation * at, 0.0)


@compiled
def _few(mean, variance, levels, row):
    """The smallest count that is not exceeded with at least each chance: negative binomial, Poisson where it varies no more."""
    mean = max(mean, 1e-9)
    variance = max(variance, mean)
    size = mean**2 / max(variance - mean, 1e-3 * mean)
    part = mean / (size + mean)
    chance = np.exp(-size * np.log1p(mean / size))
    below, count = chance, 0
    most = np.ceil(mean + 6 * np.sqrt(variance)) + 4
    for q in range(levels.size):
        while below < levels[q] and count < most:
            count += 1
            chance *= (count - 1 + size) / count * part
            below += chance
        row[q] = count
