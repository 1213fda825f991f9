"""Four weeks of a small centre in the warehouse of the test. Its numbers are added up by hand beside each use."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.web import small_centre
from tests.web.conftest import Cast

LAST = date(2026, 11, 21)


@pytest.fixture
def centre(cast: Cast) -> Cast:
    """The cast with four weeks of contacts up to Saturday, 21 November 2026."""
    small_centre.bring_in(LAST, weeks=4)
    return cast


@pytest.fixture
def html() -> Callable[[bytes], str]:
    """The text of a page with blanks made single."""
    return lambda content: " ".join(content.decode().split())
