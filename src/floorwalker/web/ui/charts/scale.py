"""From values to pixels, and the whole, round steps that an axis is labelled with."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from floorwalker.core.measures import Unit

CLOCK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400, 172_800, 604_800)


@dataclass(frozen=True)
class Scale:
    """Maps `low`..`high` onto `start`..`end` in pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        return self.start + (self.end - self.start) * ((value - self.low) / span if span else 0.5)


def spanning(values: Iterable[float | None], start: float, end: float, air: float = 0.06, from_zero: bool = False) -> Scale:
    """A scale that holds all known values with a little air on both sides."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if from_zero:
        low = min(0.0, low)
    room = (high - low) * air or abs(high) * 0.1 or 1.0
    bottom = low if from_zero and low == 0 else low - room
    return Scale(max(bottom, 0.0) if low >= 0 else bottom, high + room, start, end)


def steps(low: float, high: float, unit: Unit, most: int = 5) -> list[float]:
    """Round values between low and high, at most `most`, on a step of 1, 2 or 5, or of the clock for seconds."""
    rough = (high - low) / most
    if rough <= 0:
        return [low]
    step = _clock_step(rough) if unit is Unit.SECONDS else _decimal_step(rough)
    if unit is Unit.COUNT:
        step = max(step, 1)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def _clock_step(rough: float) -> float:
    return next((step for step in CLOCK_STEPS if step >= rough), math.ceil(rough / 604_800) * 604_800)


def _decimal_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
