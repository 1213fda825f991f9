"""What the API answers about open doors."""

from datetime import date, datetime

from ninja import Schema

from floorwalker.web.opendoor.queries import Door, Seat


class DoorSlot(Schema):
    """One slot. `state` is free, taken, withdrawn or over. Host, guest and whoever booked read `guest` and `booking`; to others
    nobody is named."""

    id: int
    starts_at: datetime
    ends_at: datetime
    state: str
    yours: bool
    booking: int | None
    guest: str


class OpenDoor(Schema):
    """One open door that the asker may know of. `waits_at` is the asker's own place on its waiting list."""

    id: int
    host: str
    day: date
    place: str
    announced: bool
    called_off: bool
    slots: list[DoorSlot]
    waits_at: int | None


def open_door(door: Door, person: int | None) -> OpenDoor:
    """A door for a program of this person."""
    opening = door.opening
    return OpenDoor(
        id=opening.pk,
        host=opening.host.name,
        day=opening.day,
        place=opening.place,
        announced=opening.announced_at is not None,
        called_off=opening.cancelled_at is not None,
        slots=[_slot(seat) for seat in door.seats],
        waits_at=door.waits_for.get(person) if person else None,
    )


def _slot(seat: Seat) -> DoorSlot:
    state = "taken" if seat.is_taken else "withdrawn" if seat.is_withdrawn else "over" if seat.is_over else "free"
    return DoorSlot(
        id=seat.pk,
        starts_at=seat.starts_at,
        ends_at=seat.ends_at,
        state=state,
        yours=seat.is_own,
        booking=seat.booking,
        guest=seat.guest,
    )
