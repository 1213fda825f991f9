"""What Pulse is told about a measure's days: stories and shifts on the chart, and what its usual leaves out."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from floorwalker.web.accounts.rules import may_read_site
from floorwalker.web.changes import wording
from floorwalker.web.changes.cards import shape_of, told_story
from floorwalker.web.changes.ledger import Ledger
from floorwalker.web.changes.models import Finding
from floorwalker.web.changes.places import DIMENSIONS, SITE, Place
from floorwalker.web.changes.queries import Asked as WhichChanges
from floorwalker.web.changes.queries import Change, changes_of, story_of, told_of
from floorwalker.web.changes.series import WATCHED
from floorwalker.web.pulse.asked import Asked
from floorwalker.web.pulse.marks import Known, StoryLine
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.pulse.usual import NOTHING_TOLD
from floorwalker.web.ui.charts import Marks, Pin, Step
from floorwalker.web.ui.reader import Reader

MOST = 9


def known(desk: Desk, ask: Asked, reader: Reader) -> Known:
    """For the whole site and for one value of what is watched; any other question is about days of which nobody was told.

    Where the numbers are cut by queue, channel, reason or team, the stories of these stand in the list as well.
    """
    place = _place(ask)
    if place is None or ask.measure not in WATCHED or ask.definition or not may_read_site(desk.viewer):
        return Known()
    ledger = Ledger(desk, draws=False)
    found = [each for each in _changes(ledger, ask, place) if _is_in_time(each.finding, ask)]
    shown = [each for each in found if each.finding.place == place]
    cut = [each for each in found if each.story and each.finding.dimension == ask.cut != place.dimension]
    lines = sorted((*_worth_a_line(shown), *cut), key=lambda each: each.finding.onset)
    told = [each for each in lines if each.story and each.finding.place == place]
    numbers = {each.finding.pk: reader.number(place + 1) for place, each in enumerate(told)}
    return Known(
        marks=_marks(shown, numbers) if ask.step == "day" else Marks(pins=_pins(told, numbers)),
        told=told_of(ledger).get((ask.measure, place), NOTHING_TOLD),
        stories=tuple(_line(each, numbers.get(each.finding.pk, ""), reader) for each in lines),
    )


def _place(ask: Asked) -> Place | None:
    if not ask.where:
        return SITE
    narrowed = ask.where[0]
    if len(ask.where) > 1 or len(narrowed.values) != 1 or narrowed.dimension not in DIMENSIONS or not narrowed.values[0]:
        return None
    return Place(narrowed.dimension, narrowed.values[0])


def _changes(ledger: Ledger, ask: Asked, place: Place) -> list[Change]:
    """Those of the place, and on the whole site those of every place that has a story of its own."""
    if place.dimension:
        return changes_of(ledger, WhichChanges.of(ask.measure, place))
    of_places = [each for each in ledger.findings if each.measure == ask.measure and each.dimension and not each.is_held]
    told = [Change(each, story) for each in of_places if (story := story_of(each, ledger.stories))]
    return [*(each for each in changes_of(ledger, WhichChanges(ask.measure)) if not each.finding.dimension), *told]


def _is_in_time(finding: Finding, ask: Asked) -> bool:
    return finding.onset <= ask.until and _last(finding, ask) >= ask.since


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
