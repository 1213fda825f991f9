"""How a picture is written: in whose digits, in which unit, and from which side."""

from collections.abc import Callable
from dataclasses import dataclass

from floorwalker.core.measures import Unit
from floorwalker.web.ui.reader import Reader
from floorwalker.web.ui.values import written


@dataclass(frozen=True)
class Hand:
    """Writes values of `unit` for `reader`."""

    reader: Reader
    unit: Unit = Unit.COUNT

    @property
    def mirrored(self) -> bool:
        """Number lines and bars grow from the side where reading starts."""
        return self.reader.direction == "rtl"

    @property
    def time_mirrored(self) -> bool:
        """Time runs with reading, unless the reader prefers it from the left."""
        return self.mirrored and not self.reader.time_from_left

    @property
    def write(self) -> Callable[[float | None], str]:
        return lambda value: written(self.reader, self.unit, value)
