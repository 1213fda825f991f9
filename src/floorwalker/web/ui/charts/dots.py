"""Customers helped, week by week: one dot for each, a ring for those who came back, a faint ring where nobody knows yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.hand import Hand
from floorwalker.web.ui.charts.picture import Picture, Table

ACROSS, STEP, DOWN = 14, 12, 14
MOST_DOTS = 120
SIZES = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Week:
    """One week: its two lines of caption, and how many were settled, came back, or cannot be known yet."""

    label: str
    total: str
    settled: int
    back: int
    unknown: int

    @property
    def customers(self) -> int:
        return self.settled + self.back + self.unknown


def dot_size(weeks: Sequence[Week]) -> int:
    """How many customers one dot stands for, so that no week needs more dots than can be looked at."""
    most = max((week.customers for week in weeks), default=0)
    return next((size for size in SIZES if most / size <= MOST_DOTS), SIZES[-1])


def customers(hand: Hand, weeks: Sequence[Week], finding: str, behind: Table) -> Picture:
    """The weeks side by side, oldest first; on a phone two and two."""
    return Picture(finding, _drawn(hand, weeks, 4, finding), _drawn(hand, weeks, 2, finding), behind)


def _drawn(hand: Hand, weeks: Sequence[Week], side_by_side: int, finding: str) -> SafeString:
    size = dot_size(weeks)
    lines = max((-(-_dots(week, size) // ACROSS) for week in weeks), default=1)
    tall = lines * DOWN + 56
    rows = -(-len(weeks) // side_by_side)
    wide = ACROSS * STEP + 20
    drawing = Drawing(side_by_side * wide, rows * tall, hand.time_mirrored)
    for place, week in enumerate(weeks):
        x, y = (place % side_by_side) * wide, (place // side_by_side) * tall
        _week(drawing, week, size, x, y)
        drawing.text("soft", x, y + lines * DOWN + 18, week.label)
        drawing.text("strong", x, y + lines * DOWN + 35, week.total)
    return drawing.svg(finding)


def _dots(week: Week, size: int) -> int:
    return sum(round(part / size) for part in (week.settled, week.back, week.unknown))


def _week(drawing: Drawing, week: Week, size: int, x: float, y: float) -> None:
    kinds = [
        *["dot"] * round(week.settled / size),
        *["dot back"] * round(week.back / size),
        *["dot hollow"] * round(week.unknown / size),
    ]
    for number, css in enumerate(kinds):
        drawing.circle(css, x + 5 + number % ACROSS * STEP, y + 8 + number // ACROSS * DOWN, 4 if css == "dot" else 3.6)
