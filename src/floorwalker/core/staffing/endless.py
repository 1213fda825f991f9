"""When nobody leaves and many loads ask for one target: every answer is a place between two edges, and the edges are shared.

Edges are solved for all loads together (`edges`), and a table of them says at a glance where a load lies (`glance`). Whatever
is nearer to an edge than the edge is known walks up the exact recursion as a single case does, so that the answers are those
of `erlang.least_endless`, case by case.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of the kernels from their arguments; `agents` says what each array is.

import numpy as np
from numpy.typing import NDArray

from floorwalker.core.staffing import glance
from floorwalker.core.staffing.compiled import compiled
from floorwalker.core.staffing.edges import MOST_NODES, edges_at, how_many, nodes_between
from floorwalker.core.staffing.erlang import least_endless

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

LEAST_ROWS = 500
"""Below so many loads the edges cost more than they save."""
MOST_ERLANGS = 20_000.0
LARGEST = int(np.finfo(float).max.view(np.int64))


def agents(contacts: Floats, interval: Floats, aht: Floats, threshold: Floats, target: float, most: float) -> Whole | None:
    """Fewest agents when nobody leaves, 0 where nothing comes. Each array has one entry or one for each case.

    None where the edges would not pay: few cases, a wide spread of thresholds or loads, or a value that cannot be (`most`:
    erlangs); whoever asked then goes the long way, which names it.
    """
    given = contacts, interval, aht, threshold
    rows = max(x.size for x in given)
    if rows < LEAST_ROWS or any(x.size not in (1, rows) for x in given):
        return None
    (few, many), (shortest, _), (quick, slow), (soonest, _) = (_span(x) for x in given)
    if not few >= 0 or not min(shortest, quick, soonest) > 0:
        return None
    work, times, per_load, per_node = contacts, aht, 1 / float(interval[0]), 1 / float(threshold[0])
    if interval.size > 1 or threshold.size > 1:
        work, times, per_load, per_node = contacts / interval * threshold, aht / threshold, 1.0, 1.0
        few, many, quick, slow = work.min(), work.max(), times.min(), times.max()
    least, busiest = float(few * quick * per_load), float(many * slow * per_load)
    if not 0 < busiest <= min(most, MOST_ERLANGS):
        return None
    nodes = nodes_between(quick * per_node, slow * per_node)
    if nodes.size > MOST_NODES or nodes.size * how_many(least, busiest) > rows // 10:
        return None
    found = np.empty(rows, np.int64)
    if glance.place(_each(work, rows), _each(times, rows), per_load, per_node, edges_at(least, busiest, nodes, target), found):
        left = np.flatnonzero(found < 0)
        contacts, interval, aht, threshold = (x[left] if x.size > 1 else x for x in given)
        alone = np.empty(left.size, np.int64)
        _exactly(contacts / interval * aht, np.broadcast_to(threshold / aht, left.size).copy(), target, alone)
        found[left] = alone
    return found


def _each(values: Floats, rows: int) -> Floats:
    return values if values.size == rows else np.full(rows, values[0])


def _span(values: Floats) -> tuple[float, float]:
    """Least and most; -1 where a value is negative or not finite. Numbers from 0 on are in the order of their bits."""
    span = np.empty(2)
    right = _span_of_bits(values.view(np.int64), span.view(np.int64))
    return (span.item(0), span.item(1)) if right else (-1.0, -1.0)


@compiled(cache=True)
def _span_of_bits(bits, span):
    low = high = bits[0]
    for i in range(bits.size):
        low, high = min(low, bits[i]), max(high, bits[i])
    span[0], span[1] = low, high
    return (low >= 0) & (high <= LARGEST)


@compiled(cache=True)
def _exactly(loads, patient, target, found):
    for i in range(loads.size):
        found[i] = least_endless(loads[i], target, patient[i]) if loads[i] > 0 else 0
