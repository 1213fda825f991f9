"""Four weeks of a small centre in the warehouse of the test. Its numbers are added up by hand beside each use."""

from collections.abc import Callable
from datetime import date

import pytest

from floorwalker.web.intake.queries import open_warehouse
from tests.web import small_centre
from tests.web.conftest import Cast

LAST = date(2026, 11, 21)


@pytest.fixture
def centre(cast: Cast) -> Cast:
    """The cast with four weeks of contacts up to Saturday, 21 November 2026."""
    open_warehouse(cast.site).take(1, [small_centre.tables(small_centre.days_until(LAST, 4))])
    return cast


@pytest.fixture
def html() -> Callable[[bytes], str]:
    """The text of a page with blanks made single."""
    return lambda content: " ".join(content.decode().split())
