"""Chats: an agent serves several at once, each the slower the more there are. A birth-death chain, exact.

New chats go to the agent who has fewest, so that with k chats everybody has k // n or one more (Tezcan & Zhang). Once all
places are taken a chat waits, as in M/M/n+M with the pace of a full floor. Three at once is never three agents.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of the kernels from their arguments.

import math
from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from floorwalker.core.staffing.erlang import (
    ABANDONMENT,
    ANSWERED,
    ASA,
    FIGURES,
    HUGE,
    MINUS_SHORT,
    OCCUPANCY,
    OFFERED,
    queue,
    within,
)
from floorwalker.core.staffing.steady import DEFINITIONS, Figures, Whole
from floorwalker.core.staffing.unusable import Unusable


def measure_chat(
    contacts: ArrayLike,
    interval_s: float,
    duration_s: Sequence[float],
    patience_s: float | None,
    agents: ArrayLike,
    threshold_s: float = 20.0,
    slower: ArrayLike = 1.0,
) -> Figures:
    """As `measure`, for chats. duration_s: mean duration of a chat whose agent has one, two ... of them, to the most allowed.

    asa_s is the wait for the first answer; occupancy the share of all places that are taken. contacts, agents and `slower`, by
    which all durations are multiplied, broadcast.
    """
    rates, patience = _checked(interval_s, duration_s, patience_s, threshold_s)
    came, people, factor = np.broadcast_arrays(*(np.asarray(x, float) for x in (contacts, agents, slower)))
    if not (np.isfinite(came) & (came >= 0)).all() or not (np.isfinite(people) & (people >= 0)).all():
        raise Unusable("value_cannot_be", column="contacts or agents")
    if not (np.isfinite(factor) & (factor > 0)).all():
        raise Unusable("value_cannot_be", column="slower")
    figures = np.full((came.size, FIGURES), np.nan)
    lam, whole = came.reshape(-1) / interval_s, people.reshape(-1).astype(np.int64)
    chat_rows(lam, whole, np.array(factor.reshape(-1)), rates, patience, float(threshold_s), figures)
    return Figures(*(figures[:, k].reshape(came.shape) for k in range(FIGURES)))


def required_chat(
    contacts: ArrayLike,
    interval_s: float,
    duration_s: Sequence[float],
    patience_s: float | None,
    target: float,
    threshold_s: float = 20.0,
    definition: str = "offered",
) -> Whole:
    """Fewest agents whose chats reach the target; 0 where nothing comes."""
    rates, patience = _checked(interval_s, duration_s, patience_s, threshold_s)
    if not 0 < target < 1:
        raise Unusable("value_cannot_be", column="target", found=str(target))
    came = np.asarray(contacts, float)
    if not (np.isfinite(came) & (came >= 0)).all():
        raise Unusable("value_cannot_be", column="contacts")
    wanted = DEFINITIONS.index(definition)
    found = [least_chat(c / interval_s, rates, patience, target, threshold_s, wanted) if c else 0 for c in came.reshape(-1)]
    return np.array(found, dtype=np.int64).reshape(came.shape)


def _checked(
    interval_s: float, duration_s: Sequence[float], patience_s: float | None, threshold_s: float
) -> tuple[np.ndarray, float]:
    """Chats that an agent ends in a second with one, two ... of them; the patience."""
    patience = math.inf if patience_s is None else float(patience_s)
    durations = np.asarray(duration_s, float)
    right = {
        "interval_s": interval_s > 0,
        "duration_s": durations.ndim == 1
        and durations.size > 0
        and bool((durations > 0).all() and np.isfinite(durations).all()),
        "patience_s": patience > 0,
        "threshold_s": threshold_s >= 0,
    }
    for name, is_right in right.items():
        if not is_right:
            raise Unusable("value_cannot_be", column=name)
    return np.arange(1, durations.size + 1) / durations, patience


@njit(cache=True, nogil=True, error_model="numpy")
def chat_rows(lam, agents, slower, rates, patience, threshold, figures):
    """Fill `figures` (rows, 6). Chats that all take longer are the same floor on a slower clock."""
    for i in range(lam.size):
        row, clock = figures[i], slower[i]
        if lam[i] > 0 and agents[i] >= 1:
            chat_at(lam[i] * clock, rates, patience / clock, agents[i], threshold / clock, row)
            row[ASA] *= clock
        elif lam[i] > 0:
            row[OFFERED], row[ABANDONMENT] = 0, 0 if patience == np.inf else 1
        elif agents[i] >= 1:
            row[OCCUPANCY] = 0


@njit(cache=True, nogil=True, error_model="numpy")
def least_chat(lam, rates, patience, target, threshold, definition):
    """Doubling, then halving."""
    figures = np.empty(FIGURES)
    low, high = 0, 1
    while True:
        chat_at(lam, rates, patience, high, threshold, figures)
        if figures[definition] >= target or high > 1_000_000:
            break
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        chat_at(lam, rates, patience, middle, threshold, figures)
        if figures[definition] >= target:
            high = middle
        else:
            low = middle
    return high


@njit(cache=True, nogil=True, error_model="numpy")
def chat_at(lam, rates, patience, n, threshold, figures):
    """Fill one row of figures for n agents; `rates[q - 1]`: chats that an agent with q of them ends in a second."""
    most, full = rates.shape[0], n * rates[-1]
    inverse, mean = 1.0, 0.0
    for k in range(1, n * most + 1):
        q, more = k // n, k % n
        ends = more * rates[min(q, most - 1)] + ((n - more) * rates[q - 1] if q > 0 else 0.0)
        before = ends / lam * inverse
        mean = (mean * before + k) / (before + 1)
        inverse = min(1 + before, 1e290)
    log_q, waits = waiting(lam, full, patience)
    log_z = log_q if log_q > HUGE else math.log(inverse + math.expm1(log_q))
    wait = math.exp(log_q - log_z)
    gone = short = 0.0
    if patience == np.inf:
        in_time = 1 - wait * math.exp(-max(full - lam, 0.0) * threshold)
    else:
        gone = wait - full / lam * (wait - math.exp(-log_z))
        soon, soon_any = within(lam, full, patience, log_z, threshold)
        in_time = 1 - wait + soon
        short = wait - soon - math.exp(-threshold / patience) * (wait - soon_any)
    free = 0.0 if log_q > HUGE else math.exp(math.log(inverse) - log_z)
    figures[OFFERED], figures[ANSWERED], figures[MINUS_SHORT] = in_time, in_time / (1 - gone), in_time / (1 - short)
    figures[ASA], figures[ABANDONMENT] = wait * waits / (1 - gone), gone
    figures[OCCUPANCY] = free * mean / (n * most) + 1 - free


@njit(nogil=True, error_model="numpy")
def waiting(lam, full, patience):
    """log of all states with every place taken relative to the first of them, and seconds that those who wait and stay wait."""
    if patience < np.inf:
        log_q, waits = queue(full * patience, lam * patience, True)
        return log_q, waits * patience
    return (1e9, np.inf) if lam >= full else (-math.log(1 - lam / full), 1 / (full - lam))
