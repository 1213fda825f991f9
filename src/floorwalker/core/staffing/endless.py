"""When nobody leaves and many loads ask for one target: every answer is a place between two edges, and the edges are shared.

The edge of n agents is the largest load that they serve. It is smooth in n and in the threshold (in handle times), so it is
solved at a few nodes only and interpolated between them. How wrong that may be is seen from the nodes themselves: each is
told from its neighbours twice as far away, which is about sixteen times as wrong. A load nearer than that to an edge walks up
the exact recursion as a single case does, so that the answers are those of `erlang.least_endless`, case by case.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of the kernels from their arguments; `agents` says what each array is.

import math

import numpy as np
from numpy.typing import NDArray

from floorwalker.core.staffing.compiled import compiled
from floorwalker.core.staffing.cores import parts_of, side_by_side
from floorwalker.core.staffing.erlang import inverse_blocking, least_endless

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

LEAST_ROWS = 3000
"""Below so many loads the edges cost more than they save."""
SURE = 1e-9
"""Loads nearer than this share of them to an edge are answered exactly in any case."""
FINE = 0.2
"""Nodes of the handle time stand so far apart, as a share of the shortest one."""
MOST_NODES = 120
EACH_UP_TO = 24
APART = 1.12
"""Edges are solved for each number of agents up to `EACH_UP_TO`, then for numbers that grow by this factor."""
MOST_ERLANGS = 20_000.0


def agents(contacts: Floats, interval: Floats, aht: Floats, threshold: Floats, target: float, most: float) -> Whole | None:
    """Fewest agents when nobody leaves, 0 where nothing comes. Each array has one entry or one for each case.

    None where the edges would not pay: few cases, a wide spread of thresholds or loads, or a value that cannot be (`most`:
    erlangs); whoever asked then goes the long way, which names it.
    """
    rows = max(x.size for x in (contacts, interval, aht, threshold))
    if rows < LEAST_ROWS or any(x.size not in (1, rows) for x in (contacts, interval, aht, threshold)):
        return None
    parts = parts_of(rows, rows // LEAST_ROWS)
    loads, found = np.empty(rows), np.empty(rows, np.int64)
    seen = np.array(side_by_side(lambda part: _look(contacts, interval, aht, threshold, loads, *part), parts))
    right, busiest, shortest, longest = seen[:, 0].min(), seen[:, 1].max(), seen[:, 2].min(), seen[:, 3].max()
    if not right or not 0 < busiest <= min(most, MOST_ERLANGS) or not 0 < shortest <= longest < np.inf:
        return None
    nodes, numbers = _nodes(shortest, longest), _numbers(busiest, target, 1 / longest)
    if nodes.size > MOST_NODES or nodes.size * numbers.size > rows // 10:
        return None
    solved = np.empty((numbers.size, nodes.size))
    side_by_side(lambda part: _solve(numbers, nodes, target, solved, *part), parts_of(nodes.size, nodes.size))
    shared = _shared(numbers, solved)
    place = _place if nodes.size > 1 else _place_at_one
    side_by_side(lambda part: place(loads, aht, threshold, target, nodes, *shared, found, *part), parts)
    return found


def _nodes(shortest: float, longest: float) -> Floats:
    """Handle times over thresholds, evenly spaced; one alone where all are the same."""
    if longest <= shortest * (1 + 1e-12):
        return np.array([shortest])
    count = 2 * max(math.ceil((longest - shortest) / (2 * FINE * shortest)), 3) + 1
    return np.linspace(shortest, longest, min(count, MOST_NODES + 1))


def _numbers(busiest: float, target: float, patient: float) -> Whole:
    """Numbers of agents, up to what the busiest load takes at the shortest threshold."""
    top = least_endless(busiest, target, patient) + 1
    numbers = [float(n) for n in range(min(top, EACH_UP_TO) + 1)]
    while numbers[-1] < top:
        numbers.append(math.ceil(numbers[-1] * APART))
    return np.array([*numbers, math.ceil(numbers[-1] * APART + 1)], np.int64)


@compiled(cache=True)
def _look(contacts, interval, aht, threshold, loads, first, last):
    """Fill `loads`; whether all values can be, the busiest load, the least and the most handle times in a threshold."""
    dc, di, da, dt = contacts.size > 1, interval.size > 1, aht.size > 1, threshold.size > 1
    wrong, length, limit, each = 0, interval[0], threshold[0], aht[0]
    for i in range(first, last):
        c = contacts[i * dc]
        if di:
            length = interval[i]
        if da:
            each = aht[i]
        load = c / length * each
        loads[i] = load
        wrong |= not ((c >= 0) & (length > 0) & (each > 0) & (load < np.inf) & (each < np.inf) & (length < np.inf))
    if wrong:
        return 0.0, 0.0, 0.0, 0.0
    shortest, longest = np.inf, 0.0
    if dt:
        for i in range(first, last):
            times = aht[i * da] / threshold[i]
            wrong |= not ((times > 0) & (times < np.inf))
            shortest, longest = min(shortest, times), max(longest, times)
    else:
        shortest, longest = _span(aht, first * da, last if da else 1)
        shortest, longest = shortest / limit, longest / limit
        wrong = not limit > 0
    return 1.0 - wrong, _span(loads, first, last)[1], shortest, longest


@compiled(fastmath={"nnan", "nsz", "reassoc"})
def _span(values, first, last):
    """Least and most of some numbers, all of which are numbers."""
    least, most = values[first], values[first]
    for i in range(first, last):
        least, most = min(least, values[i]), max(most, values[i])
    return least, most


@compiled(cache=True)
def _solve(numbers, nodes, target, solved, first, last):
    """Edges at the nodes: solved[k, j] is the largest load of numbers[k] agents."""
    for j in range(first, last):
        for k in range(numbers.size):
            n = numbers[k]
            guess = n - 0.5 * math.sqrt(n)
            if j > first + 1:
                guess = 2 * solved[k, j - 1] - solved[k, j - 2]
            elif j > first:
                guess = solved[k, j - 1]
            elif k > 1 and n > 1:
                before = solved[k - 1, j]
                guess = n - (numbers[k - 1] - before) * math.sqrt(n / numbers[k - 1])
            solved[k, j] = _edge(n, 1 / nodes[j], target, guess) if n else 0.0


@compiled()
def _edge(n, patient, target, guess):
    """Load at which n agents just reach the target, by Newton on the logarithm of the share that comes too late."""
    low, high, goal = 0.0, float(n), math.log(1 - target)
    a = min(max(guess, 0.01 * n), 0.999 * n)
    for _ in range(60):
        inverse = inverse_blocking(a, n)
        if inverse == np.inf:
            low, a = a, (a + high) / 2
            continue
        below = 1 + (1 - a / n) * (inverse - 1)
        gap = -(n - a) * patient - math.log(below) - goal
        slope = patient + ((inverse - 1) / n + (1 - a / n) * (inverse * (n / a - 1) + 1)) / below
        low, high = (a, high) if gap < 0 else (low, a)
        step = a - gap / slope
        if not low < step < high:
            step = (low + high) / 2
        if abs(step - a) < 1e-6 * n:
            return step
        a = step
    return a


def _shared(numbers: Whole, solved: Floats) -> tuple[Floats, Floats, Floats]:
    """What all loads share: edges of every number of agents (agents, nodes), row 0 being nobody; how wrong each row may be;
    and at each node the coefficients of a first guess.
    """
    top, nodes = int(numbers[-1]), solved.shape[1]
    edges, wrong = np.empty((top + 1, nodes)), np.empty(top + 1)
    roots = np.sqrt(numbers.astype(float))
    doubts = np.empty(numbers.size)
    _doubt(numbers, roots, solved, doubts)
    _between(numbers, roots, solved, doubts, edges, wrong)
    root, spare = np.sqrt(solved[1:]), numbers[1:, None] - solved[1:]
    powers = np.stack([np.ones_like(root), root, root**2], axis=-1).transpose(1, 0, 2)
    weighted = powers.transpose(0, 2, 1) / np.maximum(root.T[:, None, :], 1)
    lean = np.linalg.solve(weighted @ powers + 1e-12 * np.eye(3), weighted @ spare.T[:, :, None])[:, :, 0]
    return edges, wrong, lean


@compiled(cache=True)
def _doubt(numbers, roots, solved, doubts):
    """The most that a row's nodes differ from what their neighbours at twice the distance say, in either direction."""
    rows, nodes = solved.shape
    for k in range(rows):
        most = 0.0
        for j in range(1, nodes - 1, 2):
            first = min(max(j - 3, 0), nodes - 7)
            told, x = 0.0, (j - first) / 2
            for m in range(4):
                told += _weight(x, m) * solved[k, first + 2 * m]
            most = max(most, abs(told - solved[k, j]))
        if numbers[k] > EACH_UP_TO - 6 and rows > 7:
            first = min(max(k - 3, 0), rows - 7)
            first -= (k - first + 1) % 2
            for j in range(nodes):
                told = 0.0
                for m in range(4):
                    weight = 1.0
                    for o in range(4):
                        if o != m:
                            weight *= (roots[k] - roots[first + 2 * o]) / (roots[first + 2 * m] - roots[first + 2 * o])
                    told += weight * solved[first + 2 * m, j]
                most = max(most, abs(told - solved[k, j]))
        doubts[k] = most + SURE * numbers[k]


@compiled()
def _weight(x, m):
    """Lagrange's weight of the m-th of four points at 0, 1, 2, 3."""
    weight = 1.0
    for o in range(4):
        if o != m:
            weight *= (x - o) / (m - o)
    return weight


@compiled(cache=True)
def _between(numbers, roots, solved, doubts, edges, wrong):
    at = 0
    for n in range(edges.shape[0]):
        while at < numbers.size - 1 and numbers[at] < n:
            at += 1
        wrong[n] = max(doubts[at], doubts[max(at - 1, 0)])
        if numbers[at] == n:
            for j in range(edges.shape[1]):
                edges[n, j] = solved[at, j]
            continue
        first, root = min(max(at - 2, 0), numbers.size - 4), math.sqrt(n)
        for j in range(edges.shape[1]):
            edges[n, j] = 0.0
        for k in range(first, first + 4):
            weight = 1.0
            for m in range(first, first + 4):
                if m != k:
                    weight *= (root - roots[m]) / (roots[k] - roots[m])
            for j in range(edges.shape[1]):
                edges[n, j] += weight * solved[k, j]


@compiled(cache=True)
def _place(loads, aht, threshold, target, nodes, edges, wrong, lean, found, first, last):
    """Between which edges each load lies."""
    da, dt, count, top, start = aht.size > 1, threshold.size > 1, nodes.size, edges.shape[0] - 1, nodes[0]
    fine = (count - 1) / (nodes[count - 1] - start)
    for i in range(first, last):
        a = loads[i]
        if a == 0:
            found[i] = 0
            continue
        x = (aht[i * da] / threshold[i * dt] - start) * fine
        j = min(max(int(x) - 1, 0), count - 4)
        x -= j
        y, z, v = x - 1, x - 2, x - 3
        zv, xy = z * v, x * y
        w0, w1, w2, w3 = y * zv * (-1 / 6), x * zv * 0.5, xy * v * -0.5, xy * z * (1 / 6)
        r = math.sqrt(a)
        spare = lean[j + 1, 0] + r * (lean[j + 1, 1] + r * lean[j + 1, 2])
        further = lean[j + 2, 0] + r * (lean[j + 2, 1] + r * lean[j + 2, 2])
        n = min(max(int(a + spare + y * (further - spare)) + 1, 1), top)
        low = w0 * edges[n - 1, j] + w1 * edges[n - 1, j + 1] + w2 * edges[n - 1, j + 2] + w3 * edges[n - 1, j + 3]
        high = w0 * edges[n, j] + w1 * edges[n, j + 1] + w2 * edges[n, j + 2] + w3 * edges[n, j + 3]
        while a > high and n < top:
            n += 1
            low = high
            high = w0 * edges[n, j] + w1 * edges[n, j + 1] + w2 * edges[n, j + 2] + w3 * edges[n, j + 3]
        while a <= low and n > 1:
            n -= 1
            high = low
            low = w0 * edges[n - 1, j] + w1 * edges[n - 1, j + 1] + w2 * edges[n - 1, j + 2] + w3 * edges[n - 1, j + 3]
        if min(a - low, high - a) < wrong[n]:
            n = least_endless(a, target, threshold[i * dt] / aht[i * da])
        found[i] = n


@compiled(cache=True)
def _place_at_one(loads, aht, threshold, target, nodes, edges, wrong, lean, found, first, last):
    """The same where one handle time and threshold hold for all: edges stand in one column."""
    top, patient, n, low, high, least = edges.shape[0] - 1, 1 / nodes[0], 1, 0.0, edges[1, 0], wrong[1]
    for i in range(first, last):
        a = loads[i]
        if not low < a <= high:
            if a == 0:
                found[i] = 0
                continue
            r = math.sqrt(a)
            n = min(max(int(a + lean[0, 0] + r * (lean[0, 1] + r * lean[0, 2])) + 1, 1), top)
            while a > edges[n, 0] and n < top:
                n += 1
            while a <= edges[n - 1, 0] and n > 1:
                n -= 1
            low, high, least = edges[n - 1, 0], edges[n, 0], wrong[n]
        found[i] = n
        if min(a - low, high - a) < least:
            found[i] = least_endless(a, target, patient)
