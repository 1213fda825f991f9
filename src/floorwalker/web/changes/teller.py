"""What Pulse is told about a measure's days: stories and shifts on the chart, and what its usual leaves out."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from floorwalker.web.accounts.rules import may_read_site
from floorwalker.web.changes import wording
from floorwalker.web.changes.cards import shape_of, told_story
from floorwalker.web.changes.ledger import Ledger
from floorwalker.web.changes.models import Finding
from floorwalker.web.changes.queries import Asked as WhichChanges
from floorwalker.web.changes.queries import Change, changes_of, told_of
from floorwalker.web.changes.series import WATCHED
from floorwalker.web.pulse.asked import Asked
from floorwalker.web.pulse.marks import Known, StoryLine
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.pulse.usual import NOTHING_TOLD
from floorwalker.web.ui.charts import Marks, Pin, Step
from floorwalker.web.ui.reader import Reader

MOST = 9


def known(desk: Desk, ask: Asked, reader: Reader) -> Known:
    """For the whole site, one queue or one team; any other question is about days of which nobody was told anything."""
    place = _place(ask)
    if place is None or ask.measure not in WATCHED or ask.definition or not may_read_site(desk.viewer):
        return Known()
    queue, team = place
    ledger = Ledger(desk, draws=False)
    asked = WhichChanges(ask.measure, queue, "", team)
    found = [each for each in changes_of(ledger, asked) if (each.finding.queue, each.finding.team) == place]
    shown = [each for each in found if each.finding.onset <= ask.until and _last(each.finding, ask) >= ask.since]
    lines = sorted(_worth_a_line(shown), key=lambda each: each.finding.onset)
    told = [each for each in lines if each.story]
    numbers = {each.finding.pk: reader.number(place + 1) for place, each in enumerate(told)}
    return Known(
        marks=_marks(shown, numbers) if ask.step == "day" else Marks(pins=_pins(told, numbers)),
        told=told_of(ledger).get((ask.measure, queue, team), NOTHING_TOLD),
        stories=tuple(_line(each, numbers.get(each.finding.pk, ""), reader) for each in lines),
    )


def _place(ask: Asked) -> tuple[str, str] | None:
    if not ask.where:
        return "", ""
    if len(ask.where) > 1 or len(ask.where[0].values) != 1:
        return None
    return {"queue": (ask.where[0].values[0], ""), "team": ("", ask.where[0].values[0])}.get(ask.where[0].dimension)


def _last(finding: Finding, ask: Asked) -> date:
    return ask.until if finding.lasts else finding.until or ask.until


def _worth_a_line(changes: Sequence[Change]) -> list[Change]:
    """All with a story; of the others the latest, so that the list stays one to read."""
    told = [each for each in changes if each.story]
    return [*told, *[each for each in changes if not each.story][: max(MOST - len(told), 3)]]


def _pins(told: Sequence[Change], numbers: dict[int, str]) -> tuple[Pin, ...]:
    return tuple(Pin(each.finding.onset, numbers[each.finding.pk], each.story.text) for each in told if each.story)


def _marks(changes: Sequence[Change], numbers: dict[int, str]) -> Marks:
    findings = [each.finding for each in changes]
    lasting = max((each for each in findings if each.lasts), key=lambda each: each.onset, default=None)
    steps = () if lasting is None else (_step(lasting),)
    blips = {day for each in findings if each.kind == Finding.Kind.BLIP for day in each.blip_days}
    return Marks(_pins([each for each in changes if each.story], numbers), steps, frozenset(blips))


def _step(each: Finding) -> Step:
    low, high = each.usual + each.size_low, each.usual + each.size_high
    return Step(each.onset, each.until, each.usual, each.usual + each.size, low, high)


def _line(change: Change, number: str, reader: Reader) -> StoryLine:
    finding = change.finding
    story = told_story(change.story, reader) if change.story else None
    return StoryLine(
        number=number,
        text=story.text if story else "",
        by=story.by if story else "",
        url=reverse("changes-one", args=[finding.pk]),
        shape=shape_of(finding),
        verdict=wording.verdict(finding, reader),
        sentence=wording.sentence(finding, reader),
    )
