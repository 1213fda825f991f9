"""Open doors for programs: which slots there are, taking one, giving it back. Names stay with those whom they concern."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.api import opendoor_schemas
from floorwalker.web.api.asking import viewer_in
from floorwalker.web.api.errors import Refused
from floorwalker.web.api.operations import answers_at, does_at, require
from floorwalker.web.opendoor import actions, queries, rules
from floorwalker.web.opendoor.models import Slot
from floorwalker.web.opendoor.wording import sentence


@answers_at("/open-doors", list[opendoor_schemas.OpenDoor])
def open_doors(request: HttpRequest) -> list[opendoor_schemas.OpenDoor]:
    viewer = _guest_in(request)
    return [_told(door, viewer) for door in queries.doors(viewer, datetime.now(UTC)) if not door.is_over]


@does_at("/open-doors/slots/{slot}/book", opendoor_schemas.OpenDoor)
def book_slot(request: HttpRequest, slot: int, guest: int | None = None) -> opendoor_schemas.OpenDoor:
    viewer, now = _guest_in(request), datetime.now(UTC)
    wanted = get_object_or_404(Slot.objects.select_related("opening"), pk=slot)
    _door(viewer, wanted.opening_id, now)
    somebody = get_object_or_404(rules.guests_of(viewer), pk=guest or viewer.user.person_id)
    _try(lambda: actions.book(wanted, somebody, viewer, now))
    return _told(_door(viewer, wanted.opening_id, now), viewer)


@does_at("/open-doors/bookings/{booking}/cancel", opendoor_schemas.OpenDoor)
def cancel_booking(request: HttpRequest, booking: int, note: str = "") -> opendoor_schemas.OpenDoor:
    viewer, now = _guest_in(request), datetime.now(UTC)
    held = get_object_or_404(rules.known_bookings(viewer), pk=booking)
    _try(lambda: actions.cancel(held, note, viewer, now))
    return _told(_door(viewer, held.opening_id, now), viewer)


def _guest_in(request: HttpRequest) -> Viewer:
    viewer = viewer_in(request)
    require(rules.may_come(viewer))
    return viewer


def _door(viewer: Viewer, pk: int, now: datetime) -> queries.Door:
    found = queries.door(viewer, pk, now)
    if found is None:
        raise Http404
    return found


def _told(door: queries.Door, viewer: Viewer) -> opendoor_schemas.OpenDoor:
    return opendoor_schemas.open_door(door, viewer.user.person_id)


def _try(action: Callable[[], object]) -> None:
    try:
        action()
    except NotDone as reason:
        raise Refused(422, reason.code, said=sentence(reason), **reason.facts) from reason
