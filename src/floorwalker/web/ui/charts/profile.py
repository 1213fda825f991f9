"""One day by quarters of an hour: what is expected, with doubt, what has come so far, and where we are now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from floorwalker.core.measures import Unit
from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.hand import Hand
from floorwalker.web.ui.charts.lines import runs
from floorwalker.web.ui.charts.picture import Picture, Table
from floorwalker.web.ui.charts.scale import Scale, spanning, steps

WIDE, NARROW = 1152, 358
QUARTER = 15
NOW_ROOM = 42
LETTER = 7


@dataclass(frozen=True)
class Quarter:
    """A quarter of an hour (or `length` minutes) from `minute`: expected contacts, 1 in 10 to 9 in 10, and what came so far."""

    minute: int
    expected: float
    low: float
    high: float
    came: float | None = None
    length: int = QUARTER


@dataclass(frozen=True)
class Words:
    """What is written on the picture."""

    expected: str
    total: str
    doubt: str
    came: str
    peak: str
    peak_hours: str


def profile(
    hand: Hand, quarters: Sequence[Quarter], peak: tuple[int, int], now: int | None, finding: str, words: Words, behind: Table
) -> Picture:
    """The expected day as a line in a band; the peak from `peak[0]` to `peak[1]` (minutes) as a pale column; `now` in front."""
    return Picture(
        finding,
        _drawn(hand, quarters, peak, now, finding, words, WIDE, 190, 176),
        _drawn(hand, quarters, peak, now, finding, words, NARROW, 190, 34),
        behind,
    )


def _drawn(
    hand: Hand,
    quarters: Sequence[Quarter],
    peak: tuple[int, int],
    now: int | None,
    finding: str,
    words: Words,
    width: int,
    height: int,
    margin: int,
) -> SafeString:
    drawing = Drawing(width, height, hand.time_mirrored)
    first, last = quarters[0].minute, quarters[-1].minute + quarters[-1].length
    across = Scale(first, last, margin, width - (8 if width == WIDE else 2))
    values = [each for quarter in quarters for each in (quarter.high, quarter.came, quarter.low)]
    down = spanning(values, height - 12, 40, from_zero=True)
    _hours(drawing, hand, across, height, 60 if width == WIDE else 60 * max(1, round((last - first) / 60 / 5)), now)
    _amounts(drawing, hand, down, width, margin)
    drawing.rect("kept-for", across(peak[0]), 22, across(peak[1]) - across(peak[0]), height - 34)
    _expected(drawing, quarters, across, down)
    _peak(drawing, quarters, peak, across, down, words)
    _came(drawing, quarters, across, down, words)
    if width == WIDE:
        drawing.text("strong", 0, 62, words.expected)
        drawing.text("", 0, 79, words.total)
        drawing.text("", 0, 95, words.doubt)
    if now is not None and first <= now <= last:
        _now(drawing, hand, across(now), now, height)
    return drawing.svg(finding)


def _hours(drawing: Drawing, hand: Hand, across: Scale, height: int, every: int, now: int | None) -> None:
    """A line for each hour and its name, unless `now` stands there or the last one would touch the one before."""
    end = int(across.high)
    for minute in range(-(-int(across.low) // every) * every, end + 1, every):
        drawing.line("grid", across(minute), 26, across(minute), height - 12)
        hidden_by_now = now is not None and abs(across(minute) - across(now)) < NOW_ROOM
        touches_the_last = end % every == 0 and minute < end and across(end) - across(minute) < NOW_ROOM
        if not hidden_by_now and not touches_the_last:
            drawing.text("", across(minute), 16, hand.reader.clock(minute), "end" if minute == end else "middle")


def _amounts(drawing: Drawing, hand: Hand, down: Scale, width: int, margin: int) -> None:
    for value in steps(0, down.high, Unit.COUNT, 3):
        drawing.line("axis" if value == 0 else "grid", margin, down(value), width - 2, down(value))
        drawing.text("", margin - 8, down(value) + 4, hand.write(value), "end")


def _middles(quarters: Sequence[Quarter], across: Scale) -> list[float]:
    return [across(quarter.minute + quarter.length / 2) for quarter in quarters]


def _expected(drawing: Drawing, quarters: Sequence[Quarter], across: Scale, down: Scale) -> None:
    xs = _middles(quarters, across)
    low = [(x, down(quarter.low)) for x, quarter in zip(xs, quarters, strict=True)]
    high = [(x, down(quarter.high)) for x, quarter in zip(xs, quarters, strict=True)]
    drawing.band("band", low, high)
    drawing.path("line", [(x, down(quarter.expected)) for x, quarter in zip(xs, quarters, strict=True)])


def _came(drawing: Drawing, quarters: Sequence[Quarter], across: Scale, down: Scale, words: Words) -> None:
    xs = _middles(quarters, across)
    known = runs([(x, None if q.came is None else down(q.came)) for x, q in zip(xs, quarters, strict=True)])
    for run in known:
        drawing.path("line planned", run)
    if known:
        x, y = known[-1][-1]
        drawing.circle("dot", x, y, 3)
        drawing.text("strong halo", x + 8, y + 4, words.came)


def _peak(
    drawing: Drawing, quarters: Sequence[Quarter], peak: tuple[int, int], across: Scale, down: Scale, words: Words
) -> None:
    """Beside the pale column, on the side that has room for the words."""
    told = words.peak if drawing.width == WIDE else words.peak_hours
    highest = max((quarter.high for quarter in quarters if peak[0] <= quarter.minute < peak[1]), default=0.0)
    fits = across(peak[1]) + LETTER * len(told) < across.end
    x, anchor = (across(peak[1]) + 8, "start") if fits else (across(peak[0]) - 8, "end")
    drawing.text("strong halo", x, down(highest) + 10, told, anchor)


def _now(drawing: Drawing, hand: Hand, x: float, now: int, height: int) -> None:
    drawing.line("now", x, 22, x, height - 12)
    drawing.rect("now-ground", x - 20, 4, 40, 17)
    drawing.text("now-words", x, 16, hand.reader.clock(now), "middle")
