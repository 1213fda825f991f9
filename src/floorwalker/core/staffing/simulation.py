"""Simulation for what has no formula: several skills, priorities, overflow, log-normal handling, patience of any shape."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from math import gamma, inf
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.core.staffing.floor import run_days
from floorwalker.core.staffing.floor_state import ANSWERED, GONE, GONE_SOON, IN_TIME, OFFERED, TALLIES, WAITED, Floats, Setup
from floorwalker.core.staffing.unusable import Unusable

MOST_CONTACTS_A_DAY = 5_000_000
DAYS_AT_ONCE = 25


@dataclass(frozen=True)
class Line:
    """One kind of contact. `route`: (group, seconds of waiting before that group may take it), in order of preference."""

    contacts: ArrayLike
    """Expected in each interval."""
    aht_s: float
    route: Sequence[tuple[int, float]]
    aht_variation: float | None = None
    """Standard deviation over mean of a log-normal handle time; None: exponential."""
    patience_s: float | None = None
    """Mean; None: nobody leaves."""
    patience_shape: float = 1.0
    """Weibull: 1 is exponential, below 1 many leave at once, above 1 most hold out for about the mean."""
    threshold_s: float = 20.0
    priority: int = 0
    """Smaller is taken first; equal ones in the order in which they came."""


class Estimate(NamedTuple):
    """A mean over days and its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class Simulated:
    """Arrays by line (and interval in which the contact came), after the warm-up."""

    tallies: Floats
    """(days, lines, intervals, 6) offered, answered, in time, gone, gone within the threshold, summed wait of the answered."""
    worked: Floats
    """(days, groups) busy seconds."""
    staffed_s: Floats
    """(groups,) planned seconds of a day."""

    def service_level(self, line: int, definition: str = "offered") -> Estimate:
        """Under one of `DEFINITIONS`, over all days."""
        t = self.tallies[:, line].sum(axis=1)
        over = {"offered": t[:, OFFERED], "answered": t[:, ANSWERED], "offered_minus_short": t[:, OFFERED] - t[:, GONE_SOON]}
        return ratio(t[:, IN_TIME], over[definition])

    def abandonment(self, line: int) -> Estimate:
        """Share of contacts that left."""
        t = self.tallies[:, line].sum(axis=1)
        return ratio(t[:, GONE], t[:, OFFERED])

    def asa_s(self, line: int) -> Estimate:
        """Mean wait of answered contacts."""
        t = self.tallies[:, line].sum(axis=1)
        return ratio(t[:, WAITED], t[:, ANSWERED])

    def occupancy(self, group: int) -> Estimate:
        """Busy share of planned time. Work after the end of a shift counts too, so it may pass 1."""
        return ratio(self.worked[:, group], np.full(len(self.worked), self.staffed_s[group]))

    def levels_by_interval(self, line: int) -> Floats:
        """Service level of offered contacts by interval of arrival; NaN where nothing came."""
        t = self.tallies[:, line].sum(axis=0)
        return np.where(t[:, OFFERED] > 0, t[:, IN_TIME] / np.maximum(t[:, OFFERED], 1), np.nan)


def simulate(
    lines: Sequence[Line],
    groups: Sequence[ArrayLike],
    interval_s: float,
    days: int = 200,
    seed: int = 1,
    warm_up: int = 0,
) -> Simulated:
    """Play `days` independent days. groups: agents of each group by interval. The same seed gives
    the same answer, on however many cores.

    Each day begins empty and ends when the last contact is answered or has left; agents finish what they are at before they go.
    warm_up: first intervals that are played but not counted. Raises Unusable where a value cannot be.
    """
    setup = _setup(lines, groups, interval_s, warm_up)
    each = setup.rates.sum(axis=1) * interval_s
    if days < 1 or each.sum() > MOST_CONTACTS_A_DAY:
        raise Unusable(
            "value_cannot_be", column="days" if days < 1 else "contacts", found=str(days if days < 1 else each.sum())
        )
    places = int(each.max() + 10 * np.sqrt(each.max()) + 100)
    most_busy = int(setup.agents.sum(axis=0).max() + setup.agents.max(axis=1).sum() + 1)
    tallies = np.zeros((days, len(lines), setup.agents.shape[1], TALLIES))
    worked = np.zeros((days, len(groups)))
    ends = [*range(0, days, DAYS_AT_ONCE), days]

    def play(part: tuple[int, int]) -> None:
        run_days(setup, part[0], seed, tallies[slice(*part)], worked[slice(*part)], places, most_busy)

    with ThreadPoolExecutor(min(os.cpu_count() or 1, len(ends))) as pool:
        list(pool.map(play, pairwise(ends)))
    staffed = setup.agents[:, warm_up:].sum(axis=1) * float(interval_s)
    return Simulated(tallies[:, :, warm_up:], worked, staffed)


def ratio(over: Floats, under: Floats) -> Estimate:
    """Ratio of two sums over days, with the standard error of a ratio (delta method)."""
    if not under.sum():
        return Estimate(np.nan, np.nan)
    value = over.sum() / under.sum()
    if len(over) < 2:
        return Estimate(float(value), np.nan)
    return Estimate(float(value), float(np.std(over - value * under, ddof=1) / np.sqrt(len(over)) / under.mean()))


def _setup(lines: Sequence[Line], groups: Sequence[ArrayLike], interval_s: float, warm_up: int) -> Setup:
    agents = np.array([np.asarray(group, float) for group in groups])
    came = np.array([np.asarray(line.contacts, float) for line in lines])
    if agents.ndim != 2 or came.ndim != 2 or agents.shape[1] != came.shape[1] or not 0 <= warm_up < agents.shape[1]:
        raise Unusable("shapes_differ", lines=str(came.shape), groups=str(agents.shape), warm_up=str(warm_up))
    choices = max(len(line.route) for line in lines)
    route, after = np.full((len(lines), choices), -1, np.int64), np.zeros((len(lines), choices))
    for k, line in enumerate(lines):
        for place, (group, seconds) in enumerate(line.route):
            route[k, place], after[k, place] = group, seconds
    for name, right in {
        "contacts": np.isfinite(came).all() and (came >= 0).all(),
        "groups": np.isfinite(agents).all() and (agents >= 0).all(),
        "interval_s": interval_s > 0,
        "aht_s": all(line.aht_s > 0 and (line.aht_variation or 0) >= 0 for line in lines),
        "patience_s": all((line.patience_s is None or line.patience_s >= 0) and line.patience_shape > 0 for line in lines),
        "route": route.max(initial=-1) < len(groups) and all(len(line.route) for line in lines) and (after >= 0).all(),
    }.items():
        if not right:
            raise Unusable("value_cannot_be", column=name)
    return Setup(
        rates=came / interval_s,
        handling=np.array([_handling(line) for line in lines]),
        patience=np.array([_patience(line) for line in lines]),
        threshold=np.array([line.threshold_s for line in lines], float),
        priority=np.array([line.priority for line in lines], np.int64),
        route=route,
        after=after,
        agents=np.floor(agents).astype(np.int64),
        interval_s=float(interval_s),
        warm_up=warm_up,
    )


def _handling(line: Line) -> tuple[float, float]:
    """As `Setup.handling` takes it."""
    if line.aht_variation is None:
        return line.aht_s, -1.0
    variance = np.log1p(line.aht_variation**2)
    return float(np.log(line.aht_s) - variance / 2), float(np.sqrt(variance))


def _patience(line: Line) -> tuple[float, float]:
    """Scale of the Weibull distribution with this mean, and one over its shape."""
    if line.patience_s is None or np.isinf(line.patience_s):
        return inf, 1.0
    return line.patience_s / gamma(1 + 1 / line.patience_shape), 1 / line.patience_shape
