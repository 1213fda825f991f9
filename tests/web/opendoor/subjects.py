"""What the addresses of the open door are about, for the table of permissions: a slot of Omid's behind the manager's door."""

from datetime import UTC, date, datetime, time
from typing import Any

from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.opendoor.actions import Hours, announce, book, open_door
from tests.web.conftest import Cast

NOW = datetime(2035, 2, 27, 8, tzinfo=UTC)
GIVEN = {
    "open-door-new": {"day": "2035-03-08", "start": "10:00", "end": "11:00", "slot_minutes": "20", "place": "Room 4"},
    "open-door-outcome": {"came": "yes", "kind": "nothing"},
}


def open_door_places(cast: Cast) -> dict[str, dict[str, Any]]:
    """The parts of each address."""
    mina, omid = (viewer_of(cast.user(name), cast.site, NOW.date()) for name in ("Mina", "Omid"))
    opening = open_door(cast.person("Mina"), Hours(date(2035, 3, 6), time(14), time(15), 15), "Room 4", mina, NOW)
    announce(opening, mina, NOW)
    visit = book(opening.slots.all()[0], cast.person("Omid"), omid, NOW)
    door, booking = {"pk": opening.pk}, {"pk": visit.pk}
    return {
        "open-door-day": door,
        "open-door-announce": door,
        "open-door-close": door,
        "open-door-wait": door,
        "open-door-book": {"pk": visit.slot_id},
        "open-door-cancel": booking,
        "open-door-outcome": booking,
        "api:book_slot": {"slot": visit.slot_id},
        "api:cancel_booking": {"booking": visit.pk},
    }
