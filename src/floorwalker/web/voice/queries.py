"""Reading entries, as frozen values for pages, other apps and the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from floorwalker.web.accounts.models import Person
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.voice.models import Entry, Kind, State
from floorwalker.web.voice.rules import may_change, readable

CLOSED_SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One entry with the names of everybody in it; `days` is how long it has been open, `is_mine` that the viewer owes it."""

    id: int
    kind: str
    text: str
    state: str
    outcome: str
    author: str
    raised_by: str
    raised_by_id: int | None
    about_person: str
    about_person_id: int | None
    about_queue: str
    owner: str
    owner_id: int
    due: date | None
    origin: str
    confidential: bool
    at: datetime
    closed_at: datetime | None
    days: int
    is_mine: bool
    is_raised_by_me: bool
    may_change: bool

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN


def open_for(viewer: Viewer, kind: str = "") -> Sequence[Line]:
    """What the viewer owes, longest waiting first."""
    return _lines(viewer, _of(viewer, kind).filter(state=State.OPEN, owner=viewer.user))


def due(viewer: Viewer, day: date) -> Sequence[Line]:
    """What the viewer owes by `day`, the earliest first."""
    found = readable(viewer).filter(state=State.OPEN, owner=viewer.user, due__lte=day)
    return _lines(viewer, found.order_by("due", "at", "pk"))


def awaited_by(viewer: Viewer, kind: str = "") -> Sequence[Line]:
    """What others owe on something that the viewer wrote or raised, longest waiting first."""
    return _lines(viewer, _of(viewer, kind).filter(_mine(viewer), state=State.OPEN).exclude(owner=viewer.user))


def around(viewer: Viewer, kind: str = "") -> Sequence[Line]:
    """What is open among others and may be read by the viewer: as the line of somebody, or because it is about them."""
    found = _of(viewer, kind).filter(state=State.OPEN).exclude(owner=viewer.user).exclude(author=viewer.user)
    return _lines(viewer, found.exclude(raised_by=viewer.person) if viewer.person else found)


def closed_for(viewer: Viewer, kind: str = "") -> Sequence[Line]:
    """What is closed, the latest first; at most fifty."""
    found = _of(viewer, kind).exclude(state=State.OPEN).order_by("-closed_at", "-pk")
    return _lines(viewer, found[:CLOSED_SHOWN])


def about(viewer: Viewer, person: Person) -> Sequence[Line]:
    """Everything about one person that the viewer may read, oldest first."""
    return _lines(viewer, readable(viewer).filter(about_person=person))


def concerning(viewer: Viewer) -> Sequence[Line]:
    """Everything about the viewer, raised or owed by them, that they may read, oldest first."""
    return _lines(
        viewer, readable(viewer).filter(_mine(viewer) | Q(about_person=viewer.user.person_id or 0) | Q(owner=viewer.user))
    )


def _mine(viewer: Viewer) -> Q:
    """Written or raised by the viewer."""
    mine = Q(author=viewer.user)
    return mine | Q(raised_by=viewer.person) if viewer.person is not None else mine


def one(viewer: Viewer, pk: int) -> Line | None:
    """One entry, if the viewer may read it."""
    return next(iter(_lines(viewer, readable(viewer).filter(pk=pk))), None)


def _of(viewer: Viewer, kind: str) -> QuerySet[Entry]:
    found = readable(viewer)
    return found.filter(kind=kind) if kind in Kind.values else found


def _lines(viewer: Viewer, found: QuerySet[Entry]) -> Sequence[Line]:
    named = found.select_related("author__person", "owner__person", "raised_by", "about_person")
    return [_line(viewer, each) for each in named]


def _line(viewer: Viewer, entry: Entry) -> Line:
    return Line(
        id=entry.pk,
        kind=entry.kind,
        text=entry.text,
        state=entry.state,
        outcome=entry.outcome,
        author=str(entry.author),
        raised_by=entry.raised_by.name if entry.raised_by else "",
        raised_by_id=entry.raised_by_id,
        about_person=entry.about_person.name if entry.about_person else "",
        about_person_id=entry.about_person_id,
        about_queue=entry.about_queue,
        owner=str(entry.owner),
        owner_id=entry.owner_id,
        due=entry.due,
        origin=entry.origin,
        confidential=entry.confidential,
        at=entry.at,
        closed_at=entry.closed_at,
        days=max(0, (viewer.on - entry.at.astimezone(ZoneInfo(viewer.site.tz)).date()).days),
        is_mine=entry.owner_id == viewer.user.pk,
        is_raised_by_me=entry.raised_by_id is not None and entry.raised_by_id == viewer.user.person_id,
        may_change=may_change(viewer, entry),
    )
