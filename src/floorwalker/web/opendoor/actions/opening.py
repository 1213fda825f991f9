"""Opening a door, telling about it, calling it off."""

from datetime import date, datetime

from django.db import transaction

from floorwalker.web.accounts.actions.doing import NotDone, require
from floorwalker.web.accounts.models import Membership, Person, Role, Site
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.journal.actions import write
from floorwalker.web.opendoor import rules
from floorwalker.web.opendoor.actions.hours import SLOT_MINUTES, Hours
from floorwalker.web.opendoor.actions.telling import check_open, end, send_afterwards, tell
from floorwalker.web.opendoor.models import Letter, Opening, Slot

INVITED = (Role.AGENT, Role.LEAD, Role.COACH, Role.PLANNER)
"""Whom an announcement reaches."""


@transaction.atomic
def open_door(
    host: Person,
    hours: Hours,
    place: str,
    viewer: Viewer,
    now: datetime,
    expected: float | None = None,
    average: float | None = None,
    spare: int | None = None,
) -> Opening:
    """A door will be open; nobody is told before it is announced.

    Raises
    ------
    PermissionDenied
        when the viewer may open no doors, or the host is not one.
    NotDone
        `hours.past`, `hours.none` (no whole slot fits), `hours.taken` (the host's door is open then already).
    """
    require(rules.may_open_doors(viewer) and rules.hosts(viewer).filter(pk=host.pk).exists())
    require(hours.slot_minutes in SLOT_MINUTES)
    slots = hours.slots(viewer.site.tz)
    if not slots:
        raise NotDone("hours.none", minutes=str(hours.slot_minutes))
    if slots[0][0] <= now:
        raise NotDone("hours.past")
    taken = Slot.objects.filter(opening__host=host, opening__cancelled_at=None)
    if taken.filter(starts_at__lt=slots[-1][1], ends_at__gt=slots[0][0]).exists():
        raise NotDone("hours.taken", name=host.name)
    opening = Opening.objects.create(
        site=viewer.site,
        host=host,
        day=hours.day,
        place=place,
        expected=expected,
        average=average,
        spare=spare,
        made_by=viewer.user,
        made_at=now,
    )
    Slot.objects.bulk_create([Slot(opening=opening, starts_at=start, ends_at=end) for start, end in slots])
    write(viewer.user, "opendoor.opened", host.name, facts={"day": hours.day.isoformat()})
    return opening


@transaction.atomic
def announce(opening: Opening, viewer: Viewer, now: datetime) -> int:
    """Writes the letters of an announcement, one to each person who may come; says how many are new.

    Raises
    ------
    PermissionDenied
        when it is neither the viewer's door nor opened by them.
    NotDone
        `opening.cancelled`, `opening.over`.
    """
    require(rules.may_close(viewer, opening))
    check_open(opening, now)
    told = opening.letters.filter(kind=Letter.Kind.ANNOUNCED).values("to_id")
    members = Membership.objects.on(viewer.on).filter(role__in=INVITED, person__site=opening.site, person__user__is_active=True)
    people = Person.objects.filter(pk__in=members.values("person_id")).exclude(pk__in=told).exclude(pk=opening.host_id)
    letters = [Letter(opening=opening, to=person, kind=Letter.Kind.ANNOUNCED, made_at=now) for person in people]
    Letter.objects.bulk_create(letters)
    if opening.announced_at is None:
        opening.announced_at = now
        opening.save(update_fields=["announced_at"])
    if letters:
        write(viewer.user, "opendoor.announced", opening.host.name, facts={"day": opening.day.isoformat()})
        send_afterwards()
    return len(letters)


@transaction.atomic
def close_door(opening: Opening, note: str, viewer: Viewer, now: datetime) -> None:
    """The door stays shut; whoever had a slot or waited for one is told, with the note.

    Raises
    ------
    PermissionDenied
        when it is neither the viewer's door nor opened by them.
    NotDone
        `opening.cancelled`, `opening.over`.
    """
    require(rules.may_close(viewer, opening))
    opening = Opening.objects.select_for_update().get(pk=opening.pk)
    check_open(opening, now)
    _close(opening, note, viewer, now)


def close_for_those_who_left(site: Site, today: date, now: datetime) -> int:
    """Calls off the doors of hosts who are hosts no longer on that day; how many. Guests are told as always."""
    ahead = Opening.objects.filter(site=site, day__gte=today, cancelled_at=None, slots__starts_at__gt=now).distinct()
    count = 0
    for pk in ahead.values_list("pk", flat=True):
        with transaction.atomic():
            opening = Opening.objects.select_for_update(of=("self",)).select_related("made_by", "site").get(pk=pk)
            made_by = viewer_of(opening.made_by, site, today)
            if opening.cancelled_at is None and not _is_host_then(opening):
                _close(opening, "", made_by, now)
                count += 1
    return count


def _is_host_then(opening: Opening) -> bool:
    held = Membership.objects.on(opening.day).filter(role__in=rules.HOSTS, person=opening.host_id)
    return held.filter(person__user__is_active=True).exclude(person__left_on__lte=opening.day).exists()


def _close(opening: Opening, note: str, viewer: Viewer, now: datetime) -> None:
    opening.cancelled_at = now
    opening.save(update_fields=["cancelled_at"])
    coming = list(opening.bookings.filter(cancelled_at=None, slot__starts_at__gt=now).select_related("slot"))
    for booking in coming:
        end(booking, viewer, now)
        tell(Letter.Kind.HOST_CANCELLED, opening, booking.guest_id, now, booking.slot, note)
    for waiting in opening.waiting.all():
        tell(Letter.Kind.HOST_CANCELLED, opening, waiting.guest_id, now, note=note)
    opening.waiting.all().delete()
    write(viewer.user, "opendoor.closed", opening.host.name, facts={"day": opening.day.isoformat()})
