"""What is remembered of each series between two nights: small arrays, one row a series. Evidence is rebuilt from them."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from floorwalker.core.patterns.settings import LASTING_PARTS, RAMPS, S_SHAPES, SHORT, SPREADS, WINDOW

SEEN, ABSORBED, LAST_DAY, FIRST_JUDGED, STATE, RUN_ONSET, CLOSED_DAY, NORMAL_SINCE, COUNTS = range(9)
MASS, V, VV, R, RV, LAG, LAG_MASS, SKEW, SUMS = range(9)
BETWEEN, WITHIN, TEMPER, MEAN_V, LEVEL_DOUBT, NOISE = range(6)
LEARNING, STEADY, WATCH, BLIP, SHIFT, TREND, WEEKDAY_CHANGED, SPREAD_CHANGED = range(8)
T_NOTHING, T_BEFORE, T_DENIED, T_LEFT_OUT, T_NORMAL = range(5)


class Memory(NamedTuple):
    """Leading axis: series. Days are days since 1970-01-01; a slot holds the day of that number modulo WINDOW."""

    theta: NDArray[np.float64]
    """(series, 8) level and seven weekday effects on the transformed scale."""
    cov: NDArray[np.float64]
    """(series, 9, 8) their covariance; the last row is room for a step of the filter."""
    sums: NDArray[np.float64]
    """(series, SUMS) discounted sums from which the noise is estimated."""
    noise: NDArray[np.float64]
    """(series, NOISE) variance between days, variance within a day, tempering, mean of the known part,
    doubt of the level in usual sd squared."""
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
    over: NDArray[np.float32]
    """(series, WINDOW) what the evidence calls `over`."""
    alive: NDArray[np.float32]
    """(series, KINDS, SHORT) what the evidence calls `short`."""
    told: NDArray[np.int8]
    """(series, WINDOW) what a person has said of the day (T_*)."""
    counts: NDArray[np.int64]
    """(series, COUNTS)"""
    closed: NDArray[np.float64]
    """(series, 2) probability of the last closed blip; scale of `over` and `alive`."""


class Evidence(NamedTuple):
    """What the days say for each onset of one series, by the slot of its day; scratch, of which `recall` needs little."""

    sums: NDArray[np.float32]
    """(4, shapes, WINDOW) PULL: sum of shape x score since the onset; WEIGHT: of shape squared; CROSS: of shape, which is what
    a wrong level would do to the pull; ODDS: of the logarithm of the chance that a day is ordinary."""
    spread: NDArray[np.float32]
    """(spreads, WINDOW) logarithm of the ratio."""
    over: NDArray[np.float32]
    """(WINDOW,) prior times ratio of blips that have ended, divided by exp(scale)."""
    short: NDArray[np.float32]
    """(KINDS, SHORT) the same of blips that are still on, by kind and age."""
    mass: NDArray[np.float32]
    """(MASSES, WINDOW) the same of what lasts, by type."""
    ratio: NDArray[np.float32]
    """(2, terms, WINDOW) scratch: POWER and FACTOR of each ratio; the next three likewise, for the youngest onsets by age."""
    peak: NDArray[np.float32]
    near: NDArray[np.float32]
    near_ratio: NDArray[np.float32]
    by_age: NDArray[np.float64]
    """(5, WINDOW) chance of each onset by its age, see `weighing`."""
    size: NDArray[np.float64]
    """(4,) size of a lasting change: mean, 5 % and 95 % points, variance."""
    scratch: NDArray[np.float64]
    """(WINDOW,) values to be sorted."""
    scale: NDArray[np.float32]
    """(1,) logarithm of what masses are divided by."""
    last: NDArray[np.int64]
    """(1,) today's day number."""


NEVER = -(10**6)
PULL, WEIGHT, CROSS, ODDS = range(4)
POWER, FACTOR = range(2)
K_OUTLIER, K_BUMP, K_DECAY, KINDS = 0, 1, 2, 4
"""Two kinds of decay."""
M_LASTING, M_RISING, M_WEEKDAY, M_SPREAD, MASSES = range(5)


def new_memory(series: int) -> Memory:
    """Memory of series that have not been seen yet."""
    slots = (series, WINDOW)
    counts = np.zeros((series, COUNTS), np.int64)
    counts[:, LAST_DAY:] = NEVER
    return Memory(
        theta=np.zeros((series, 8)),
        cov=np.zeros((series, 9, 8)),
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
        over=np.zeros(slots, np.float32),
        alive=np.zeros((series, KINDS, SHORT), np.float32),
        told=np.zeros(slots, np.int8),
        counts=counts,
        closed=np.zeros((series, 2)),
    )


def each(change: Callable[..., Any], *memories: Memory) -> Memory:
    """`change` applied to the first arrays of all memories, to the second, and so on."""
    return Memory(*(change(*arrays) for arrays in zip(*memories, strict=True)))


def new_evidence() -> Evidence:
    """Room for the evidence of one series."""
    terms = LASTING_PARTS * (1 + RAMPS) + 1

    def room(*shape: int) -> NDArray[np.float32]:
        return np.zeros(shape, np.float32)

    return Evidence(
        sums=room(4, S_SHAPES, WINDOW),
        spread=room(len(SPREADS), WINDOW),
        over=room(WINDOW),
        short=room(KINDS, SHORT),
        mass=room(MASSES, WINDOW),
        ratio=room(2, terms, WINDOW),
        peak=room(WINDOW),
        near=room(4, 3, SHORT),
        near_ratio=room(2, KINDS, SHORT),
        by_age=np.zeros((5, WINDOW)),
        size=np.zeros(4),
        scratch=np.zeros(WINDOW),
        scale=room(1),
        last=np.zeros(1, np.int64),
    )
