"""What opening and visiting share: whether a door is still open, ending a visit, and telling people about it."""

from datetime import datetime

from django.db import transaction

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor.models import Booking, Letter, Opening, Slot


def check_open(opening: Opening, now: datetime) -> None:
    """Stops a verb that makes no sense once a door was called off or is over."""
    if opening.cancelled_at:
        raise NotDone("opening.cancelled")
    if not opening.slots.filter(starts_at__gt=now).exists():
        raise NotDone("opening.over")


def end(booking: Booking, viewer: Viewer, now: datetime) -> None:
    """The visit will not take place; that it was planned stays known to those concerned."""
    booking.cancelled_at, booking.cancelled_by = now, viewer.user
    booking.save(update_fields=["cancelled_at", "cancelled_by"])


def tell(kind: str, opening: Opening, to: int, now: datetime, slot: Slot | None = None, note: str = "") -> None:
    """Writes a letter; it is sent once everything that is done with it is kept."""
    Letter.objects.create(opening=opening, slot=slot, to_id=to, kind=kind, note=" ".join(note.split())[:300], made_at=now)
    send_afterwards()


def send_afterwards() -> None:
    """The worker sends what waits, after this transaction."""
    from floorwalker.web.opendoor.tasks import send_letters

    transaction.on_commit(lambda: send_letters.enqueue(), robust=True)
