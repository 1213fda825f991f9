"""What opening and visiting share: whether a door is still open, a visit in both calendars, and telling people about it."""

from datetime import datetime

from django.db import transaction

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.models import Person, User
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.calendars.actions import cancel, place
from floorwalker.web.opendoor.models import Booking, Letter, Opening, Slot

PURPOSE = "open_door"


def check_open(opening: Opening, now: datetime) -> None:
    """Stops a verb that makes no sense once a door was called off or is over."""
    if opening.cancelled_at:
        raise NotDone("opening.cancelled")
    if not opening.slots.filter(starts_at__gt=now).exists():
        raise NotDone("opening.over")


def begin(slot: Slot, opening: Opening, guest: Person, made_by: Viewer, now: datetime) -> Booking:
    """A visit, busy in the calendars of host and guest, where it is private."""
    booking = Booking.objects.create(slot=slot, opening=opening, guest=guest, made_by=made_by.user, made_at=now)
    people = User.objects.filter(person__in=(guest, opening.host_id), is_active=True)
    minutes = round((slot.ends_at - slot.starts_at).total_seconds() / 60)
    facts: dict[str, object] = {"booking": booking.pk}
    booking.placed = place(PURPOSE, slot.starts_at, minutes, list(people), made_by, now, facts=facts, private=True)
    booking.save(update_fields=["placed"])
    return booking


def end(booking: Booking, viewer: Viewer, now: datetime) -> None:
    """The visit will not take place; that it was planned stays known to those concerned."""
    booking.cancelled_at, booking.cancelled_by = now, viewer.user
    booking.save(update_fields=["cancelled_at", "cancelled_by"])
    if booking.placed:
        cancel(booking.placed, viewer_of(booking.made_by, viewer.site, viewer.on), now)


def tell(kind: str, opening: Opening, to: int, now: datetime, slot: Slot | None = None, note: str = "") -> None:
    """Writes a letter; it is sent once everything that is done with it is kept."""
    Letter.objects.create(opening=opening, slot=slot, to_id=to, kind=kind, note=" ".join(note.split())[:300], made_at=now)
    send_afterwards()


def send_afterwards() -> None:
    """The worker sends what waits, after this transaction."""
    from floorwalker.web.opendoor.tasks import send_letters

    transaction.on_commit(lambda: send_letters.enqueue(), robust=True)
