"""The two small pictures: a number against its usual range, and a run of days."""

from collections.abc import Sequence

from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.hand import Hand
from floorwalker.web.ui.charts.picture import Picture
from floorwalker.web.ui.charts.scale import Scale, spanning
from floorwalker.web.ui.values import rounded

WIDTH, HEIGHT = 240, 36
MIDDLE = 12.0
EDGE = 20.0


def number_line(hand: Hand, value: float | None, low: float, high: float, finding: str, target: float | None = None) -> Picture:
    """A filled dot inside the usual range `low`..`high`, a larger ring outside; the target as an upright tick.

    The range keeps about the same width on every line, so that how far out a ring lies can be compared between lines.
    """
    drawing = Drawing(WIDTH, HEIGHT, hand.mirrored)
    scale = _around(low, high)
    drawing.line("grid", 6, MIDDLE, WIDTH - 6, MIDDLE)
    drawing.rect("band", scale(low), 5, max(scale(high) - scale(low), 2), 14)
    _ends(drawing, hand, scale, low, high)
    if target is not None and 6 <= scale(target) <= WIDTH - 6:
        drawing.line("now", scale(target), 3, scale(target), 21)
    if value is not None:
        inside = low <= value <= high
        place = min(max(scale(value), EDGE / 2), WIDTH - EDGE / 2)
        drawing.circle("dot" if inside else "dot out", place, MIDDLE, 5 if inside else 5.2)
    return Picture(finding, drawing.svg(finding))


def _around(low: float, high: float) -> Scale:
    """The usual range takes the middle two fifths; a single value stands in the middle."""
    room = 0.75 * (high - low) or abs(high) * 0.1 or 1.0
    return Scale(low - room, high + room, EDGE, WIDTH - EDGE)


def _ends(drawing: Drawing, hand: Hand, scale: Scale, low: float, high: float) -> None:
    """Both ends named; pushed apart so that long words never touch."""
    first, second = hand.write(low), hand.write(high)
    if first == second:
        drawing.text("", scale((low + high) / 2), 33, first, "middle")
        return
    drawing.text("", scale(low) + 6, 33, first, "end" if len(first) > 5 else "middle")
    drawing.text("", scale(high) - 6, 33, second, "start" if len(second) > 5 else "middle")


def sparkline(
    hand: Hand, values: Sequence[float | None], low: float | None, high: float | None, finding: str, width: int = 330
) -> Picture:
    """A run of days, oldest first, over its usual range; the last known value is named, and stands where its words say.

    Unknown days are gaps.
    """
    height, room = 62, 52
    drawing = Drawing(width, height, hand.time_mirrored)
    across = Scale(0, max(len(values) - 1, 1), 2, width - room)
    down = spanning([*values, low, high], height - 8, 8)
    if low is not None and high is not None:
        drawing.rect("band", 2, down(high), width - room - 2, max(down(low) - down(high), 1))
    for run in runs([(across(place), None if value is None else down(value)) for place, value in enumerate(values)]):
        if len(run) > 1:
            drawing.path("line thin", run)
        else:
            drawing.circle("dot-alone", *run[0], 1.4)
    last = next((place for place in range(len(values) - 1, -1, -1) if values[place] is not None), None)
    if last is not None:
        value = values[last]
        assert value is not None  # noqa: S101
        outside = low is not None and high is not None and not _within(hand, low, value, high)
        drawing.circle("dot out" if outside else "dot", across(last), down(value), 3)
        drawing.text("strong", across(last) + 9, down(value) + 4, hand.write(value))
    return Picture(finding, drawing.svg(finding))


def _within(hand: Hand, low: float, value: float, high: float) -> bool:
    """As it is read: a value that reads like an end of the range is in it."""
    return rounded(hand.unit, low) <= rounded(hand.unit, value) <= rounded(hand.unit, high)


def runs(points: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """The stretches of known points: a line is broken where a day is unknown, never drawn through it."""
    found: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is None:
            if found[-1]:
                found.append([])
        else:
            found[-1].append((x, y))
    return [run for run in found if run]
