"""The small centre, thirteen weeks up to Saturday, 21 November 2026, and desks to ask at from a fixed moment."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.pulse.queries import Desk, desk_of
from floorwalker.web.ui.reader import Reader
from tests.web import small_centre
from tests.web.conftest import Cast

WARSAW = ZoneInfo("Europe/Warsaw")
MONDAY = datetime(2026, 11, 23, 8, 12, tzinfo=WARSAW)
ENGLISH = Reader("en", "Europe/Warsaw")

Sit = Callable[[str], Desk]


@pytest.fixture
def centre(cast: Cast) -> Cast:
    small_centre.bring_in(date(2026, 11, 21), weeks=13)
    return cast


@pytest.fixture
def sit(cast: Cast) -> Sit:
    """The desk of somebody of the cast, on Monday morning."""
    return lambda name: desk_of(viewer_of(cast.user(name), cast.site, MONDAY.date()), ENGLISH)
