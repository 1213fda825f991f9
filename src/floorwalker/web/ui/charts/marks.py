"""What stands on a chart of days beside its values: stories as pins, blips as diamonds, lasting shifts as steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.hand import Hand
from floorwalker.web.ui.charts.scale import Scale

PINS = 30
"""Room above a picture for its pins."""
PIN, WORDS_FROM = 9.0, 15.0
LETTER = 6.6
DIAMOND = 4.6


@dataclass(frozen=True)
class Pin:
    """A story's number in a circle above its day, with a few words; the same number stands in the list below."""

    at: date
    number: str
    words: str


@dataclass(frozen=True)
class Step:
    """A lasting shift: from `old` to `level`, which lies between `low` and `high`; until None: to the end of the picture."""

    since: date
    until: date | None
    old: float
    level: float
    low: float
    high: float


@dataclass(frozen=True)
class Marks:
    """Everything that is marked on one picture."""

    pins: tuple[Pin, ...] = ()
    steps: tuple[Step, ...] = ()
    blips: frozenset[date] = frozenset()

    @property
    def values(self) -> list[float]:
        """What the picture's scale has to hold."""
        return [value for step in self.steps for value in (step.old, step.low, step.high)]


def place_of(days: Sequence[date], at: date) -> int | None:
    """The place of the last point on or before a day; None outside of the picture."""
    if not days or at < days[0] or (at - days[-1]).days > 31:
        return None
    return max((place for place, day in enumerate(days) if day <= at), default=None)


def draw_steps(drawing: Drawing, hand: Hand, days: Sequence[date], marks: Marks, across: Scale, down: Scale) -> None:
    """The old usual goes on dotted, the new level stands in its own soft band; both are named at the end."""
    for step in marks.steps:
        first = 0 if days and step.since < days[0] else place_of(days, step.since)
        if first is None or (step.until is not None and step.until < days[0]):
            continue
        last = len(days) - 1 if step.until is None else place_of(days, step.until)
        start, end = across(first), across(len(days) - 1 if last is None else last)
        old, new = down(step.old), down(step.level)
        edges = sorted((down(step.low), down(step.high)))
        drawing.rect("look-soft", start, edges[0], max(end - start, 1), max(edges[1] - edges[0], 1))
        drawing.path("usual", [(start, old), (end, old)])
        drawing.path("level", [(start, old), (start, new), (end, new)])
        if step.until is None:
            apart = 0.0 if abs(old - new) >= 14 else (14 - abs(old - new)) / 2
            sign = 1 if new > old else -1
            drawing.text("strong halo", end + 8, new + 4 + sign * apart, hand.write(step.level))
            drawing.text("halo", end + 8, old + 4 - sign * apart, hand.write(step.old))


def draw_diamond(drawing: Drawing, x: float, y: float) -> None:
    """A blip: the band runs on underneath."""
    drawing.path("blip", [(x, y - DIAMOND), (x + DIAMOND, y), (x, y + DIAMOND), (x - DIAMOND, y)], closed=True)


def draw_pins(
    drawing: Drawing, days: Sequence[date], heights: Sequence[float | None], marks: Marks, across: Scale, width: float
) -> None:
    """Pins above, each with its stem to the day; words where there is room before the next one."""
    placed = [(across(place), place, pin) for pin in marks.pins if (place := place_of(days, pin.at)) is not None]
    placed.sort(key=lambda each: each[0])
    for order, (x, place, pin) in enumerate(placed):
        height = heights[place]
        drawing.line("stem", x, PIN * 2 + 3, x, (PINS + 30 if height is None else height) - 5)
        drawing.circle("pin", x, PIN + 2, PIN)
        drawing.text("strong", x, PIN + 6, pin.number, "middle")
        room = (placed[order + 1][0] - PIN if order + 1 < len(placed) else width) - x - WORDS_FROM
        words = pin.words if len(pin.words) * LETTER <= room else pin.words[: max(int(room / LETTER) - 1, 0)].rstrip() + "…"
        if room > LETTER * 8:
            drawing.text("say", x + WORDS_FROM, PIN + 6, words)
