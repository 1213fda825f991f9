"""The pages of the open door: every value written for its reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor import queries, rules
from floorwalker.web.opendoor.queries import Door, Seat
from floorwalker.web.opendoor.reasons import why_chosen
from floorwalker.web.opendoor.wording import OUTCOMES
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Choice:
    """Something to choose in a form."""

    value: str
    words: str


@dataclass(frozen=True)
class DoorLine:
    """One door in the list."""

    url: str
    when: str
    host: str
    words: str
    own: str
    is_over: bool


@dataclass(frozen=True)
class AccessLine:
    """How many of a team have never come, in words."""

    team: str
    words: str


@dataclass(frozen=True)
class DoorsPage:
    """All doors that a viewer may know of."""

    sentence: str
    lede: str
    ahead: Sequence[DoorLine]
    past: Sequence[DoorLine]
    access: Sequence[AccessLine]
    may_open: bool


@dataclass(frozen=True)
class SeatLine:
    """One slot with what the viewer may do about it."""

    value: str
    time: str
    words: str
    guest: str
    booking: int | None
    may_book: bool
    may_cancel: bool
    may_note: bool
    entry: int | None


@dataclass(frozen=True)
class WaitLine:
    """Somebody for whom the viewer waits."""

    value: str
    words: str


@dataclass(frozen=True)
class DoorPage:
    """One door as one viewer sees it."""

    pk: int
    sentence: str
    lede: str
    where: str
    why: str
    seats: Sequence[SeatLine]
    guests: Sequence[Choice]
    waits: Sequence[WaitLine]
    outcomes: Sequence[Choice]
    may_wait: bool
    is_host: bool
    may_announce: bool
    may_close: bool
    told: str
    is_draft: bool


def doors_page(viewer: Viewer, reader: Reader, now: datetime) -> DoorsPage:
    """The list of doors, with the one sentence that matters to this viewer."""
    doors = queries.doors(viewer, now)
    ahead = [door for door in doors if not door.is_over and door.opening.cancelled_at is None]
    past = [door for door in reversed(doors) if door not in ahead]
    sentence, lede = _headline(ahead, viewer, reader, now)
    may_open = rules.may_open_doors(viewer)
    return DoorsPage(
        sentence=sentence,
        lede=lede,
        ahead=[_door_line(door, reader) for door in ahead],
        past=[_door_line(door, reader) for door in past if door.own or door.is_host or door.may_close],
        access=[_access_line(line, reader) for line in queries.access(viewer)] if rules.may_see_access(viewer) else [],
        may_open=may_open,
    )


def _headline(ahead: Sequence[Door], viewer: Viewer, reader: Reader, now: datetime) -> tuple[str, str]:
    own = [(door, seat) for door in ahead for seat in door.own if not seat.is_over]
    if own:
        door, seat = own[0]
        facts = {"host": door.opening.host.name, "time": reader.instant(seat.starts_at)}
        return gettext("%(host)s expects you: %(time)s.") % facts, gettext(
            "Only the two of you, and whoever booked it for you, know about it."
        )
    shown = [door for door in ahead if door.opening.announced_at]
    if not shown:
        if rules.may_open_doors(viewer):
            return gettext("No door is open in the coming weeks."), gettext(
                "Choose a quiet day, tell everybody, and let people take a slot, so that it is not whoever shouts loudest."
            )
        return gettext("No door is open in the coming weeks."), gettext(
            "When somebody opens one, you get a mail and find it here."
        )
    door = shown[0]
    free = len(door.free)
    facts = {"host": door.opening.host.name, "day": reader.day(door.opening.day, "full"), "free": reader.number(free)}
    if not free:
        return gettext("The next open door is on %(day)s with %(host)s, and every slot is taken.") % facts, gettext(
            "You can wait: the next slot that becomes free goes to whoever waits longest."
        )
    sentence = ngettext(
        "The next open door is on %(day)s with %(host)s: %(free)s slot is free.",
        "The next open door is on %(day)s with %(host)s: %(free)s slots are free.",
        free,
    )
    return sentence % facts, gettext("Take a slot and say what is on your mind. Nobody else sees who comes, or why.")


def _door_line(door: Door, reader: Reader) -> DoorLine:
    own = [reader.time(_local(seat.starts_at, reader)) for seat in door.own]
    return DoorLine(
        url=reverse("open-door-day", args=[door.opening.pk]),
        when=_when(door, reader),
        host=door.opening.host.name,
        words=_state(door, reader),
        own=gettext("Yours: %(time)s") % {"time": own[0]} if own else "",
        is_over=door.is_over,
    )


def _when(door: Door, reader: Reader) -> str:
    facts = {
        "day": reader.day(door.opening.day, "full"),
        "start": reader.time(_local(door.begins_at, reader)),
        "end": reader.time(_local(door.ends_at, reader)),
    }
    return gettext("%(day)s, %(start)s to %(end)s") % facts


def _state(door: Door, reader: Reader) -> str:
    if door.opening.cancelled_at:
        return gettext("Called off")
    if door.opening.announced_at is None:
        return gettext("Not announced yet")
    count, free = len(door.seats), len(door.free)
    facts = {
        "free": reader.number(free),
        "taken": reader.number(sum(seat.is_taken for seat in door.seats)),
        "slots": reader.number(count),
    }
    if door.is_over:
        return ngettext("%(taken)s of %(slots)s slot was taken", "%(taken)s of %(slots)s slots were taken", count) % facts
    return ngettext("%(free)s of %(slots)s slot is free", "%(free)s of %(slots)s slots are free", count) % facts


def _access_line(line: queries.Access, reader: Reader) -> AccessLine:
    if line.never is None:
        return AccessLine(line.team, gettext("Fewer than five people: hidden, so that nobody can be recognised."))
    facts = {"never": reader.number(line.never), "people": reader.number(line.people)}
    words = ngettext(
        "%(never)s of %(people)s person has never come", "%(never)s of %(people)s people have never come", line.people
    )
    return AccessLine(line.team, words % facts)


def door_page(door: Door, viewer: Viewer, reader: Reader) -> DoorPage:
    """One door: the sentence, each slot, and what the viewer may do."""
    opening = door.opening
    is_ahead = not door.is_over and opening.cancelled_at is None
    takes_guests = is_ahead and opening.announced_at is not None
    people = [person for person in queries.guests(viewer) if person.pk != opening.host_id]
    waiting = [
        WaitLine(str(person.pk), _waits(door, person.pk, person.name, viewer, reader))
        for person in people
        if person.pk in door.waits_for
    ]
    return DoorPage(
        pk=opening.pk,
        sentence=gettext("%(host)s keeps the door open on %(day)s.")
        % {"host": opening.host.name, "day": reader.day(opening.day, "full")},
        lede=_state(door, reader),
        where=opening.place,
        why=why_chosen(door.opening, reader),
        seats=[_seat_line(seat, door, takes_guests, reader) for seat in door.seats],
        guests=[Choice(str(person.pk), person.name) for person in people],
        waits=waiting,
        outcomes=[Choice(str(kind), str(words)) for kind, words in OUTCOMES.items()],
        may_wait=takes_guests and not door.free and bool(people),
        is_host=door.is_host,
        may_announce=is_ahead and door.may_close,
        may_close=is_ahead and door.may_close,
        told=_told(door, reader),
        is_draft=opening.announced_at is None,
    )


def _waits(door: Door, pk: int, name: str, viewer: Viewer, reader: Reader) -> str:
    facts = {"name": name, "place": reader.number(door.waits_for[pk])}
    if pk == viewer.user.person_id:
        return gettext("You wait; your place on the list: %(place)s.") % facts
    return gettext("%(name)s waits; place on the list: %(place)s.") % facts


def _told(door: Door, reader: Reader) -> str:
    if not door.may_close or not door.told:
        return ""
    facts = {"sent": reader.number(door.told - door.unsent), "told": reader.number(door.told)}
    return (
        ngettext("%(sent)s of %(told)s letter has gone out.", "%(sent)s of %(told)s letters have gone out.", door.told) % facts
    )


def _seat_line(seat: Seat, door: Door, takes_guests: bool, reader: Reader) -> SeatLine:
    facts = {"start": reader.time(_local(seat.starts_at, reader)), "end": reader.time(_local(seat.ends_at, reader))}
    return SeatLine(
        value=str(seat.pk),
        time=gettext("%(start)s to %(end)s") % facts,
        words=_seat_words(seat),
        guest=seat.guest,
        booking=seat.booking,
        may_book=takes_guests and seat in door.free and not door.is_host,
        may_cancel=seat.booking is not None and not seat.is_over,
        may_note=seat.booking is not None and seat.is_over and door.is_host and seat.entry is None,
        entry=seat.entry,
    )


def _seat_words(seat: Seat) -> str:
    if seat.came is False:
        return gettext("Did not come")
    if seat.came:
        return str(OUTCOMES.get(seat.outcome, OUTCOMES[""]))
    if seat.is_own:
        return gettext("Yours")
    if seat.is_taken:
        return gettext("Taken")
    if seat.is_withdrawn:
        return gettext("Withdrawn")
    return gettext("Over") if seat.is_over else gettext("Free")


def _local(at: datetime, reader: Reader) -> datetime:
    return at.astimezone(ZoneInfo(reader.tz))
