"""Taking a slot, giving it back, waiting for one, and what became of a visit."""

from datetime import datetime

from django.db import IntegrityError, transaction

from floorwalker.web.accounts.actions.doing import NotDone, require
from floorwalker.web.accounts.models import Person
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.opendoor import rules
from floorwalker.web.opendoor.actions.telling import begin, check_open, end, tell
from floorwalker.web.opendoor.models import Booking, Letter, Opening, Outcome, Slot, Waiting
from floorwalker.web.voice import actions as voice
from floorwalker.web.voice.models import Entry, Origin


def book(slot: Slot, guest: Person, viewer: Viewer, now: datetime) -> Booking:
    """One slot for one guest. Of two who ask for the last one at the same moment exactly one gets it.

    Raises
    ------
    PermissionDenied
        when the viewer may not book for this guest.
    NotDone
        `slot.taken`, `slot.over`, `slot.withdrawn`, `guest.comes_already`, `guest.is_host`, `opening.cancelled`,
        `opening.not_announced`.
    """
    require(rules.guests_of(viewer).filter(pk=guest.pk).exists() and slot.opening.site_id == viewer.site.pk)
    try:
        with transaction.atomic():
            return _book(slot, guest, viewer, now)
    except IntegrityError as refused:
        comes = Booking.objects.filter(opening=slot.opening_id, guest=guest, cancelled_at=None).exists()
        raise NotDone("guest.comes_already" if comes else "slot.taken") from refused


def _book(slot: Slot, guest: Person, viewer: Viewer, now: datetime) -> Booking:
    opening = Opening.objects.select_for_update().get(pk=slot.opening_id)
    if opening.cancelled_at:
        raise NotDone("opening.cancelled")
    if opening.announced_at is None:
        raise NotDone("opening.not_announced")
    if slot.is_over(now):
        raise NotDone("slot.over")
    if slot.is_withdrawn:
        raise NotDone("slot.withdrawn")
    if guest.pk == opening.host_id:
        raise NotDone("guest.is_host")
    booking = begin(slot, opening, guest, viewer, now)
    opening.waiting.filter(guest=guest).delete()
    return booking


@transaction.atomic
def cancel(booking: Booking, note: str, viewer: Viewer, now: datetime) -> None:
    """A slot given back by its guest goes to whoever waits longest; one taken back by the host is withdrawn.

    The other side is told, with the note.

    Raises
    ------
    PermissionDenied
        when the viewer is neither host nor guest nor booked it.
    NotDone
        `booking.cancelled`, `slot.over`.
    """
    opening = Opening.objects.select_for_update().get(pk=booking.opening_id)
    booking = Booking.objects.select_related("slot", "opening").get(pk=booking.pk)
    require(rules.may_cancel(viewer, booking))
    if booking.cancelled_at:
        raise NotDone("booking.cancelled")
    if booking.slot.is_over(now):
        raise NotDone("slot.over")
    end(booking, viewer, now)
    by_host = rules.is_host(viewer, opening)
    if by_host or viewer.user.person_id != booking.guest_id:
        tell(Letter.Kind.HOST_CANCELLED, opening, booking.guest_id, now, booking.slot, note)
    if by_host:
        booking.slot.is_withdrawn = True
        booking.slot.save(update_fields=["is_withdrawn"])
    else:
        tell(Letter.Kind.GUEST_CANCELLED, opening, opening.host_id, now, booking.slot, note)
        _move_up(opening, booking.slot, viewer, now)


def _move_up(opening: Opening, slot: Slot, viewer: Viewer, now: datetime) -> None:
    """The free slot goes to whoever waits longest, as if it had been booked by whoever put them on the list."""
    for each in opening.waiting.select_related("guest", "made_by"):
        made_by = viewer_of(each.made_by, viewer.site, viewer.on)
        each.delete()
        if made_by.roles:
            begin(slot, opening, each.guest, made_by, now)
            tell(Letter.Kind.MOVED_UP, opening, each.guest_id, now, slot)
            return


@transaction.atomic
def wait(opening: Opening, guest: Person, viewer: Viewer, now: datetime) -> Waiting:
    """On the waiting list; the first there gets the next slot that becomes free.

    Raises
    ------
    PermissionDenied
        when the viewer may not book for this guest.
    NotDone
        `waiting.free_slots`, `guest.comes_already`, `guest.is_host`, `opening.cancelled`, `opening.over`.
    """
    require(rules.guests_of(viewer).filter(pk=guest.pk).exists() and opening.site_id == viewer.site.pk)
    opening = Opening.objects.select_for_update().get(pk=opening.pk)
    check_open(opening, now)
    if guest.pk == opening.host_id:
        raise NotDone("guest.is_host")
    taken = opening.bookings.filter(cancelled_at=None)
    if taken.filter(guest=guest).exists():
        raise NotDone("guest.comes_already")
    if opening.slots.filter(starts_at__gt=now, is_withdrawn=False).exclude(pk__in=taken.values("slot_id")).exists():
        raise NotDone("waiting.free_slots")
    return opening.waiting.get_or_create(guest=guest, defaults={"made_by": viewer.user, "made_at": now})[0]


@transaction.atomic
def stop_waiting(opening: Opening, guest: Person, viewer: Viewer) -> None:
    """Off the waiting list."""
    require(rules.guests_of(viewer).filter(pk=guest.pk).exists() and opening.site_id == viewer.site.pk)
    opening.waiting.filter(guest=guest).delete()


@transaction.atomic
def note_outcome(booking: Booking, came: bool, kind: str, text: str, viewer: Viewer, now: datetime) -> Outcome:
    """What became of a visit, noted by the host: nothing (an empty `kind`), or an idea, friction or a follow-up in these words.

    What was said is read by host and guest only. Noting again without words changes whether the guest came.

    Raises
    ------
    PermissionDenied
        when it was not the viewer's door.
    NotDone
        `booking.cancelled`, `slot.ahead`, `outcome.no_words`, `outcome.noted` (change the entry itself).
    """
    require(rules.is_host(viewer, booking.opening))
    if booking.cancelled_at:
        raise NotDone("booking.cancelled")
    if not booking.slot.is_over(now):
        raise NotDone("slot.ahead")
    entry = _entry(booking, kind, text, viewer, now) if came and kind else None
    before = Outcome.objects.filter(booking=booking).first()
    if before and before.entry_id and (entry or not came):
        raise NotDone("outcome.noted")
    kept = {"came": came, "at": now, **({"entry": entry} if entry else {})}
    return Outcome.objects.update_or_create(booking=booking, defaults=kept)[0]


def _entry(booking: Booking, kind: str, text: str, viewer: Viewer, now: datetime) -> Entry:
    if not text.strip():
        raise NotDone("outcome.no_words")
    return voice.add(viewer, now, kind, text, raised_by=booking.guest, origin=Origin.OPEN_DOOR, confidential=True)
