"""Who came back: the next contact of the same customer, found in one pass over contacts in order of time, without a sort.

The pass runs backwards and remembers, for each customer, the earliest contact seen so far. What lies further ahead than
`horizon` is forgotten, so memory grows with the customers of some days, not of all years.
"""

from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
NONE = np.iinfo(np.int64).min
"""In place of an instant: no such contact."""

_FIRST_SLOTS = 1 << 12
_LANES = 2


class Follower:
    """Finds next contacts in blocks of contacts that are handed over from the latest block to the earliest.

    Instants are in any unit, `horizon` in the same. Two contacts of one customer further apart than `horizon` may or may not be
    found to follow one another.
    """

    def __init__(self, horizon: int) -> None:
        self._lanes = [_Lane(horizon, number) for number in range(_LANES)]

    def next_starts(self, starts: Integers, customers: Integers, counted: npt.NDArray[np.bool_]) -> Integers:
        """For each contact of a block the start of its customer's next counted contact, or NONE.

        `starts` ascend within the block and do not exceed those of blocks handed over before.
        """
        result = np.full(len(starts), NONE, np.int64)
        with ThreadPoolExecutor(_LANES) as pool:
            list(pool.map(lambda lane: lane.run(starts, customers, counted, result), self._lanes))
        return result


class _Lane:
    """The customers of one thread: those seen within the last one or two horizons, in two tables."""

    def __init__(self, horizon: int, number: int) -> None:
        self._horizon, self._number = horizon, number
        self._near, self._far = _slots(_FIRST_SLOTS), _slots(_FIRST_SLOTS)
        self._used = 0
        self._since = NONE

    def run(self, starts: Integers, customers: Integers, counted: npt.NDArray[np.bool_], result: Integers) -> None:
        """Fill the lane's rows of `result`."""
        at = len(starts)
        while at:
            if self._since == NONE or self._since - starts[at - 1] > self._horizon:
                self._turn(int(starts[at - 1]))
            if 2 * self._used > len(self._near):
                self._near = _grown(self._near)
            oldest = self._since - self._horizon
            rows = (starts, customers, counted, result, at)
            at, self._used = _pass(*rows, self._near, self._far, self._used, oldest, self._number, _LANES)

    def _turn(self, since: int) -> None:
        """What was near is far from here on, and what was far is forgotten."""
        spare = self._far if len(self._far) == len(self._near) else np.empty_like(self._near)
        spare.fill(NONE)
        self._near, self._far = spare, self._near
        self._used, self._since = 0, since


def _slots(number: int) -> Integers:
    """An empty open-addressing table: rows of customer and instant; NONE marks a free row."""
    return np.full((number, 2), NONE, np.int64)


def _grown(slots: Integers) -> Integers:
    wider = _slots(4 * len(slots))
    _rehash(slots, wider)
    return wider


@numba.njit(cache=True, nogil=True)
def _slot(slots: Integers, customer: int) -> int:
    """Where the customer is, or the free row where it belongs."""
    mask = len(slots) - 1
    hashed = np.uint64(customer) * np.uint64(0x9E3779B97F4A7C15)
    at = np.int64(hashed >> np.uint64(20)) & mask
    while slots[at, 1] != NONE and slots[at, 0] != customer:
        at = (at + 1) & mask
    return int(at)


@numba.njit(cache=True, nogil=True)
def _rehash(slots: Integers, wider: Integers) -> None:
    for row in range(len(slots)):
        if slots[row, 1] != NONE:
            at = _slot(wider, slots[row, 0])
            wider[at, 0] = slots[row, 0]
            wider[at, 1] = slots[row, 1]


@numba.njit(cache=True, nogil=True)
def _pass(
    starts: Integers,
    customers: Integers,
    counted: npt.NDArray[np.bool_],
    result: Integers,
    end: int,
    near: Integers,
    far: Integers,
    used: int,
    oldest: int,
    lane: int,
    lanes: int,
) -> tuple[int, int]:
    """Go back from `end` until the near table is half full or contacts are older than `oldest`; where, and rows used."""
    for at in range(end - 1, -1, -1):
        if starts[at] < oldest or 2 * used > len(near):
            return at + 1, used
        if customers[at] % lanes != lane:
            continue
        row = _slot(near, customers[at])
        if near[row, 1] != NONE:
            result[at] = near[row, 1]
        else:
            result[at] = far[_slot(far, customers[at]), 1]
        if counted[at]:
            if near[row, 1] == NONE:
                used += 1
            near[row, 0] = customers[at]
            near[row, 1] = starts[at]
    return 0, used
