"""The small picture of a measure: a person's days over their own usual range; a step where it changed, diamonds for blips."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from floorwalker.web.signatures.judging import RECENT
from floorwalker.web.signatures.models import Finding, Trait
from floorwalker.web.signatures.wording import name, value
from floorwalker.web.ui.charts import Picture, Table
from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.hand import Hand
from floorwalker.web.ui.charts.lines import runs
from floorwalker.web.ui.charts.scale import Scale, spanning
from floorwalker.web.ui.reader import Reader

WIDTH, HEIGHT, ROOM = 330, 78, 56
TOP, BASE, CAPTION = 8, 56, 73
"""ROOM: for the last value at the end of the line."""
DAYS = 60
DIAMOND = 4.2
NO_BAND = (Trait.State.YOUNG, Trait.State.NEWCOMER)
NARROWER = 1.645 / 1.96
"""The range drawn holds nine days in ten; the engine's holds nineteen in twenty."""


@dataclass(frozen=True)
class Shown:
    """One day at work; the usual is None where none is known."""

    at: date
    value: float
    low: float | None
    usual: float | None
    high: float | None


def shown_days(trait: Trait) -> list[Shown]:
    """The last sixty days at work."""
    return [_shown(at, measured, *range_) for at, measured, _weight, *range_ in trait.days[-DAYS:]]


def _shown(at: str, measured: float, low: float | None, usual: float | None, high: float | None) -> Shown:
    if low is None or usual is None or high is None:
        return Shown(date.fromisoformat(at), measured, None, None, None)
    return Shown(date.fromisoformat(at), measured, usual - (usual - low) * NARROWER, usual, usual + (high - usual) * NARROWER)


def picture_of(trait: Trait, lasting: Finding | None, blips: Sequence[Finding], says: str, reader: Reader) -> Picture:
    """Drawn by the same grammar as large charts; `says` is the finding in words."""
    days = shown_days(trait)
    if trait.state in NO_BAND:
        days = [Shown(day.at, day.value, None, None, None) for day in days]
    drawing = Drawing(WIDTH, HEIGHT, Hand(reader).time_mirrored)
    across = Scale(0, max(len(days) - 1, 1), 2, WIDTH - ROOM)
    down = spanning([each for day in days for each in (day.value, day.low, day.high)], BASE, TOP)
    changed = next((place for place, day in enumerate(days) if lasting and day.at >= lasting.onset), None)
    _band(drawing, days[:changed] if changed is not None else days, across, down)
    if lasting and changed is not None:
        _step(drawing, days, changed, lasting, across, down)
    for run in runs([(across(place), down(day.value)) for place, day in enumerate(days)]):
        drawing.path("line thin", run)
    _marks(drawing, days, blips, across, down)
    _ends(drawing, trait.measure, days, across, down, reader)
    return Picture(says, drawing.svg(says), behind=_table(trait.measure, days, reader))


def _band(drawing: Drawing, days: Sequence[Shown], across: Scale, down: Scale) -> None:
    lows = runs([(across(place), None if day.low is None else down(day.low)) for place, day in enumerate(days)])
    highs = runs([(across(place), None if day.high is None else down(day.high)) for place, day in enumerate(days)])
    for low, high in zip(lows, highs, strict=True):
        drawing.band("band", low, high)


def _step(drawing: Drawing, days: Sequence[Shown], first: int, finding: Finding, across: Scale, down: Scale) -> None:
    """The old usual goes on dotted; the new level stands in its own soft band, after a slope where it came bit by bit."""
    start, end = across(first), across(len(days) - 1)
    old, new = down(finding.usual), down(finding.usual + finding.size)
    edges = sorted((down(finding.usual + finding.size_low), down(finding.usual + finding.size_high)))
    recent = next((place for place, day in enumerate(days) if day.at > days[-1].at - RECENT), first)
    reached = across(max(recent, first)) if finding.is_gradual else start
    drawing.rect("look-soft", reached, edges[0], max(end - reached, 1), max(edges[1] - edges[0], 1))
    drawing.path("usual", [(start, old), (end, old)])
    drawing.path("level", [(start, old), (reached, new), (end, new)])


def _marks(drawing: Drawing, days: Sequence[Shown], blips: Sequence[Finding], across: Scale, down: Scale) -> None:
    for place, day in enumerate(days):
        if any(blip.onset <= day.at <= (blip.until or blip.onset) for blip in blips):
            x, y = across(place), down(day.value)
            drawing.path("blip", [(x, y - DIAMOND), (x + DIAMOND, y), (x, y + DIAMOND), (x - DIAMOND, y)], closed=True)


def _ends(drawing: Drawing, measure: str, days: Sequence[Shown], across: Scale, down: Scale, reader: Reader) -> None:
    if not days:
        return
    last = days[-1]
    outside = last.low is not None and last.high is not None and not last.low <= last.value <= last.high
    drawing.circle("dot out" if outside else "dot", across(len(days) - 1), down(last.value), 3)
    drawing.text("strong", across(len(days) - 1) + 9, down(last.value) + 4, value(measure, last.value, reader))
    drawing.text("", across(0), CAPTION, reader.day(days[0].at, "short"))
    drawing.text("", WIDTH - ROOM, CAPTION, reader.day(last.at, "short"), "end")


def _table(measure: str, days: Sequence[Shown], reader: Reader) -> Table:
    rows = tuple(
        (
            reader.day(day.at, "medium"),
            value(measure, day.value, reader),
            "–" if day.low is None else value(measure, day.low, reader),
            "–" if day.high is None else value(measure, day.high, reader),
        )
        for day in reversed(days)
    )
    caption = gettext("%(measure)s, day by day") % {"measure": name(measure)}
    return Table(caption, (gettext("Day"), gettext("Value"), gettext("Usual from"), gettext("Usual to")), rows)
