"""A bar in a table row: solid as far as the value goes, from the side where reading starts."""

from django.utils.safestring import SafeString

from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.hand import Hand

WIDTH, HEIGHT = 160, 13


def bar(hand: Hand, value: float | None, largest: float) -> SafeString:
    """An ornament beside a written number, `largest` wide at most; nothing for an unknown or negative value."""
    drawing = Drawing(WIDTH, HEIGHT, hand.mirrored)
    if value is not None and value > 0 and largest > 0:
        drawing.rect("measured", 0, 0, max(WIDTH * min(value / largest, 1.0), 1), HEIGHT)
    return drawing.svg()
