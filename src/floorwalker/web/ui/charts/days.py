"""A measure over days, weeks or months, with its usual range."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.hand import Hand
from floorwalker.web.ui.charts.lines import runs
from floorwalker.web.ui.charts.marks import PINS, Marks, draw_diamond, draw_pins, draw_steps
from floorwalker.web.ui.charts.picture import Picture, Table
from floorwalker.web.ui.charts.scale import Scale, spanning, steps

WIDE, NARROW = 1152, 358
NARROW_DAYS = 14
END_LABEL = 62
WORDS_BELOW = 14
ROOM_FOR_WORDS = 120


@dataclass(frozen=True)
class Day:
    """One point in time: its value (None: too few or none), the usual range for such a day, and what it is called."""

    at: date
    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    inner: tuple[float, float] | None = None
    """The middle half of the range."""

    @property
    def is_out(self) -> bool:
        """Outside of its usual range."""
        return (
            self.value is not None
            and self.low is not None
            and self.high is not None
            and not self.low <= self.value <= self.high
        )


def over_days(
    hand: Hand,
    days: Sequence[Day],
    finding: str,
    band_words: str,
    time_words: str,
    behind: Table,
    marks: Marks | None = None,
    on_a_phone: int = NARROW_DAYS,
) -> Picture:
    """Dots joined by a thin line over the band; days outside are rings. The last value is named at the end of the line.

    `band_words` name the band once on the picture, `time_words` say which way time runs where that needs saying; `marks` are
    the stories, blips and shifts on it. A phone shows the last `on_a_phone` days.
    """
    said, kept = (band_words, time_words), marks or Marks()
    return Picture(
        finding,
        _drawn(hand, days, WIDE, 300, finding, said, kept),
        _drawn(hand, days[-on_a_phone:], NARROW, 220, finding, (band_words, ""), kept),
        behind,
    )


def _drawn(
    hand: Hand, days: Sequence[Day], width: int, height: int, finding: str, said: tuple[str, str], marks: Marks
) -> SafeString:
    room = PINS if marks.pins else 0
    height += room
    drawing = Drawing(width, height, hand.time_mirrored)
    across = Scale(0, max(len(days) - 1, 1), 52, width - END_LABEL)
    held = [each for day in days for each in (day.value, day.low, day.high)]
    down = spanning([*held, *marks.values], height - 58, 16 + room, 0.1)
    _levels(drawing, hand, down, width)
    _band(drawing, days, across, down, said[0])
    dates = [day.at for day in days]
    draw_steps(drawing, hand, dates, marks, across, down)
    draw_pins(drawing, dates, [None if day.value is None else down(day.value) for day in days], marks, across, width)
    _points(drawing, hand, days, across, down, marks)
    _times(drawing, days, across, width, height, said[1])
    return drawing.svg(finding)


def _levels(drawing: Drawing, hand: Hand, down: Scale, width: int) -> None:
    for value in steps(down.low, down.high, hand.unit):
        drawing.line("grid", 52, down(value), width - END_LABEL, down(value))
        drawing.text("", 0, down(value) + 4, hand.write(value))


def _band(drawing: Drawing, days: Sequence[Day], across: Scale, down: Scale, words: str) -> None:
    inner = [day.inner or (None, None) for day in days]
    edges = {
        "band": ([day.low for day in days], [day.high for day in days]),
        "band inner": ([low for low, _high in inner], [high for _low, high in inner]),
    }
    for css, both in edges.items():
        lows, highs = (
            runs([(across(place), None if end is None else down(end)) for place, end in enumerate(ends)]) for ends in both
        )
        for low, high in zip(lows, highs, strict=True):
            drawing.band(css, low, high)
    if words and any(day.low is not None for day in days):
        drawing.text("soft halo", (across.start + across.end) / 2, down.start + WORDS_BELOW, words, "middle")


def _points(drawing: Drawing, hand: Hand, days: Sequence[Day], across: Scale, down: Scale, marks: Marks) -> None:
    for run in runs([(across(place), None if day.value is None else down(day.value)) for place, day in enumerate(days)]):
        drawing.path("line thin", run)
    small = len(days) > 120
    for place, day in enumerate(days):
        if day.value is not None and day.at in marks.blips:
            draw_diamond(drawing, across(place), down(day.value))
        elif day.value is not None and (day.is_out or not small):
            drawing.circle("dot out" if day.is_out else "dot", across(place), down(day.value), 3.6 if day.is_out else 2.3)
    known = [place for place, day in enumerate(days) if day.value is not None]
    if known and not any(step.until is None for step in marks.steps):
        last = known[-1]
        drawing.text("strong halo", across(last) + 8, down(days[last].value or 0.0) + 4, hand.write(days[last].value))


def _times(drawing: Drawing, days: Sequence[Day], across: Scale, width: int, height: int, time_words: str) -> None:
    base = height - 34
    drawing.line("axis", 52, base, width - END_LABEL, base)
    if not days:
        return
    most = 7 if width == WIDE else 3
    week = len({day.at.weekday() for day in days}) if len(days) > 1 and (days[1].at - days[0].at).days < 7 else 0
    last = len(days) - 1
    every = max(1, -(-last // most))
    if week and every > week:
        every = -(-every // week) * week
    places = [place for place in range(0, last + 1, every) if last - place >= every * 0.6 or place == last]
    for place in dict.fromkeys([*places, last]):
        anchor = "start" if place == 0 else "middle"
        drawing.text("", across(place), base + 20, days[place].label, anchor)
    before = across(max((place for place in places if place < last), default=0))
    if time_words and across(last) - before > ROOM_FOR_WORDS:
        drawing.text("", (across(last) + before) / 2, base + 20, time_words, "middle")
