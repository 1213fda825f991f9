"""Room for words on a picture: beside the line that they name, over no other line and over no other words."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from floorwalker.web.ui.charts.drawing import Point

LETTER, WIDE_LETTER, HIGH = 6.6, 13.0, 13.0
AIR = 4.0
STEP = 8.0
OVER_LINE, OVER_EDGE, OVER_WORDS = 100.0, 8.0, 1000.0
CLEAR = 18.0


def width_of(words: str) -> float:
    """About how wide words are written; Chinese and Korean letters are twice as wide as others."""
    return sum(WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else LETTER for letter in words)


@dataclass(frozen=True)
class Box:
    """Where words stand."""

    start: float
    end: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.start < other.end and other.start < self.end
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class Place:
    """The middle and the foot of some words, and how bad the place is: 0 is free on all sides."""

    x: float
    foot: float
    cost: float
    box: Box


@dataclass
class Words:
    """The inside of a picture with its lines; `edges` are lines that words may cross where they must; `taken` is where words
    stand already.
    """

    lines: Sequence[Sequence[Point]]
    inside: Box
    edges: Sequence[Sequence[Point]] = ()
    taken: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = [from_left(line) for line in self.lines]
        self.edges = [from_left(line) for line in self.edges]

    def take(self, words: str, x: float, foot: float) -> None:
        """Words stand there, whatever is beneath; x is their middle."""
        half = width_of(words) / 2
        self.taken.append(Box(x - half - AIR, x + half + AIR, foot - HIGH, foot + AIR))

    def beside(self, words: str, own: Sequence[Point], along: Sequence[Sequence[Point]]) -> Place:
        """The best place over or under a line of `along`, as near as can be to `own`, which is named. The caller takes it."""
        half = width_of(words) / 2
        first, last = self.inside.start + half, max(self.inside.end - half, self.inside.start + half)
        middles = [first + STEP * number for number in range(int((last - first) / STEP) + 1)]
        own, along = from_left(own), [from_left(line) for line in along]
        found = [self._at(x, half, own, line, is_above) for x in middles for line in along for is_above in (True, False)]
        return min(found, key=lambda place: place.cost)

    def _at(self, x: float, half: float, own: Sequence[Point], line: Sequence[Point], is_above: bool) -> Place:
        heights = within(line, x - half, x + half)
        foot = min(heights) - AIR - 2 if is_above else max(heights) + HIGH
        box = Box(x - half, x + half, foot - HIGH + 2, foot + 2)
        cost = max(heights) - min(heights) + self._crowding(box, own)
        cost += OVER_WORDS * any(box.meets(each) for each in self.taken)
        cost += OVER_WORDS * (box.top < self.inside.top or box.bottom > self.inside.bottom)
        return Place(x, foot, cost, box)

    def _crowding(self, box: Box, own: Sequence[Point]) -> float:
        """Lines that run through the words; another one that is as near as the one that they name; how far that one is."""
        mine = max(_gap(box, own), 0.0)
        cost = mine
        for line in self.lines:
            gap = _gap(box, line)
            cost += OVER_LINE if gap < 0 else 0.0
            cost += 0.0 if line == own else max(mine + CLEAR - max(gap, 0.0), 0.0)
        return cost + OVER_EDGE * sum(_gap(box, line) < 0 for line in self.edges)


def _gap(box: Box, line: Sequence[Point]) -> float:
    """How far a line keeps from a box, above or below; negative where it runs through."""
    heights = within(line, box.start, box.end)
    return max(box.top - max(heights), min(heights) - box.bottom)


def from_left(line: Sequence[Point]) -> Sequence[Point]:
    """The points of a line from left to right, as `within` wants them; time may run the other way."""
    return line if line[0][0] <= line[-1][0] else line[::-1]


def within(line: Sequence[Point], start: float, end: float) -> list[float]:
    """The heights of a line between two places, at least the nearest one."""
    first = bisect_left(line, start - AIR, key=_across)
    inside = line[first : bisect_right(line, end + AIR, lo=first, key=_across)]
    middle = (start + end) / 2
    after = bisect_left(line, middle, key=_across)
    near = line[max(after - 1, 0) : after + 1]
    return [*(y for _, y in inside), min(near, key=lambda point: abs(point[0] - middle))[1]]


def _across(point: Point) -> float:
    return point[0]
