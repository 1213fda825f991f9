"""The small centre, thirteen weeks up to Saturday, 21 November 2026."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.web import small_centre
from tests.web.conftest import Cast

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 22, 8, 12, tzinfo=WARSAW)
LAST = date(2026, 11, 21)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def centre(cast: Cast) -> Cast:
    small_centre.bring_in(LAST, 13)
    return cast
