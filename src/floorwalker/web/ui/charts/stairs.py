"""People over a day as stairs: each interval is a step, what is missing is hatched."""

from collections.abc import Sequence
from dataclasses import dataclass

from floorwalker.web.ui.charts.drawing import Drawing, Point
from floorwalker.web.ui.charts.placing import Box, Place, Words, from_left, within
from floorwalker.web.ui.charts.scale import Scale
from floorwalker.web.ui.charts.score_parts import People

HALF = 0.5
"""Less than half a person is no shortage."""


@dataclass(frozen=True)
class Stairs:
    """People of intervals of `length` minutes that begin at `minutes`, on two scales."""

    people: People
    minutes: Sequence[int]
    length: int
    across: Scale
    down: Scale

    def draw(self, drawing: Drawing) -> None:
        """The need in its doubt, who is planned, and the shortage between them."""
        people = self.people
        drawing.band("band", self.steps(people.low), self.steps(people.high))
        if people.planned is not None:
            self._shortage(drawing, people.planned)
        drawing.path("line", self.steps(people.need))
        if people.planned is not None:
            drawing.path("line planned", self.steps(people.planned))

    def steps(self, values: Sequence[float]) -> list[Point]:
        return [
            point
            for minute, value in zip(self.minutes, values, strict=True)
            for point in ((self.across(minute), self.down(value)), (self.across(minute + self.length), self.down(value)))
        ]

    def _shortage(self, drawing: Drawing, planned: Sequence[float]) -> None:
        wide = self.across(self.length) - self.across(0)
        for minute, needed, there in zip(self.minutes, self.people.need, planned, strict=True):
            if needed - there >= HALF:
                height = self.down(there) - self.down(needed)
                drawing.hatch("hatch-look", self.across(minute), self.down(needed), wide, height)

    def words(self, inside: Box) -> Words:
        """Room for words among these lines."""
        people = self.people
        lines = [people.need, *([people.planned] if people.planned is not None else [])]
        return Words([self.steps(each) for each in lines], inside, [self.steps(each) for each in (people.low, people.high)])

    def highest(self, start: float, end: float) -> float:
        """Where the highest line lies between two places."""
        people = self.people
        lines = [people.high, people.need, *([people.planned] if people.planned is not None else [])]
        return min(min(within(from_left(self.steps(each)), start, end)) for each in lines)

    def names(self, room: Words) -> list[tuple[str, Place]]:
        """Where each of the two lines is named; the second keeps clear of the first."""
        people = self.people
        if people.planned is None or not people.planned_words:
            return []
        planned = self.steps(people.planned)
        need = self.steps(people.need)
        first = room.beside(people.planned_words, planned, (planned,))
        room.taken.append(first.box)
        second = room.beside(people.needed_words, need, (need, self.steps(people.high), self.steps(people.low)))
        room.taken.append(second.box)
        return [(people.planned_words, first), (people.needed_words, second)]
