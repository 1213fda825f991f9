"""Reading: what one viewer may know about open doors.

Names of guests leave this file only for host, guest and whoever booked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Min, Prefetch, QuerySet

from floorwalker.web.accounts.models import Membership, Person, Role, Team
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor import rules
from floorwalker.web.opendoor.models import Booking, Letter, Opening, Slot

SMALLEST_GROUP = 5
"""A team of fewer people is not shown as a number: nobody shall be recognised."""
KEPT_IN_SIGHT = timedelta(days=28)


@dataclass(frozen=True)
class Seat:
    """One slot as one viewer sees it. `guest` is empty unless the viewer may know who comes.

    `came` is None until the host has noted it; `outcome` and `entry` are kind and number of what came of it.
    """

    pk: int
    starts_at: datetime
    ends_at: datetime
    is_over: bool
    is_taken: bool
    is_withdrawn: bool
    booking: int | None = None
    guest: str = ""
    is_own: bool = False
    outcome: str = ""
    entry: int | None = None
    came: bool | None = None


@dataclass(frozen=True)
class Door:
    """An opening as one viewer sees it."""

    opening: Opening
    seats: Sequence[Seat]
    begins_at: datetime
    ends_at: datetime
    is_over: bool
    is_host: bool
    may_close: bool
    waits_for: Mapping[int, int]
    """For whom the viewer waits: the person's number and their place on the list, from 1."""
    unsent: int
    told: int

    @property
    def free(self) -> Sequence[Seat]:
        return [seat for seat in self.seats if not (seat.is_taken or seat.is_over or seat.is_withdrawn)]

    @property
    def own(self) -> Sequence[Seat]:
        return [seat for seat in self.seats if seat.is_own]


@dataclass(frozen=True)
class Access:
    """How many people of a team have never come through an open door; None where the team is too small to say."""

    team: str
    people: int
    never: int | None


def doors(viewer: Viewer, now: datetime) -> list[Door]:
    """Doors that are or were announced lately, and those that the viewer has yet to announce, soonest first."""
    openings = _openings(viewer).filter(day__gte=(now - KEPT_IN_SIGHT).date())
    return [door for opening in openings if _is_in_sight(door := _door(opening, viewer, now))]


def door(viewer: Viewer, pk: int, now: datetime) -> Door | None:
    """One opening; None when there is none that the viewer may know of."""
    opening = _openings(viewer).filter(pk=pk).first()
    found = _door(opening, viewer, now) if opening else None
    return found if found and _is_in_sight(found) else None


def _is_in_sight(found: Door) -> bool:
    """A door that is not announced is known to whoever opened it and to its host."""
    return found.opening.announced_at is not None or found.is_host or found.may_close


def _openings(viewer: Viewer) -> QuerySet[Opening]:
    live = Booking.objects.filter(cancelled_at=None).select_related("guest", "outcome__entry")
    slots = Slot.objects.prefetch_related(Prefetch("bookings", live))
    found = Opening.objects.filter(site=viewer.site).select_related("host", "site")
    return (
        found.annotate(begins=Min("slots__starts_at"))
        .order_by("begins")
        .prefetch_related(Prefetch("slots", slots), "waiting", "letters")
    )


def _door(opening: Opening, viewer: Viewer, now: datetime) -> Door:
    known = {
        booking.pk for slot in opening.slots.all() for booking in slot.bookings.all() if _may_know(viewer, opening, booking)
    }
    seats = [_seat(slot, known, viewer, now) for slot in opening.slots.all()]
    letters = [letter for letter in opening.letters.all() if letter.kind == Letter.Kind.ANNOUNCED]
    mine = {person.pk for person in rules.guests_of(viewer)} if opening.waiting.all() else set()
    return Door(
        opening=opening,
        seats=seats,
        begins_at=seats[0].starts_at,
        ends_at=seats[-1].ends_at,
        is_over=all(seat.is_over for seat in seats),
        is_host=rules.is_host(viewer, opening),
        may_close=rules.may_close(viewer, opening),
        waits_for={each.guest_id: place for place, each in enumerate(opening.waiting.all(), 1) if each.guest_id in mine},
        unsent=sum(letter.sent_at is None for letter in letters),
        told=len(letters),
    )


def _may_know(viewer: Viewer, opening: Opening, booking: Booking) -> bool:
    own = viewer.user.person_id
    return own in (opening.host_id, booking.guest_id) or booking.made_by_id == viewer.user.pk


def _seat(slot: Slot, known: set[int], viewer: Viewer, now: datetime) -> Seat:
    booking = next(iter(slot.bookings.all()), None)
    seat = Seat(slot.pk, slot.starts_at, slot.ends_at, slot.is_over(now), booking is not None, slot.is_withdrawn)
    if booking is None or booking.pk not in known:
        return seat
    outcome = getattr(booking, "outcome", None)
    return replace(
        seat,
        booking=booking.pk,
        guest=booking.guest.name,
        is_own=booking.guest_id == viewer.user.person_id,
        outcome=outcome.entry.kind if outcome and outcome.entry else "",
        entry=outcome.entry_id if outcome else None,
        came=outcome.came if outcome else None,
    )


def access(viewer: Viewer) -> list[Access]:
    """By team, how many of its agents have never come; no name, and no number of a small team."""
    came = set(Booking.objects.filter(opening__site=viewer.site, outcome__came=True).values_list("guest_id", flat=True))
    lines = []
    for team in Team.objects.filter(site=viewer.site).order_by("name"):
        members = Membership.objects.on(viewer.on).filter(team=team, role=Role.AGENT)
        people = set(members.values_list("person_id", flat=True))
        if people:
            never = len(people - came) if len(people) >= SMALLEST_GROUP else None
            lines.append(Access(team.name, len(people), never))
    return lines


def guests(viewer: Viewer) -> list[Person]:
    """For whom the viewer may book, themselves first."""
    return sorted(rules.guests_of(viewer), key=lambda person: (person.pk != viewer.user.person_id, person.name))
