"""Mina's door: Tuesday, 6 March 2035, 14:00 to 15:00 in Warsaw, in four slots, announced the week before."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.opendoor.actions import Hours, announce, open_door
from floorwalker.web.opendoor.models import Opening, Slot
from tests.web.conftest import Cast

NOW = datetime(2035, 2, 27, 8, tzinfo=UTC)
DAY = date(2035, 3, 6)
HOURS = Hours(DAY, time(14), time(15), 15)


@pytest.fixture
def viewer(cast: Cast) -> Callable[[str], Viewer]:
    """Somebody of the cast as the one who acts."""
    return lambda name: viewer_of(cast.user(name), cast.site, NOW.date())


@pytest.fixture
def opening(cast: Cast, viewer: Callable[[str], Viewer]) -> Opening:
    made = open_door(cast.person("Mina"), HOURS, "Room 4", viewer("Mina"), NOW)
    announce(made, viewer("Mina"), NOW)
    return made


@pytest.fixture
def slots(opening: Opening) -> list[Slot]:
    return list(opening.slots.all())
