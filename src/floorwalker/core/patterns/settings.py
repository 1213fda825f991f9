"""What the engine believes before it has seen anything: how often things happen, how large and long they are, when to speak."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WINDOW = 64
"""Onsets in this many calendar days, today included, are weighed at once (a multiple of the vector width)."""
RECENT = 28
"""`p_lasting` and `p_blip` speak of onsets in this many days, today included."""
PATIENCE = 28
"""A day enters the baseline when it is this old: late enough for a blip in it to have been recognised and left out."""
RAMP_DAYS = (10, 14, 20)
DECAY_DAYS = (1.6, 2.8)
DECAY_ENDS = (6, 10)
SPREADS = np.array([1.6, 2.4])
LONGEST_BLIP = 10
SHORT = 16
"""Blips that are still on are younger than this (two vectors)."""
CALL_AGE = 6
"""A lasting change is called on its seventh day at the earliest."""
BLIP_AGES, NOTHING_AGES = (7, 8, 9, 11), (10, 15, 22, 29)
"""From these ages on the next of `blip_bounds` and of `nothing_bounds` counts."""
RAMPS = len(RAMP_DAYS)
S_STEP, S_RAMPS, S_WEEKDAY, S_DECAYS, S_SHAPES = 0, 1, 1 + RAMPS, 2 + RAMPS, 4 + RAMPS
LASTING_PARTS = 2
X_OUTLIER, X_BUMP, X_DECAY, X_WEEKDAY, X_STEP, X_RAMP, X_BELIEFS = 0, 1, 2, 3, 4, 4 + LASTING_PARTS, 4 + 2 * LASTING_PARTS


@dataclass(frozen=True)
class Size:
    """A belief about the size of an effect in sd: normal with this mean and spread, up or down alike; `share` of a mixture."""

    mean: float
    spread: float
    share: float = 1.0


@dataclass(frozen=True)
class Hazards:
    """Chance per observed day that an event of each type begins."""

    outlier: float = 1 / 65
    bump: float = 1 / 2000
    decay: float = 1 / 3500
    step: float = 1 / 1000
    ramp: float = 1 / 1600
    weekday: float = 1 / 6000
    spread: float = 1 / 6000


@dataclass(frozen=True)
class Settings:
    """One fixed setting for every series; `learn_hazards` may replace `hazards` by those of the centre's own history."""

    hazards: Hazards = field(default_factory=Hazards)
    outlier_size: Size = Size(5.0, 1.6)
    bump_size: Size = Size(3.3, 1.0)
    decay_size: Size = Size(4.8, 1.4)
    lasting_sizes: tuple[Size, Size] = (Size(1.15, 0.35, 0.6), Size(2.3, 0.7, 0.4))
    weekday_size: Size = Size(2.6, 1.0)
    tail: float = 0.001
    tail_scale: float = 3.0
    learning_days: int = 28
    call: float = 0.64
    call_least: float = 0.65
    old_enough: float = 0.8
    blip_bounds: tuple[float, float, float, float, float] = (0.14, 0.25, 0.25, 0.08, 0.12)
    nothing_bounds: tuple[float, float, float, float, float] = (0.11, 0.16, 0.02, 0.13, 0.05)
    keep: float = 0.4
    blip_call: float = 0.27
    close_blip: float = 0.8
    close_age: int = 3
    absorb: float = 0.9
    event_factor: float = 20.0
    level_drift: float = 0.012
    weekday_drift: float = 0.004
    variance_memory: float = 0.995
    level_doubt: float = 0.045


class Tables(NamedTuple):
    """The same as arrays for the kernels. Sizes in sd; hazards are folded into the beliefs."""

    level: NDArray[np.float32]
    """(WINDOW, shapes, WINDOW) part of its size that a shape shows: slot of today, shape, slot of the onset."""
    beliefs: NDArray[np.float32]
    """(beliefs, 3) chance a day, mean and variance of the size."""
    running: NDArray[np.float32]
    """(kinds, SHORT) chance that an outlier, a bump, each decay is still on at each age."""
    ending: NDArray[np.float32]
    """(kinds, SHORT) chance that one that was on the day before has ended at each age."""
    spreads: Floats
    spread_hazard: Floats
    bounds: Floats
    """(2, 5) the most that may speak for a blip, and for nothing, beside a lasting change that is called, by its age."""
    knobs: Floats


def tables(s: Settings) -> Tables:
    """Lay the settings out for the kernels."""
    h, age = s.hazards, np.arange(WINDOW)
    beliefs = [
        (h.outlier, s.outlier_size),
        (h.bump, s.bump_size),
        (h.decay / len(DECAY_DAYS), s.decay_size),
        (h.weekday, s.weekday_size),
        *((h.step, size) for size in s.lasting_sizes),
        *((h.ramp / RAMPS, size) for size in s.lasting_sizes),
    ]
    levels = [
        np.ones(WINDOW),
        *(np.minimum((age + 1) / days, 1) for days in RAMP_DAYS),
        age % 7 == 0,
        *(np.exp(-age / days) * (age < end) for days, end in zip(DECAY_DAYS, DECAY_ENDS, strict=True)),
    ]
    short = np.arange(SHORT)
    bump = 1 - np.clip((short - 1) / (LONGEST_BLIP - 1), 0, 1)
    running = np.stack([short < 1, bump, *(short < end for end in DECAY_ENDS)]).astype(np.float64)
    before = np.concatenate([np.ones((len(running), 1)), running[:, :-1]], axis=1)
    return Tables(
        level=np.ascontiguousarray(np.stack(levels)[:, (age[:, None] - age) % WINDOW].transpose(1, 0, 2), np.float32),
        beliefs=np.array([(hazard * size.share, size.mean, size.spread**2) for hazard, size in beliefs], np.float32),
        running=running.astype(np.float32),
        ending=np.where(before > 0, 1 - running / np.maximum(before, 1e-9), 0).astype(np.float32),
        spreads=SPREADS,
        spread_hazard=np.array([h.spread / len(SPREADS)]),
        bounds=np.array([s.blip_bounds, s.nothing_bounds]),
        knobs=np.array([getattr(s, name) for name in KNOBS], float),
    )


KNOBS = (
    "tail",
    "tail_scale",
    "learning_days",
    "call",
    "call_least",
    "old_enough",
    "keep",
    "blip_call",
    "close_blip",
    "close_age",
    "absorb",
    "event_factor",
    "level_drift",
    "weekday_drift",
    "variance_memory",
    "level_doubt",
)
(
    TAIL,
    TAIL_SCALE,
    LEARNING_DAYS,
    CALL,
    CALL_LEAST,
    OLD_ENOUGH,
    KEEP,
    BLIP_CALL,
    CLOSE_BLIP,
    CLOSE_AGE,
    ABSORB,
    EVENT_FACTOR,
    LEVEL_DRIFT,
    WEEKDAY_DRIFT,
    VARIANCE_MEMORY,
    SHARED_DOUBT,
) = range(16)
