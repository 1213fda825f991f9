"""Between which edges does each of many loads lie? A table says it of most at a glance, and of which it cannot.

Where one handle time and threshold hold for all, loads are cut into stretches so short that at most one edge lies in each. Else
the real number of agents of which a load is the edge is tabled by the root of the load and the handle time over the threshold,
and taken as linear in between; how wrong that is, is seen at the edges. A load whose number is nearer than this to a whole one
is compared with the edges themselves.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of the kernels from their arguments.

import math

import numpy as np
from numpy.typing import NDArray

from floorwalker.core.staffing.compiled import compiled
from floorwalker.core.staffing.cores import parts_of, side_by_side
from floorwalker.core.staffing.edges import Edges, weights_of

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

ROWS_A_CORE = 200_000
"""To wake another core takes as long as some ten thousand loads."""
STEP = 0.25
"""The roots of loads are tabled so far apart."""
FINER = 4
"""Handle times are tabled so many times as densely as nodes."""
SAFE = 1.5
"""A table is taken to be so many times as wrong as was seen, and never less than `LEAST`."""
LEAST = 1e-4
BLOCK = 1024


def place(work: Floats, times: Floats, per_load: float, per_node: float, edges: Edges, found: Whole) -> bool:
    """Fill `found` with the agents of each load, work * times * per_load; whether any is left open (negative), nearer to an
    edge than the edge is known. times * per_node is where a load lies among the nodes.
    """
    parts = parts_of(work.size, work.size // ROWS_A_CORE) if work.size >= 2 * ROWS_A_CORE else [(0, work.size)]
    edge = edges.first, edges.at, edges.wrong
    if edges.nodes.size == 1:
        cut = float(times[0]) * per_load, *_stretches(edges, work.size)
        return any(side_by_side(lambda part: _at_one(work[slice(*part)], *cut, *edge, found[slice(*part)]), parts))
    table = per_load, per_node, *_table(edges), edges.nodes

    def some(part: tuple[int, int]) -> int:
        lent = np.empty((2, BLOCK)), np.empty((2, BLOCK), np.int64)
        mine = slice(*part)
        return int(_at_many(work[mine], times[mine], *table, *edge, found[mine], *lent))

    return any(side_by_side(some, parts))


def _stretches(edges: Edges, rows: int) -> tuple[float, float, float, Floats, Whole]:
    """Where stretches begin and how many there are in an erlang, how near is too near (as a share), and of each stretch: its
    edge, and the agents below it.
    """
    count = min(4 * edges.wrong.size + 8, rows // 16)
    per_erlang = count / max(edges.most - edges.least, 1e-6 * edges.most)
    edge, agents = np.empty(count), np.empty(count, np.int64)
    near = _cut(edges.at, edges.first, edges.wrong, edges.least, 1 / per_erlang, edge, agents)
    return edges.least, per_erlang, near, edge, agents


@compiled(cache=True)
def _cut(at, first, wrong, least, length, edge, agents):
    k, near, rows = 0, 0.0, wrong.size
    for n in range(rows):
        if at[n, 0] > 0:
            near = max(near, wrong[n] / at[n, 0])
    for b in range(edge.size):
        low, high = least + (b - 1e-6) * length, least + (b + 1 + 1e-6) * length
        while k < rows and at[k, 0] < low:
            k += 1
        agents[b] = first + k
        edge[b] = at[k, 0] if k < rows and (k + 1 == rows or at[k + 1, 0] > high) else np.nan
    return near


@compiled(cache=True)
def _at_one(work, scale, least, per_erlang, near, edge, agents, first, edges, wrong, found):
    last, unsure = edge.size - 1.0, 0
    for i in range(work.size):
        b = (work[i] * scale - least) * per_erlang
        b = b if b > 0 else 0.0
        found[i] = np.int64(b if b < last else last)
    for i in range(work.size):
        a, b = work[i] * scale, np.uint64(found[i])
        between = edge[b]
        sure = abs(a - between) >= near * a
        found[i] = agents[b] + np.int64(a > between) if sure else -1
        unsure += not sure
    return _compared_at_one(work, scale, first, edges, wrong, found) if unsure else 0


@compiled()
def _compared_at_one(work, scale, first, edges, wrong, found):
    """Loads of which the table was unsure, with the edges between which they lie; how many are left."""
    top, left = wrong.size - 1, 0
    for i in range(work.size):
        if found[i] >= 0:
            continue
        a, low, high = work[i] * scale, 0, top
        while high - low > 1:
            k = (low + high) // 2
            low, high = (low, k) if a <= edges[k, 0] else (k, high)
        if a == 0:
            found[i] = 0
        elif min(a - edges[low, 0], edges[high, 0] - a) >= wrong[high]:
            found[i] = first + high
        else:
            left += 1
    return left


def _table(edges: Edges) -> tuple[float, Floats, Floats]:
    """The root at which the table begins, agents beyond the load (by root, then by handle time), and how wrong that is in each
    step of the root.
    """
    begin = math.sqrt(edges.least)
    count = max(math.ceil((math.sqrt(edges.most) - begin) / STEP), 1) + 1
    spare, doubt = np.empty((count, FINER * (edges.nodes.size - 1) + 1)), np.empty(count - 1)
    _fill(edges.at, edges.first, begin, spare)
    _how_wrong(edges.at, edges.first, begin, spare, doubt)
    return begin, spare.reshape(-1), doubt


@compiled(cache=True)
def _fill(at, first, begin, spare):
    """At the nodes linear between one edge and the next, in between from the four nodes around."""
    top, nodes = at.shape[0] - 1, at.shape[1]
    for j in range(nodes):
        k = 1
        for i in range(spare.shape[0]):
            a = (begin + STEP * i) ** 2
            while k < top and at[k, j] < a:
                k += 1
            spare[i, FINER * j] = first + k - 1 + (a - at[k - 1, j]) / (at[k, j] - at[k - 1, j]) - a
    for column in range(spare.shape[1]):
        start = min(max(column // FINER - 1, 0), nodes - 4)
        w0, w1, w2, w3 = weights_of(column / FINER - start)
        for i in range(spare.shape[0] if column % FINER else 0):
            near = spare[i, FINER * start : FINER * (start + 3) + 1 : FINER]
            spare[i, column] = w0 * near[0] + w1 * near[1] + w2 * near[2] + w3 * near[3]


@compiled(cache=True)
def _how_wrong(at, first, begin, spare, doubt):
    """Seen at edges halfway between the columns of the table; a step shares the doubt of the nearest that were seen."""
    steps, nodes = doubt.size, at.shape[1]
    for i in range(steps):
        doubt[i] = -1.0
    for column in range(spare.shape[1] - 1):
        start, row = min(max(column // FINER - 1, 0), nodes - 4), 1
        w0, w1, w2, w3 = weights_of((column + 0.5) / FINER - start)
        while row < at.shape[0]:
            edge = w0 * at[row, start] + w1 * at[row, start + 1] + w2 * at[row, start + 2] + w3 * at[row, start + 3]
            p = (math.sqrt(max(edge, 0.0)) - begin) / STEP
            i = int(p)
            if 0 <= p < steps:
                low = (spare[i, column] + spare[i, column + 1]) / 2
                high = (spare[i + 1, column] + spare[i + 1, column + 1]) / 2
                doubt[i] = max(doubt[i], abs(low + (p - i) * (high - low) + edge - first - row))
            row += max((first + row) // 40, 1)
    _spread(doubt)


@compiled()
def _spread(doubt):
    """Each step takes the most of its own, and of the nearest on both sides of which something is known."""
    steps, before, after = doubt.size, 0.5, 0
    for i in range(steps):
        after = max(after, i + 1)
        while after < steps and doubt[after] < 0:
            after += 1
        here, beyond = doubt[i], doubt[after] if after < steps else (before if before < 0.5 else doubt[i])
        doubt[i] = min(SAFE * max(before if i else here, here, beyond) + LEAST, 1.0) if max(here, beyond) >= 0 else 1.0
        before = here if here >= 0 else before


@compiled(cache=True)
def _at_many(work, times, per_load, per_node, begin, spare, doubt, nodes, first, edges, wrong, found, lent, whole):
    """In blocks, each in three steps: those that need no table are done for several loads at once."""
    columns, unsure = FINER * (nodes.size - 1) + 1, 0
    fine = (columns - 1) / (nodes[nodes.size - 1] - nodes[0])
    for start in range(0, work.size, BLOCK):
        stop = min(start + BLOCK, work.size)
        loads, each, out = work[start:stop], times[start:stop], found[start:stop]
        p, q, row, at = lent[0, : stop - start], lent[1, : stop - start], whole[0, : stop - start], whole[1, : stop - start]
        _where(loads, each, per_load, per_node, begin, nodes[0], fine, doubt.size - 1.0, columns, p, q, row, at)
        _look_up(spare, doubt, columns, p, q, row, at)
        unsure += _told(loads, each, per_load, p, q, out)
    return _compared(work, times, per_load, per_node, first, edges, wrong, nodes, found) if unsure else 0


@compiled()
def _where(work, times, per_load, per_node, begin, origin, fine, last_row, columns, p, q, row, at):
    """Row and place in the table, and how far beyond them (p, q)."""
    last_column, per_step = columns - 2.0, 1 / STEP
    for i in range(work.size):
        down = (math.sqrt(work[i] * times[i] * per_load) - begin) * per_step
        along = (times[i] * per_node - origin) * fine
        down, along = down if down > 0 else 0.0, along if along > 0 else 0.0
        row[i], column = (
            np.int64(down if down < last_row else last_row),
            np.int64(along if along < last_column else last_column),
        )
        p[i], q[i], at[i] = down - row[i], along - column, row[i] * columns + column


@compiled()
def _look_up(spare, doubt, columns, p, q, row, at):
    """Put agents beyond the load in the place of q, and their doubt in that of p."""
    for i in range(p.size):
        here, below = np.uint64(at[i]), np.uint64(at[i]) + np.uint64(columns)
        low, high = spare[here], spare[below]
        low += q[i] * (spare[here + np.uint64(1)] - low)
        high += q[i] * (spare[below + np.uint64(1)] - high)
        q[i], p[i] = low + p[i] * (high - low), doubt[np.uint64(row[i])]


@compiled()
def _told(work, times, per_load, near, beyond, found):
    """Agents, or -1 - agents where that is in doubt; how many are."""
    unsure = 0
    for i in range(work.size):
        people = work[i] * times[i] * per_load + beyond[i]
        whole = np.int64(people)
        over = people - whole
        sure = (over > near[i]) & (over < 1 - near[i])
        found[i] = whole + 1 if sure else -1 - whole
        unsure += not sure
    return unsure


@compiled()
def _compared(work, times, per_load, per_node, first, edges, wrong, nodes, found):
    """The same where handle times differ; about how many agents it is was left as -1 - agents."""
    across, top, left = nodes.size, wrong.size - 1, 0
    fine = (across - 1) / (nodes[across - 1] - nodes[0])
    for i in range(work.size):
        if found[i] >= 0:
            continue
        a = work[i] * times[i] * per_load
        if a == 0:
            found[i] = 0
            continue
        x = (times[i] * per_node - nodes[0]) * fine
        j = min(max(int(x) - 1, 0), across - 4)
        w0, w1, w2, w3 = weights_of(x - j)
        k = min(max(-1 - found[i] - first, 1), top)
        high = w0 * edges[k, j] + w1 * edges[k, j + 1] + w2 * edges[k, j + 2] + w3 * edges[k, j + 3]
        low = w0 * edges[k - 1, j] + w1 * edges[k - 1, j + 1] + w2 * edges[k - 1, j + 2] + w3 * edges[k - 1, j + 3]
        while a > high and k < top:
            k += 1
            low = high
            high = w0 * edges[k, j] + w1 * edges[k, j + 1] + w2 * edges[k, j + 2] + w3 * edges[k, j + 3]
        while a <= low and k > 1:
            k -= 1
            high = low
            low = w0 * edges[k - 1, j] + w1 * edges[k - 1, j + 1] + w2 * edges[k - 1, j + 2] + w3 * edges[k - 1, j + 3]
        if min(a - low, high - a) >= wrong[k]:
            found[i] = first + k
        else:
            found[i] = -1
            left += 1
    return left
