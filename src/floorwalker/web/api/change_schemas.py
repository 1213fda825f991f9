"""What the API answers about changes, their stories and the watch list. Sizes are in the measure's own unit: contacts a day,
shares of 1, seconds."""

from datetime import date, datetime

from ninja import Schema

from floorwalker.web.changes import wording
from floorwalker.web.changes.costs import cost_of
from floorwalker.web.changes.models import Finding, Ruling, Series, Story, Watch
from floorwalker.web.changes.places import DIMENSIONS
from floorwalker.web.changes.queries import Change
from floorwalker.web.changes.telling import days_of_doubt
from floorwalker.web.ui.reader import Reader


class ToldStory(Schema):
    """One sentence by a person about a change of `measure`: of a queue, channel, topic (reason for contact) or team, or of the
    whole site where all four are empty."""

    measure: str
    queue: str
    channel: str
    topic: str
    team: str
    onset: date
    text: str
    event: str
    by: str
    at: datetime


class MadeRuling(Schema):
    """What a person decided above the software: blip, normal, as_was or nothing."""

    kind: str
    by: str
    at: datetime


class FoundChange(Schema):
    """One change. `verdict` is lasting, blip or early; `until` its last day when it is over; `sure` the chance behind it."""

    id: int
    measure: str
    queue: str
    channel: str
    topic: str
    team: str
    verdict: str
    sentence: str
    onset: date
    until: date | None
    decided: date | None
    days_of_doubt: int
    sure: float
    size: float
    size_low: float
    size_high: float
    usual: float
    same_in: list[str]
    held_back: bool
    story: ToldStory | None
    ruling: MadeRuling | None


class Chance(Schema):
    """How sure we were at the end of a day: shares of 1."""

    day: date
    nothing: float
    blip: float
    lasting: float


class Day(Schema):
    """A day near a change, its value and its usual range."""

    day: date
    value: float | None
    low: float | None
    usual: float | None
    high: float | None


class OneChange(FoundChange):
    """A change with its days."""

    chances: list[Chance]
    days: list[Day]


class WatchedChange(FoundChange):
    """A change without a verdict; `cost_minutes` is what it would cost a day if it lasted, in minutes of work."""

    cost_minutes: float
    assigned_to: str
    muted_until: date | None
    followed_by_me: bool


def change(found: Change, reader: Reader) -> dict[str, object]:
    """A change for a program."""
    each = found.finding
    same = {name: getattr(each, name) for name in ("measure", "onset", "until", "decided", "sure")}
    sizes = {name: getattr(each, name) for name in ("size", "size_low", "size_high", "usual")}
    return {
        **same,
        **sizes,
        **_place(each),
        "id": each.pk,
        "verdict": str(each.kind),
        "sentence": wording.sentence(each, reader).replace("\u2068", "").replace("\u2069", ""),
        "days_of_doubt": days_of_doubt(each),
        "same_in": list(found.same_in),
        "held_back": each.is_held,
        "story": story(found.story) if found.story else None,
        "ruling": _ruling(found.ruling) if found.ruling else None,
    }


def one_change(found: Change, reader: Reader) -> dict[str, object]:
    """A change with its days for a program."""
    finding: Finding = found.finding
    chances = [dict(zip(("day", "nothing", "blip", "lasting"), row, strict=True)) for row in finding.chances]
    days = [dict(zip(("day", "value", "low", "usual", "high"), row, strict=True)) for row in finding.days]
    return {**change(found, reader), "chances": chances, "days": days}


def watched(found: Change, watch: Watch | None, handle_s: float | None, user_pk: int, reader: Reader) -> dict[str, object]:
    """An undecided change for a program."""
    return {
        **change(found, reader),
        "cost_minutes": cost_of(found.finding, handle_s).minutes,
        "assigned_to": str(watch.assigned_to) if watch and watch.assigned_to else "",
        "muted_until": watch.muted_until if watch else None,
        "followed_by_me": watch is not None and any(each.pk == user_pk for each in watch.followers.all()),
    }


def story(told: Story) -> ToldStory:
    """A story for a program."""
    event = told.event.name if told.event else ""
    return ToldStory(
        measure=told.measure,
        **_place(told),
        onset=told.onset,
        text=told.text,
        event=event,
        by=str(told.by),
        at=told.at,
    )


def _place(about: Series) -> dict[str, str]:
    return {name: about.place.in_(name) for name in DIMENSIONS}


def _ruling(made: Ruling) -> MadeRuling:
    return MadeRuling(kind=str(made.kind), by=str(made.by), at=made.at)
