"""What the engine believes before it has seen anything: how often things happen, how large and long they are, when to speak."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WINDOW = 65
"""Onsets in this many calendar days, today included, are weighed at once (one more than a multiple of the vector width)."""
COLUMNS = 65
"""Days of all ramps and decays together, with room for whole vectors."""
RECENT = 28
"""`p_lasting` and `p_blip` speak of onsets in this many days, today included."""
PATIENCE = 28
"""A day enters the baseline when it is this old: late enough for a blip in it to have been recognised and left out."""
MAGNITUDES = np.array([0.5, 0.7, 0.95, 1.25, 1.6, 2.0, 2.5, 3.1, 3.9, 4.9, 6.1, 7.6])
SIZES = np.concatenate([-MAGNITUDES[::-1], MAGNITUDES])
"""Effects on the grid, in standard deviations of a usual day, down and up."""
RAMP_DAYS = (10, 14, 20)
DECAY_DAYS = (1.6, 2.8)
DECAY_ENDS = (6, 10)
SPREADS = np.array([1.6, 2.4])
LONGEST_BLIP = 10


@dataclass(frozen=True)
class Size:
    """A belief about the size of an effect in sd: gamma distributed with this mean and spread, either sign."""

    mean: float
    spread: float

    def weights(self) -> Floats:
        """Share of the belief at each of `SIZES`; sums to one."""
        k, theta = (self.mean / self.spread) ** 2, self.spread**2 / self.mean
        density = np.exp(k * np.log(MAGNITUDES) - MAGNITUDES / theta - (k * np.log(self.mean) - self.mean / theta))
        both = np.concatenate([density[::-1], density])
        return np.asarray(both / both.sum())


@dataclass(frozen=True)
class Hazards:
    """Chance per observed day that an event of each type begins."""

    outlier: float = 1 / 65
    bump: float = 1 / 2000
    decay: float = 1 / 3500
    step: float = 1 / 1200
    ramp: float = 1 / 2400
    weekday: float = 1 / 6000
    spread: float = 1 / 6000


@dataclass(frozen=True)
class Settings:
    """One fixed setting for every series; `learn_hazards` may replace `hazards` by those of the centre's own history."""

    hazards: Hazards = field(default_factory=Hazards)
    outlier_size: Size = Size(5.0, 1.6)
    bump_size: Size = Size(3.3, 1.0)
    decay_size: Size = Size(4.8, 1.4)
    lasting_size: Size = Size(1.6, 0.7)
    weekday_size: Size = Size(2.6, 1.0)
    tail: float = 0.001
    tail_scale: float = 3.0
    learning_days: int = 28
    call: float = 0.62
    sure: float = 0.88
    call_age: int = 6
    sure_when_old: float = 0.98
    keep: float = 0.4
    blip_call: float = 0.4
    close_blip: float = 0.8
    close_age: int = 3
    absorb: float = 0.9
    event_factor: float = 20.0
    level_drift: float = 0.012
    weekday_drift: float = 0.004
    variance_memory: float = 0.995


class Tables(NamedTuple):
    """The same as arrays for the kernels. Sizes in sd; hazards are folded into the beliefs."""

    sizes: NDArray[np.float32]
    beliefs: NDArray[np.float32]
    """(6, sizes): step, ramp, decay, weekday, outlier, bump."""
    level: NDArray[np.float32]
    """(columns,) part of its size that a shape shows in each of its first days: the ramps, then the decays."""
    running: NDArray[np.float32]
    """(2, 16) chance that an outlier, a bump is still on at each age."""
    ending: NDArray[np.float32]
    """(2, 16) chance that one that was on the day before has ended at each age."""
    spreads: Floats
    spread_hazard: Floats
    knobs: Floats


def tables(s: Settings) -> Tables:
    """Lay the settings out for the kernels."""
    h = s.hazards
    beliefs = [
        h.step * s.lasting_size.weights(),
        h.ramp / len(RAMP_DAYS) * s.lasting_size.weights(),
        h.decay / len(DECAY_DAYS) * s.decay_size.weights(),
        h.weekday * s.weekday_size.weights(),
        h.outlier * s.outlier_size.weights(),
        h.bump * s.bump_size.weights(),
    ]
    level = [(np.arange(days) + 1) / days for days in RAMP_DAYS]
    level += [np.exp(-np.arange(end) / days) for days, end in zip(DECAY_DAYS, DECAY_ENDS, strict=True)]
    age = np.arange(16)
    running = np.stack([age < 1, 1 - np.clip((age - 1) / (LONGEST_BLIP - 1), 0, 1)]).astype(np.float64)
    before = np.concatenate([np.ones((2, 1)), running[:, :-1]], axis=1)
    return Tables(
        sizes=SIZES.astype(np.float32),
        beliefs=np.maximum(np.stack(beliefs), 1e-12).astype(np.float32),
        level=np.pad(np.concatenate(level), (0, COLUMNS - sum(RAMP_DAYS) - sum(DECAY_ENDS))).astype(np.float32),
        running=running.astype(np.float32),
        ending=np.where(before > 0, 1 - running / np.maximum(before, 1e-9), 0).astype(np.float32),
        spreads=SPREADS,
        spread_hazard=np.array([h.spread / len(SPREADS)]),
        knobs=np.array([getattr(s, name) for name in KNOBS], float),
    )


KNOBS = (
    "tail",
    "tail_scale",
    "learning_days",
    "call",
    "sure",
    "call_age",
    "sure_when_old",
    "keep",
    "blip_call",
    "close_blip",
    "close_age",
    "absorb",
    "event_factor",
    "level_drift",
    "weekday_drift",
    "variance_memory",
)
(
    TAIL,
    TAIL_SCALE,
    LEARNING_DAYS,
    CALL,
    SURE,
    CALL_AGE,
    SURE_WHEN_OLD,
    KEEP,
    BLIP_CALL,
    CLOSE_BLIP,
    CLOSE_AGE,
    ABSORB,
    EVENT_FACTOR,
    LEVEL_DRIFT,
    WEEKDAY_DRIFT,
    VARIANCE_MEMORY,
) = range(16)
