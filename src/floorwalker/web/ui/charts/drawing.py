"""One SVG under construction. x grows with reading: mirrored for those who read from the right."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

Point = tuple[float, float]


class Drawing:
    """A picture of `width` by `height` pixels. All colours come from classes; a mirrored one flips every x, and no shape."""

    def __init__(self, width: float, height: float, mirrored: bool = False) -> None:
        self.width, self.height, self.mirrored = width, height, mirrored
        self._parts: list[str] = []

    def _x(self, x: float) -> str:
        return f"{self.width - x if self.mirrored else x:.1f}"

    def line(self, css: str, x1: float, y1: float, x2: float, y2: float) -> None:
        self._parts.append(f'<line class="{css}" x1="{self._x(x1)}" x2="{self._x(x2)}" y1="{y1:.1f}" y2="{y2:.1f}"/>')

    def path(self, css: str, points: Sequence[Point], closed: bool = False) -> None:
        if points:
            steps = "L".join(f"{self._x(x)},{y:.1f}" for x, y in points)
            self._parts.append(f'<path class="{css}" d="M{steps}{"Z" if closed else ""}"/>')

    def band(self, css: str, low: Sequence[Point], high: Sequence[Point]) -> None:
        """The area between two lines that share their xs."""
        self.path(css, [*high, *reversed(low)], closed=True)

    def rect(self, css: str, x: float, y: float, width: float, height: float) -> None:
        start = self.width - x - width if self.mirrored else x
        self._parts.append(f'<rect class="{css}" x="{start:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>')

    def hatch(self, css: str, x: float, y: float, width: float, height: float, step: float = 6) -> None:
        """Slanting lines over a rectangle; those of neighbours join. Drawn as lines, so that no pattern needs a name."""
        first = int((x + y) // step) + 1
        parts = []
        for number in range(first, int((x + width + y + height) // step) + 1):
            at = number * step
            x1, x2 = max(x, at - y - height), min(x + width, at - y)
            if x2 > x1:
                parts.append(f"M{self._x(x1)},{at - x1:.1f}L{self._x(x2)},{at - x2:.1f}")
        if parts:
            self._parts.append(f'<path class="{css}" d="{"".join(parts)}"/>')

    def circle(self, css: str, x: float, y: float, r: float) -> None:
        self._parts.append(f'<circle class="{css}" cx="{self._x(x)}" cy="{y:.1f}" r="{r}"/>')

    def text(self, css: str, x: float, y: float, words: str, anchor: str = "start") -> None:
        """Words that start, end or have their middle at x."""
        self._parts.append(
            format_html('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', css, self._x(x), f"{y:.1f}", anchor, words)
        )

    def svg(self, finding: str = "") -> SafeString:
        """The finished picture; without a finding it is an ornament that says nothing to a screen reader."""
        told = format_html('role="img" aria-label="{}"', finding) if finding else mark_safe('aria-hidden="true"')
        return format_html(
            '<svg class="picture" viewBox="0 0 {0} {1}" width="{0}" height="{1}" direction="{2}" {3}>{4}</svg>',
            f"{self.width:g}",
            f"{self.height:g}",
            "rtl" if self.mirrored else "ltr",
            told,
            mark_safe("".join(self._parts)),  # noqa: S308  numbers, classes and words escaped by text()
        )
