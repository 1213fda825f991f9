"""The small picture of a change: its weeks before in their usual range, then a step, diamonds or rings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from floorwalker.web.changes.models import Finding
from floorwalker.web.ui.charts import Hand, Picture, Table
from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.lines import runs
from floorwalker.web.ui.charts.scale import Scale, spanning

WIDTH, HEIGHT, LEVEL = 240, 92, 46
"""LEVEL: room at the end of the line for the name of a level."""
BASE, TOP, CAPTION = 70, 8, 86
DIAMOND = 4.2


@dataclass(frozen=True)
class _Day:
    at: date
    value: float | None
    low: float | None
    usual: float | None
    high: float | None


def picture_of(finding: Finding, says: str, hand: Hand, behind: Table) -> Picture:
    """Drawn by the same grammar as large charts; `says` is the finding in words."""
    days = [_Day(date.fromisoformat(at), *values) for at, *values in finding.days]
    drawing = Drawing(WIDTH, HEIGHT, hand.time_mirrored)
    across = Scale(0, max(len(days) - 1, 1), 2, WIDTH - LEVEL)
    now = finding.usual + finding.size
    held = [each for day in days for each in (day.value, day.low, day.high)]
    down = spanning([*held, now], BASE, TOP)
    is_lasting = finding.kind == Finding.Kind.LASTING
    _band(drawing, days, finding.onset if is_lasting else None, across, down)
    for run in runs([(across(place), None if day.value is None else down(day.value)) for place, day in enumerate(days)]):
        drawing.path("line thin", run)
    if is_lasting:
        _step(drawing, hand, days, finding, across, down)
    else:
        _marks(drawing, days, finding, across, down)
    if days:
        drawing.text("", across(0), CAPTION, hand.reader.day(days[0].at, "short"))
        drawing.text("", WIDTH - LEVEL, CAPTION, hand.reader.day(days[-1].at, "short"), "end")
    return Picture(says, drawing.svg(says), behind=behind)


def _band(drawing: Drawing, days: Sequence[_Day], before: date | None, across: Scale, down: Scale) -> None:
    """The usual range by weekday, up to a lasting change."""
    shown = [(place, day) for place, day in enumerate(days) if before is None or day.at < before]
    lows = runs([(across(place), None if day.low is None else down(day.low)) for place, day in shown])
    highs = runs([(across(place), None if day.high is None else down(day.high)) for place, day in shown])
    for low, high in zip(lows, highs, strict=True):
        drawing.band("band", low, high)


def _step(drawing: Drawing, hand: Hand, days: Sequence[_Day], finding: Finding, across: Scale, down: Scale) -> None:
    """The old usual goes on dotted, the new level stands in its own soft band; both are named at the end."""
    after = [place for place, day in enumerate(days) if day.at >= finding.onset and day.at <= (finding.until or day.at)]
    if not after:
        return
    start, end = across(after[0]), across(after[-1])
    old, new = down(finding.usual), down(finding.usual + finding.size)
    edges = sorted((down(finding.usual + finding.size_low), down(finding.usual + finding.size_high)))
    drawing.rect("look-soft", start, edges[0], end - start, max(edges[1] - edges[0], 1))
    drawing.path("usual", [(start, old), (end, old)])
    drawing.path("level", [(start, old), (start, new), (end, new)])
    apart = 0.0 if abs(old - new) >= 12 else (12 - abs(old - new)) / 2
    sign = 1 if new > old else -1
    drawing.text("strong", WIDTH - LEVEL + 5, new + 4 + sign * apart, hand.write(finding.usual + finding.size))
    drawing.text("", WIDTH - LEVEL + 5, old + 4 - sign * apart, hand.write(finding.usual))


def _marks(drawing: Drawing, days: Sequence[_Day], finding: Finding, across: Scale, down: Scale) -> None:
    """A hollow diamond on each day of a blip; rings on days about which it is too early to say."""
    is_blip = finding.kind == Finding.Kind.BLIP
    for place, day in enumerate(days):
        if day.value is None or day.at < finding.onset or day.at > (finding.until or day.at):
            continue
        x, y = across(place), down(day.value)
        if is_blip:
            drawing.path("blip", [(x, y - DIAMOND), (x + DIAMOND, y), (x, y + DIAMOND), (x - DIAMOND, y)], closed=True)
        else:
            drawing.circle("dot out", x, y, 3)
