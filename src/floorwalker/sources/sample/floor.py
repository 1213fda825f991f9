"""The floor of one queue on one day: customers wait in line, agents take the next, and the impatient give up."""

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Work:
    """What comes, in order of arrival: epoch seconds, patience and ringing in seconds, and the parts of handle time as an
    average agent would need them."""

    arrival: Ints
    patience: Ints
    ring: Ints
    talk: Floats
    hold: Floats
    acw: Floats


@dataclass(frozen=True)
class Places:
    """Where it can be taken: one row for each agent, or for each of the chats that an agent may hold at once.

    `agent` is the number of the agent, `starts` and `ends` bound the shift in epoch seconds, `pauses` (places x breaks)
    are planned beginnings of breaks, in order, that last `lengths` seconds (0: no break), `pace` (places x 3) multiplies
    talk, hold and acw.
    """

    agent: Ints
    starts: Ints
    ends: Ints
    pauses: Ints
    lengths: Ints
    pace: Floats


@dataclass(frozen=True)
class Served:
    """What became of the work: the place (-1 if nobody), when it was answered or given up, the parts in whole seconds;
    and when each place really began its breaks (NEVER for those not taken)."""

    place: Ints
    at: Ints
    parts: Ints
    paused: Ints


def serve(work: Work, places: Places) -> Served:
    """First come, first served; the agent who has been free for longest takes the next. A break waits for the contact
    before it to end, and whoever is not answered within their patience leaves at its end."""
    place, at, parts, paused = _serve(
        work.arrival,
        work.patience,
        work.ring,
        np.stack([work.talk, work.hold, work.acw], axis=1),
        places.starts,
        places.ends,
        places.pauses,
        places.lengths,
        places.pace,
    )
    return Served(place, at, parts, paused)


def _breaks_due(p: int, now: int, free: Ints, done: Ints, ends: Ints, pauses: Ints, lengths: Ints, paused: Ints) -> None:
    """Place `p` goes on each break that is due by the time it could take the next contact."""
    while done[p] < lengths.shape[1] and pauses[p, done[p]] <= max(free[p], now):
        begun = max(free[p], pauses[p, done[p]])
        if begun < ends[p] and lengths[p, done[p]] > 0:
            paused[p, done[p]] = begun
            free[p] = begun + lengths[p, done[p]]
        done[p] += 1


_take_breaks = numba.njit(cache=True)(_breaks_due)


def _run(
    arrival: Ints,
    patience: Ints,
    ring: Ints,
    usual: Floats,
    starts: Ints,
    ends: Ints,
    pauses: Ints,
    lengths: Ints,
    pace: Floats,
) -> tuple[Ints, Ints, Ints, Ints]:
    place = np.full(arrival.size, -1)
    at = np.zeros(arrival.size, np.int64)
    parts = np.zeros((arrival.size, 3), np.int64)
    free, done = starts.copy(), np.zeros(starts.size, np.int64)
    paused = np.full(pauses.shape, NEVER)
    for row in range(arrival.size):
        best, best_at = -1, NEVER
        for p in range(starts.size):
            _take_breaks(p, arrival[row], free, done, ends, pauses, lengths, paused)
            ready = max(free[p], arrival[row])
            if ready < ends[p] and (ready < best_at or (ready == best_at and free[p] < free[best])):
                best, best_at = p, ready
        if best < 0 or best_at - arrival[row] > patience[row]:
            at[row] = arrival[row] + patience[row]
            continue
        place[row], at[row] = best, best_at + ring[row]
        free[best] = at[row]
        for part in range(3):
            parts[row, part] = np.int64(usual[row, part] * pace[best, part] + 0.5)
            free[best] += parts[row, part]
    for p in range(starts.size):
        _take_breaks(p, ends[p] - 1, free, done, ends, pauses, lengths, paused)
    return place, at, parts, paused


_serve = numba.njit(cache=True)(_run)
