"""The largest load that each number of agents serves when nobody leaves: its edge.

Edges are smooth in the number of agents and in the threshold (in handle times), so they are solved at a few nodes only and
interpolated between them. How wrong that may be is seen from the nodes themselves: each is told from its neighbours twice as
far away, which is about sixteen times as wrong.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of the kernels from their arguments; `edges_at` says what each array is.

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.core.staffing.compiled import compiled
from floorwalker.core.staffing.erlang import inverse_blocking, least_endless

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

SURE = 1e-9
"""Loads nearer than this share of them to an edge are answered exactly in any case."""
FINE = 0.3
"""Nodes of the handle time stand so far apart, as a share of the shortest one."""
MOST_NODES = 120
EACH_UP_TO = 24
APART = 1.12
"""Edges are solved for so many numbers of agents one by one, then for numbers that grow by this factor."""


@dataclass(frozen=True)
class Edges:
    """Around all loads from `least` to `most` erlangs; nodes: handle times over the threshold."""

    least: float
    most: float
    first: int
    nodes: Floats
    at: Floats
    """at[k, j]: the largest load that `first + k` agents serve at the j-th node."""
    wrong: Floats
    """How wrong each row may be, in erlangs."""


def edges_at(least: float, most: float, nodes: Floats, target: float) -> Edges:
    """Edges on both sides of all loads from `least` to `most` erlangs."""
    first = max(least_endless(least, target, 1 / nodes[0]) - 1, 0) if least else 0
    numbers = _numbers(first, least_endless(most, target, 1 / nodes[-1]) + 1)
    solved, room = np.empty((numbers.size, nodes.size)), np.empty((2, numbers.size))
    at, wrong = np.empty((int(numbers[-1]) - first + 1, nodes.size)), np.empty(int(numbers[-1]) - first + 1)
    _fill(numbers, nodes, target, solved, room, at, wrong)
    return Edges(least, most, first, nodes, at, wrong)


def nodes_between(shortest: float, longest: float) -> Floats:
    """Handle times over thresholds, evenly spaced; one alone where all are the same."""
    if longest <= shortest * (1 + 1e-12):
        return np.array([shortest])
    count = min(2 * max(math.ceil((longest - shortest) / (2 * FINE * shortest)), 3) + 1, MOST_NODES + 1)
    return np.asarray(shortest + (longest - shortest) / (count - 1) * np.arange(count))


def how_many(least: float, most: float) -> int:
    """About so many numbers of agents are solved for loads between these."""
    return EACH_UP_TO + 2 + max(math.ceil(math.log((most + 30) / (least + 30)) / math.log(APART)), 0)


def _numbers(first: int, top: int) -> Whole:
    """One by one to begin with, then further and further apart, past `top`."""
    numbers = list(range(first, min(top, first + EACH_UP_TO) + 1))
    while numbers[-1] < top:
        numbers.append(math.ceil(numbers[-1] * APART))
    return np.array([*numbers, math.ceil(numbers[-1] * APART + 1)] if len(numbers) > EACH_UP_TO else numbers, np.int64)


@compiled(cache=True)
def _fill(numbers, nodes, target, solved, room, at, wrong):
    """Solve, see how wrong what lies between will be, and put it between; `room` is lent."""
    for k in range(numbers.size):
        room[0, k] = math.sqrt(numbers[k])
    _solve(numbers, nodes, target, solved)
    _doubt(numbers, room[0], solved, room[1])
    _between(numbers, room[0], solved, room[1], at, wrong)


@compiled()
def _solve(numbers, nodes, target, solved):
    """Edges at the nodes: solved[k, j] is the largest load of numbers[k] agents."""
    for j in range(nodes.size):
        for k in range(numbers.size):
            n = numbers[k]
            guess = n - 0.5 * math.sqrt(n)
            if j > 2:
                guess = 3 * (solved[k, j - 1] - solved[k, j - 2]) + solved[k, j - 3]
            elif j > 1:
                guess = 2 * solved[k, j - 1] - solved[k, j - 2]
            elif j > 0:
                guess = solved[k, j - 1]
            elif k > 1 and numbers[k - 1] > 0:
                before = solved[k - 1, j]
                guess = n - (numbers[k - 1] - before) * math.sqrt(n / numbers[k - 1])
            solved[k, j] = edge_of(n, 1 / nodes[j], target, guess) if n else 0.0


@compiled()
def edge_of(n, patient, target, guess):
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


@compiled()
def _doubt(numbers, roots, solved, doubts):
    """The most that a row's nodes differ from what their neighbours at twice the distance say, in either direction."""
    rows, nodes = solved.shape
    for k in range(rows):
        most = 0.0
        for j in range(1, nodes - 1, 2):
            first = min(max(j - 3, 0), nodes - 7)
            w0, w1, w2, w3 = weights_of((j - first) / 2)
            told = w0 * solved[k, first] + w1 * solved[k, first + 2] + w2 * solved[k, first + 4] + w3 * solved[k, first + 6]
            most = max(most, abs(told - solved[k, j]))
        if k > EACH_UP_TO - 6 and rows > EACH_UP_TO + 1:
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
def weights_of(x):
    """Lagrange's weights of four points at 0, 1, 2, 3."""
    y, z, v = x - 1, x - 2, x - 3
    return y * z * v * (-1 / 6), x * z * v * 0.5, x * y * v * -0.5, x * y * z * (1 / 6)


@compiled()
def _between(numbers, roots, solved, doubts, edges, wrong):
    at, least = 0, numbers[0]
    for row in range(edges.shape[0]):
        n = least + row
        while at < numbers.size - 1 and numbers[at] < n:
            at += 1
        wrong[row] = max(doubts[at], doubts[max(at - 1, 0)])
        if numbers[at] == n:
            for j in range(edges.shape[1]):
                edges[row, j] = solved[at, j]
            continue
        first, root = min(max(at - 2, 0), numbers.size - 4), math.sqrt(n)
        for j in range(edges.shape[1]):
            edges[row, j] = 0.0
        for k in range(first, first + 4):
            weight = 1.0
            for m in range(first, first + 4):
                if m != k:
                    weight *= (root - roots[m]) / (roots[k] - roots[m])
            for j in range(edges.shape[1]):
                edges[row, j] += weight * solved[k, j]
