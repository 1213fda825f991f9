"""How sure we were, day by day: one line for each kind, and the rule below which no verdict is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.hand import Hand
from floorwalker.web.ui.charts.marks import draw_diamond
from floorwalker.web.ui.charts.picture import Picture, Table
from floorwalker.web.ui.charts.scale import Scale

WIDTH, HEIGHT = 340, 200
START, END = 44, 96
TOP, BASE = 20, 150
APART = 14.0
MOST_LABELS = 8


@dataclass(frozen=True)
class Chance:
    """One day since the onset: the three chances, shares of one."""

    nothing: float
    blip: float
    lasting: float


@dataclass(frozen=True)
class ChanceWords:
    """The words on the picture. The last three name the lines at their end."""

    since: str
    given: str
    lasting: str
    blip: str
    nothing: str


def chances(
    hand: Hand, days: Sequence[Chance], sure: float, given: int | None, finding: str, words: ChanceWords, behind: Table
) -> Picture:
    """`sure` is the chance below which nothing is decided, `given` the day on which the verdict was, counted from the onset."""
    return Picture(finding, _drawn(hand, days, sure, given, finding, words), behind=behind)


def _drawn(hand: Hand, days: Sequence[Chance], sure: float, given: int | None, finding: str, words: ChanceWords) -> SafeString:
    drawing = Drawing(WIDTH, HEIGHT, hand.time_mirrored)
    across, down = Scale(0, max(len(days) - 1, 1), START, WIDTH - END), Scale(0, 1, BASE, TOP)
    for share in (0.0, 0.5, 1.0):
        drawing.line("grid", START, down(share), WIDTH - END, down(share))
        drawing.text("", 0, down(share) + 4, hand.reader.percent(share))
    drawing.line("axis", START, down(sure), WIDTH - END, down(sure))
    drawing.text("strong", 0, down(sure) + 4, hand.reader.percent(sure))
    if given is not None and 0 <= given < len(days):
        x = across(given)
        drawing.line("onset", x, TOP, x, BASE)
        drawing.text("strong halo", x, TOP - 6, words.given, "end" if x > (START + WIDTH - END) / 2 else "start")
    drawing.path("usual", [(across(place), down(day.nothing)) for place, day in enumerate(days)])
    drawing.path("line thin", [(across(place), down(day.blip)) for place, day in enumerate(days)])
    drawing.path("level", [(across(place), down(day.lasting)) for place, day in enumerate(days)])
    for place, day in enumerate(days):
        drawing.circle("dot shift", across(place), down(day.lasting), 3)
        draw_diamond(drawing, across(place), down(day.blip))
    _ends(drawing, days, words, down)
    every = max(1, -(-len(days) // MOST_LABELS))
    for place in range(0, len(days), every):
        drawing.text("", across(place), BASE + 18, hand.reader.number(place), "middle")
    drawing.text("", START, BASE + 38, words.since)
    return drawing.svg(finding)


def _ends(drawing: Drawing, days: Sequence[Chance], words: ChanceWords, down: Scale) -> None:
    """The lines named at their end, pushed apart so that the words never touch."""
    last = days[-1]
    named = sorted([(down(last.lasting), "strong", words.lasting), (down(last.blip), "strong", words.blip),
                    (down(last.nothing), "", words.nothing)])  # fmt: skip
    floor = TOP - APART
    for order, (y, css, said) in enumerate(named):
        floor = max(min(y, BASE - APART * (len(named) - 1 - order)), floor + APART)
        drawing.text(css, WIDTH - END + 10, floor + 4, said)
