"""What is remembered of each series between two nights: small arrays, one row a series. Evidence is rebuilt from them."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from floorwalker.core.patterns.settings import COLUMNS, SIZES, SPREADS, WINDOW

SEEN, ABSORBED, LAST_DAY, FIRST_JUDGED, STATE, RUN_ONSET, CLOSED_DAY, NORMAL_SINCE, COUNTS = range(9)
MASS, V, VV, R, RV, LAG, LAG_MASS, SKEW, SUMS = range(9)
BETWEEN, WITHIN, TEMPER, MEAN_V, NOISE = range(5)
LEARNING, STEADY, WATCH, BLIP, SHIFT, TREND, WEEKDAY_CHANGED, SPREAD_CHANGED = range(8)
T_NOTHING, T_BEFORE, T_DENIED, T_LEFT_OUT, T_NORMAL = range(5)


class Memory(NamedTuple):
    """Leading axis: series. Days are days since 1970-01-01; a slot holds the day of that number modulo WINDOW."""

    theta: NDArray[np.float64]
    """(series, 8) level and seven weekday effects on the transformed scale."""
    cov: NDArray[np.float64]
    """(series, 8, 8) their covariance."""
    sums: NDArray[np.float64]
    """(series, SUMS) discounted sums from which the noise is estimated."""
    noise: NDArray[np.float64]
    """(series, NOISE) variance between days, variance within a day, tempering, mean of the known part."""
    day: NDArray[np.int32]
    """(series, WINDOW) calendar day of each slot."""
    y: NDArray[np.float64]
    """(series, WINDOW) transformed value."""
    n: NDArray[np.float64]
    """(series, WINDOW) observations behind it; 0 where unknown."""
    score: NDArray[np.float32]
    """(series, WINDOW) standardised distance from the usual."""
    reach: NDArray[np.float32]
    """(series, WINDOW) how many score units an effect of one usual sd moves that day."""
    temper: NDArray[np.float32]
    """(series, WINDOW) (1 - phi) / (1 + phi) as known that day, phi the autocorrelation of the scores."""
    trust: NDArray[np.float32]
    """(series, WINDOW) chance that the day was an ordinary one; 0 where it is left out (a closed blip)."""
    boost: NDArray[np.float32]
    """(series, WINDOW) factor on the hazards (a known event that day)."""
    told: NDArray[np.int8]
    """(series, WINDOW) what a person has said of the day (T_*)."""
    counts: NDArray[np.int64]
    """(series, COUNTS)"""
    closed: NDArray[np.float64]
    """(series, 2) probability and size of the last closed blip."""


class Evidence(NamedTuple):
    """Likelihood ratios against 'nothing happened', for one series, by age of the onset in days; scratch, never stored.

    The first axis of `lasting` and `short` is yesterday and today, in turn.
    """

    lasting: NDArray[np.float32]
    """(2, sizes, WINDOW) steps, joined by each ramp that has reached its full size."""
    short: NDArray[np.float32]
    """(2, sizes, columns) ramps that still rise and decays, one segment of ages each."""
    weekday: NDArray[np.float32]
    """(7, sizes, onsets) by weekday of the onset."""
    spread: NDArray[np.float32]
    """(2, spreads, WINDOW)"""
    over: NDArray[np.float32]
    """(2, WINDOW) prior times evidence of blips that have ended."""
    trend: NDArray[np.float32]
    """(2, WINDOW) part of `lasting` that came as a ramp."""
    mass: NDArray[np.float32]
    """(MASSES, WINDOW) prior times evidence of each type."""
    columns: NDArray[np.float32]
    """(columns,) prior times evidence of each column of `short`."""
    scale: NDArray[np.float32]
    """(1,) evidence of 'nothing' on the common scale."""
    turn: NDArray[np.int64]
    """(2,) which half is today's, and today's day number."""


NEVER = -(10**6)
M_LASTING, M_RISING, M_DECAY, M_WEEKDAY, M_OUTLIER, M_BUMP, M_SPREAD, MASSES = range(8)


def new_memory(series: int) -> Memory:
    """Memory of series that have not been seen yet."""
    slots = (series, WINDOW)
    counts = np.zeros((series, COUNTS), np.int64)
    counts[:, LAST_DAY:] = NEVER
    return Memory(
        theta=np.zeros((series, 8)),
        cov=np.zeros((series, 8, 8)),
        sums=np.zeros((series, SUMS)),
        noise=np.zeros((series, NOISE)),
        day=np.full(slots, NEVER, np.int32),
        y=np.zeros(slots),
        n=np.zeros(slots),
        score=np.zeros(slots, np.float32),
        reach=np.ones(slots, np.float32),
        temper=np.ones(slots, np.float32),
        trust=np.zeros(slots, np.float32),
        boost=np.ones(slots, np.float32),
        told=np.zeros(slots, np.int8),
        counts=counts,
        closed=np.zeros((series, 2)),
    )


def each(change: Callable[..., Any], *memories: Memory) -> Memory:
    """`change` applied to the first arrays of all memories, to the second, and so on."""
    return Memory(*(change(*arrays) for arrays in zip(*memories, strict=True)))


def new_evidence() -> Evidence:
    """Room for the evidence of one series."""
    sizes, columns, single = len(SIZES), COLUMNS, np.float32
    return Evidence(
        lasting=np.zeros((2, sizes, WINDOW), single),
        short=np.zeros((2, sizes, columns), single),
        weekday=np.zeros((7, sizes, WINDOW // 7 + 1), single),
        spread=np.zeros((2, len(SPREADS), WINDOW), single),
        over=np.zeros((2, WINDOW), single),
        trend=np.zeros((2, WINDOW), single),
        mass=np.zeros((MASSES, WINDOW), single),
        columns=np.zeros(columns, single),
        scale=np.ones(1, single),
        turn=np.zeros(2, np.int64),
    )
