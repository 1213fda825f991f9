"""What the simulated floor knows: arrays in named tuples, as the compiled walk over a day takes them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

OFFERED, ANSWERED, IN_TIME, GONE, GONE_SOON, WAITED = range(6)
TALLIES = 6
NEVER = np.inf


class Setup(NamedTuple):
    """What does not change from day to day. Lines are kinds of contact; groups are agents with the same skills."""

    rates: Floats
    """(lines, intervals) contacts a second."""
    handling: Floats
    """(lines, 2) mean of the logarithm and its standard deviation; a negative one: exponential with the first as mean."""
    patience: Floats
    """(lines, 2) Weibull scale in seconds (inf: nobody leaves) and one over its shape."""
    threshold: Floats
    priority: Whole
    """(lines,) smaller is taken first."""
    route: Whole
    """(lines, choices) groups in order of preference, -1 beyond the last."""
    after: Floats
    """(lines, choices) seconds that a contact waits before this group may take it."""
    agents: Whole
    """(groups, intervals)"""
    interval_s: float
    warm_up: int
    """First intervals, which are not counted."""


class Day(NamedTuple):
    """What changes."""

    came: Floats
    """(lines, places) when each waiting contact came, from `head` to `tail`."""
    leaves: Floats
    head: Whole
    tail: Whole
    due: Whole
    """(lines, choices) the first waiting contact whose overflow to a group has not fallen due."""
    idle: Whole
    leaving: Whole
    """(groups,) agents who leave at the end of their contact."""
    ends: Floats
    """Heap of ends of service, `busy[0]` of them."""
    who: Whole
    busy: Whole
    tally: Floats
    """(lines, intervals of arrival, TALLIES)"""
    worked: Floats
    """(groups,) busy seconds after the warm-up and before closing."""
    random: NDArray[np.uint64]
