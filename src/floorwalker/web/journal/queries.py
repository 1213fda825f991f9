"""Reading the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from floorwalker.web.journal.models import Entry

PAGE = 50
EXPORTED_AT_MOST = 100_000


@dataclass(frozen=True)
class Asked:
    """Which entries: of an account, about a person, of one kind (`import`, `role` ...), on days of the site's clock."""

    who: int | None = None
    about: int | None = None
    what: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Line:
    """One entry. `who` is empty when the system itself or somebody at the command line did it."""

    id: int
    at: datetime
    who: str
    verb: str
    about: str
    thing: str
    facts: dict[str, str | int | float | bool | None]


@dataclass(frozen=True)
class Lines:
    """One page of entries, newest first."""

    lines: Sequence[Line]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class Name:
    """Somebody to choose in a filter."""

    id: int
    name: str


def entries(asked: Asked, tz: str, page: int = 1) -> Lines:
    """A page of the journal, newest first; a page beyond the last one is the last one."""
    found = _found(asked, ZoneInfo(tz))
    count = found.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    return Lines(_lines(found[(page - 1) * PAGE : page * PAGE]), page, pages, count)


def all_entries(asked: Asked, tz: str) -> Sequence[Line]:
    """Everything asked for, for an export; the newest hundred thousand."""
    return _lines(_found(asked, ZoneInfo(tz))[:EXPORTED_AT_MOST])


def about(person_id: int, at_most: int = 200) -> Sequence[Line]:
    """What happened concerning one person, who looked included, newest first."""
    return _lines(_ordered().filter(about_person_id=person_id)[:at_most])


def actors() -> Sequence[Name]:
    """Accounts that did something."""
    rows = Entry.objects.filter(actor__isnull=False).order_by().values_list("actor_id", "actor__person__name", "actor__email")
    return sorted({Name(pk, name or email) for pk, name, email in rows.distinct()}, key=_by_name)


def subjects() -> Sequence[Name]:
    """People about whom something is written."""
    rows = Entry.objects.filter(about_person__isnull=False).order_by().values_list("about_person_id", "about_person__name")
    return sorted({Name(pk, name) for pk, name in rows.distinct()}, key=_by_name)


def _by_name(each: Name) -> tuple[str, int]:
    return each.name.casefold(), each.id


def _found(asked: Asked, zone: ZoneInfo) -> QuerySet[Entry]:
    found = _ordered()
    if asked.who is not None:
        found = found.filter(actor_id=asked.who)
    if asked.about is not None:
        found = found.filter(about_person_id=asked.about)
    if asked.what:
        found = found.filter(verb__startswith=f"{asked.what}.")
    if asked.since:
        found = found.filter(at__gte=datetime.combine(asked.since, time(), zone))
    if asked.until:
        found = found.filter(at__lt=datetime.combine(asked.until + timedelta(days=1), time(), zone))
    return found


def _ordered() -> QuerySet[Entry]:
    return Entry.objects.select_related("actor__person", "about_person").order_by("-at", "-pk")


def _lines(found: QuerySet[Entry]) -> Sequence[Line]:
    return [
        Line(
            id=each.pk,
            at=each.at,
            who=str(each.actor) if each.actor else "",
            verb=each.verb,
            about=each.about_person.name if each.about_person else "",
            thing=each.thing,
            facts=each.facts,
        )
        for each in found
    ]
