"""The floor-walk list: whom one has not seen lately, which queue will be hot, what is owed to whom.

It knows one's own visits only, and says nothing about what anybody does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.translation import gettext, ngettext

from floorwalker.web.accounts.models import Membership, Person, Role
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.routines.hot import Hot, hottest
from floorwalker.web.routines.models import Found, Visit
from floorwalker.web.routines.rules import on_the_floor
from floorwalker.web.ui.charts import Picture
from floorwalker.web.ui.reader import Reader
from floorwalker.web.voice import pages as voice
from floorwalker.web.voice import queries as voiced

FORTNIGHT = 14
SHOWN = 12
NEVER = 100_000


@dataclass(frozen=True)
class Line:
    """One person: team, how long ago one was with them, and what one owes them."""

    pk: str
    name: str
    team: str
    since: str
    owed: str


@dataclass(frozen=True)
class Seen:
    """A visit of today, which may be taken back."""

    key: str
    name: str
    words: str


@dataclass(frozen=True)
class Choice:
    """Something to find, in one tap."""

    value: str
    words: str


@dataclass(frozen=True)
class Page:
    """Everything on the list."""

    where: tuple[str, ...]
    at: str
    sentence: str
    lede: str
    picture: Picture | None
    count: str
    lines: tuple[Line, ...]
    no_lines: str
    rest: tuple[Line, ...]
    rest_words: str
    seen: tuple[Seen, ...]
    owed: tuple[voice.Card, ...]
    choices: tuple[Choice, ...]


def floor_page(desk: Desk, now: datetime, reader: Reader) -> Page:
    """The list at `now` on the site's clock."""
    viewer = desk.viewer
    people = list(on_the_floor(viewer).order_by("name"))
    last, teams, owed = _last_visits(desk), _teams(desk), _owed(desk)
    days = {person.pk: _days_since(last.get(person.pk), now) for person in people}
    late = [each for each in people if _waited(days[each.pk]) >= FORTNIGHT]
    late.sort(key=lambda each: (-_waited(days[each.pk]), each.name.casefold()))
    lines = tuple(_line(each, days[each.pk], teams, owed, reader) for each in late)
    hot = hottest(desk, now, reader)
    return Page(
        where=(gettext("Floor walk"), reader.day(now.date(), "full"), reader.time(now)),
        at=reader.instant(now),
        sentence=_sentence(hot, lines, people, reader),
        lede=hot.lede if hot else "",
        picture=hot.picture if hot else None,
        count=ngettext("%(n)s person", "%(n)s people", len(lines)) % {"n": reader.number(len(lines))},
        lines=lines[:SHOWN],
        no_lines=_no_lines(people),
        rest=lines[SHOWN:],
        rest_words=ngettext("One more person", "%(n)s more people", len(lines) - SHOWN)
        % {"n": reader.number(len(lines) - SHOWN)},
        seen=_seen_today(desk, now),
        owed=voice.panel(viewer, reader),
        choices=tuple(Choice(each.value, str(each.label)) for each in Found),
    )


def _sentence(hot: Hot | None, lines: Sequence[Line], people: Sequence[Person], reader: Reader) -> str:
    if hot is not None:
        return hot.sentence
    if not lines:
        return _no_lines(people)
    return ngettext("One person has not seen you for a while.", "%(n)s people have not seen you for a while.", len(lines)) % {
        "n": reader.number(len(lines))
    }


def _no_lines(people: Sequence[Person]) -> str:
    return gettext("You have seen everyone this fortnight.") if people else gettext("There is nobody on your floor yet.")


def _more(count: int, reader: Reader) -> str:
    return ngettext("One more person", "%(n)s more people", count) % {"n": reader.number(count)}


def _last_visits(desk: Desk) -> Mapping[int, datetime]:
    found = Visit.objects.filter(by=desk.viewer.user, undone_at=None).order_by().values_list("person_id").annotate(Max("at"))
    return dict(found)


def _days_since(at: datetime | None, now: datetime) -> int | None:
    return None if at is None else (now.date() - at.astimezone(now.tzinfo).date()).days


def _waited(days: int | None) -> int:
    """Somebody whom one has never been with comes first."""
    return NEVER if days is None else days


def _teams(desk: Desk) -> Mapping[int, str]:
    held = Membership.objects.on(desk.viewer.on).filter(role=Role.AGENT, team__isnull=False).select_related("team")
    return {each.person_id: each.team.name for each in held if each.team}


def _owed(desk: Desk) -> Mapping[int, str]:
    """What one owes to whom: the oldest words of each."""
    found: dict[int, str] = {}
    for line in voiced.open_for(desk.viewer):
        for person in {line.about_person_id, line.raised_by_id}:
            if person is not None:
                found.setdefault(person, line.text)
    return found


def _line(person: Person, days: int | None, teams: Mapping[int, str], owed: Mapping[int, str], reader: Reader) -> Line:
    if days is None:
        since = gettext("not yet")
    else:
        since = ngettext("%(days)s day", "%(days)s days", days) % {"days": reader.number(days)}
    return Line(str(person.pk), person.name, teams.get(person.pk, ""), since, owed.get(person.pk, ""))


def _seen_today(desk: Desk, now: datetime) -> tuple[Seen, ...]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = Visit.objects.filter(by=desk.viewer.user, undone_at=None, at__gte=midnight).select_related("person", "entry")
    return tuple(Seen(str(each.key), each.person.name, _found(each)) for each in found)


def _found(visit: Visit) -> str:
    label = str(Found(visit.found).label)
    return visit.entry.text if visit.entry else label


def local(at: datetime, tz: str) -> datetime:
    """An instant on the site's clock."""
    return at.astimezone(ZoneInfo(tz))
