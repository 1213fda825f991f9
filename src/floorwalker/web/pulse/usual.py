"""What is usual: where nine of ten comparable days fell, and where one day stands against that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np

from floorwalker.core.measures import Unit
from floorwalker.web.ui.values import rounded

SMALLEST_DAYS = 6
SHARE_INSIDE = 0.9
JUST = 0.5


@dataclass(frozen=True)
class Usual:
    """The range in which 9 in 10 of `days` comparable days fell, and their middle."""

    low: float
    high: float
    middle: float
    days: int

    def rounded_as(self, unit: Unit) -> "Usual":
        """The range as precisely as it is written."""
        return Usual(rounded(unit, self.low), rounded(unit, self.high), rounded(unit, self.middle), self.days)


class Standing(Enum):
    """Where a value stands against its usual range; `just` is within half the range's width of its edge."""

    UNKNOWN = "unknown"
    TOO_YOUNG = "too_young"
    INSIDE = "inside"
    JUST_BELOW = "just_below"
    BELOW = "below"
    JUST_ABOVE = "just_above"
    ABOVE = "above"

    @property
    def is_out(self) -> bool:
        return self in (Standing.JUST_BELOW, Standing.BELOW, Standing.JUST_ABOVE, Standing.ABOVE)


def usual(values: Sequence[float]) -> Usual | None:
    """The usual range of these values; None below six, because five days say nothing about one day in ten."""
    if len(values) < SMALLEST_DAYS:
        return None
    edge = (1 - SHARE_INSIDE) / 2
    low, middle, high = np.quantile(np.asarray(values, dtype=float), [edge, 0.5, 1 - edge])
    return Usual(float(low), float(high), float(middle), len(values))


def standing(value: float | None, range_: Usual | None) -> Standing:
    """Where `value` stands; a range without width counts everything that rounds to it as inside."""
    if value is None:
        return Standing.UNKNOWN
    if range_ is None:
        return Standing.TOO_YOUNG
    width = range_.high - range_.low
    slack = 1e-9 * max(abs(range_.low), abs(range_.high), 1.0)
    if value < range_.low - slack:
        return Standing.JUST_BELOW if range_.low - value <= JUST * width else Standing.BELOW
    if value > range_.high + slack:
        return Standing.JUST_ABOVE if value - range_.high <= JUST * width else Standing.ABOVE
    return Standing.INSIDE


@dataclass(frozen=True)
class Level:
    """Since this day another level is usual, `change` above the one before; None: by how much is not known."""

    since: date
    change: float | None


@dataclass(frozen=True)
class Told:
    """What is known about days beside their values: those of a blip are no example of the usual, a level moves them all."""

    left_out: frozenset[date] = frozenset()
    levels: tuple[Level, ...] = ()

    def like(self, at: date, values: Mapping[date, float]) -> list[float]:
        """The values of other days as they would have been at the level of the day `at`; days of a blip are left out."""
        moved = ((self._moved(day, at), value) for day, value in values.items() if day not in self.left_out)
        return [value + change for change, value in moved if change is not None]

    def _moved(self, day: date, at: date) -> float | None:
        low, high = sorted((day, at))
        between = [level.change for level in self.levels if low < level.since <= high]
        if None in between:
            return None
        change = sum(each for each in between if each is not None)
        return change if day < at else -change


NOTHING_TOLD = Told()
