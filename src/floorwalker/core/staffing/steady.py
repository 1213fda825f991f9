"""What a number of agents gives, and how many agents it takes: arrays in, arrays out, each interval in its steady state."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from floorwalker.core.staffing import endless, erlang
from floorwalker.core.staffing.unusable import Unusable

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

DEFINITIONS = ("offered", "answered", "offered_minus_short")
"""Answered within the threshold, over all contacts, over the answered ones, over all but those who left within it."""
MOST_ERLANGS = 1e6
ROWS_A_THREAD = 4000


@dataclass(frozen=True)
class Figures:
    """Arrays of one shape. NaN: unknown, since nobody came or nobody was answered."""

    offered: Floats
    answered: Floats
    offered_minus_short: Floats
    asa_s: Floats
    """Mean wait of answered contacts; infinite where nobody leaves and the load is more than the agents can take."""
    abandonment: Floats
    occupancy: Floats

    def service_level(self, definition: str = "offered") -> Floats:
        """The service level under one of `DEFINITIONS`."""
        return {"offered": self.offered, "answered": self.answered, "offered_minus_short": self.offered_minus_short}[definition]


def measure(
    contacts: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    patience_s: ArrayLike | None,
    agents: ArrayLike,
    threshold_s: ArrayLike = 20.0,
) -> Figures:
    """What `agents` (whole numbers, fractions are cut off) give. All arguments broadcast.

    patience_s: mean, exponential; None, NaN or inf: nobody leaves (Erlang C); 0: nobody waits (Erlang B). Raises Unusable
    where a value cannot be.
    """
    parts = _laid_out(contacts, interval_s, aht_s, patience_s, threshold_s, np.floor(np.asarray(agents, float)))
    shape, (lam, aht, patience, threshold, people) = parts
    _demand("agents", people, (people >= 0) & (people <= 2 * MOST_ERLANGS))
    figures = np.empty((lam.size, erlang.FIGURES))
    _in_threads(erlang.measure_rows, lam, aht, patience, people.astype(np.int64), threshold, figures)
    return Figures(*(figures[:, k].reshape(shape) for k in range(erlang.FIGURES)))


def required(
    contacts: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    patience_s: ArrayLike | None,
    target: ArrayLike,
    threshold_s: ArrayLike = 20.0,
    definition: str = "offered",
    max_occupancy: ArrayLike | None = None,
    shrinkage: ArrayLike | None = None,
) -> Whole:
    """Fewest agents whose service level reaches the target (a share below one) and whose occupancy is at most the cap.

    0 where nothing comes, else at least 1. shrinkage: share of paid time off the queue, by which the number is raised; see
    `scheduled` for absence as a distribution. Otherwise as `measure`.
    """
    if patience_s is None and max_occupancy is None and shrinkage is None and definition in DEFINITIONS:
        found = _nobody_leaves(contacts, interval_s, aht_s, threshold_s, target)
        if found is not None:
            return found
    cap = np.inf if max_occupancy is None else np.asarray(max_occupancy, float)
    goal, off = np.asarray(target, float), np.asarray(0.0 if shrinkage is None else shrinkage, float)
    shape, parts = _laid_out(contacts, interval_s, aht_s, patience_s, threshold_s, goal, cap, off)
    lam, aht, patience, threshold, goal, cap, off = parts
    _demand("target", goal, (goal > 0) & (goal < 1))
    _demand("max_occupancy", cap, cap > 0)
    _demand("shrinkage", off, (off >= 0) & (off < 1))
    kind = np.full(lam.size, DEFINITIONS.index(definition))
    agents, _ = solved(lam, aht, patience, goal, threshold, kind, cap, with_figures=False)
    raised = np.ceil(agents / (1 - off) - 1e-9).astype(np.int64)
    return np.asarray(raised.reshape(shape))


def _nobody_leaves(*values: ArrayLike) -> Whole | None:
    """Agents where many cases share one target (the last value), as `endless` answers them; None where the long way is due."""
    columns = [np.ascontiguousarray(x, float) for x in values]
    target, shape = columns.pop(), max((x.shape for x in columns), key=len)
    if target.size != 1 or any(x.size != 1 and x.shape != shape for x in columns) or not 0 < target.item() < 1:
        return None
    contacts, interval, aht, threshold = (x if x.ndim == 1 else x.reshape(-1) for x in columns)
    found = endless.agents(contacts, interval, aht, threshold, target.item(), MOST_ERLANGS)
    return found if found is None or len(shape) == 1 else found.reshape(shape)


def solved(
    lam: Floats,
    aht: Floats,
    patience: Floats,
    target: Floats,
    threshold: Floats,
    definition: Whole,
    cap: Floats,
    with_figures: bool = True,
) -> tuple[Whole, Floats]:
    """Agents, and the columns of `erlang` at them, for rows that have been checked. No contacts: 0 agents."""
    agents, figures = np.zeros(lam.size, np.int64), np.full((lam.size if with_figures else 0, erlang.FIGURES), np.nan)
    some = np.flatnonzero(lam > 0)
    columns = (lam, aht, patience, target, threshold, definition.astype(np.int64), cap)
    if some.size == lam.size:
        _in_threads(erlang.solve_rows, *columns, agents, figures)
    elif some.size:
        agents[some], found = solved(
            lam[some], aht[some], patience[some], target[some], threshold[some], definition[some], cap[some], with_figures
        )
        if with_figures:
            figures[some] = found
    return agents, figures


def _laid_out(
    contacts: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    patience_s: ArrayLike | None,
    threshold_s: ArrayLike,
    *more: ArrayLike,
) -> tuple[tuple[int, ...], list[Floats]]:
    """The shape of all together, and flat arrays: contacts a second, AHT, patience, threshold and what else was given."""
    patience = np.asarray(np.inf if patience_s is None else patience_s, float)
    patience = np.where(np.isnan(patience), np.inf, patience)
    came, interval, aht, threshold = (np.asarray(x, float) for x in (contacts, interval_s, aht_s, threshold_s))
    _demand("contacts", came, (came >= 0) & np.isfinite(came))
    _demand("interval_s", interval, (interval > 0) & np.isfinite(interval))
    _demand("aht_s", aht, (aht > 0) & np.isfinite(aht))
    _demand("patience_s", patience, patience >= 0)
    _demand("threshold_s", threshold, (threshold >= 0) & np.isfinite(threshold))
    lam = came / interval
    load = lam * aht
    _demand("load", load, load <= MOST_ERLANGS)
    spread = np.broadcast_arrays(lam, aht, patience, threshold, *(np.asarray(x, float) for x in more))
    return spread[0].shape, [np.array(x).reshape(-1) for x in spread]


def _demand(name: str, values: Floats, right: NDArray[np.bool_]) -> None:
    if not right.all():
        place = int(np.argmin(right))
        raise Unusable("value_cannot_be", column=name, found=str(values.reshape(-1)[place]), place=str(place))


def _in_threads(kernel: Callable[..., None], *columns: NDArray[Any]) -> None:
    """Run a kernel on slices of its columns, one slice a core where there are many rows."""
    rows = columns[0].shape[0]
    cores = min(os.cpu_count() or 1, rows // ROWS_A_THREAD)
    if cores < 2:
        kernel(*columns)
        return
    kernel(*(column[:0] for column in columns))
    ends = np.linspace(0, rows, cores * 4 + 1).astype(int)
    pieces = [[column[a:b] for column in columns] for a, b in pairwise(ends)]
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(lambda piece: kernel(*piece), pieces))
