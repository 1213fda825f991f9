"""Every sentence of Today and Pulse writes its numbers as its reader reads: no Latin digit is left in Persian."""

import re
from datetime import timedelta

import pytest
from django.utils.translation import override

from floorwalker.core.measures import MEASURES
from floorwalker.web.pulse.asked import Asked
from floorwalker.web.pulse.pages import pulse_page
from floorwalker.web.today.desk_page import desk_page
from floorwalker.web.today.own_page import own_page
from floorwalker.web.today.weeks_page import weeks_page
from floorwalker.web.ui.reader import Reader
from tests.web.conftest import Cast
from tests.web.today.conftest import MONDAY, Sit

PERSIAN = Reader("fa", "Europe/Warsaw")


def texts(thing: object) -> list[str]:
    """Every text in a page, but drawings and addresses."""
    if isinstance(thing, str):
        return [] if thing.startswith(("<svg", "/")) else [str(thing)]
    if isinstance(thing, tuple | list):
        return [text for part in thing for text in texts(part)]
    if hasattr(thing, "__dataclass_fields__"):
        return [
            text for name in thing.__dataclass_fields__ if name not in ("value", "name") for text in texts(getattr(thing, name))
        ]
    return []


def with_latin_digits(page: object) -> list[str]:
    return [text for text in texts(page) if re.search("[0-9]", text)]


def test_today_has_no_latin_digits_in_persian(centre: Cast, sit: Sit) -> None:
    with override("fa"):
        assert with_latin_digits(desk_page(sit("Mina"), MONDAY - timedelta(days=1), PERSIAN)) == []
        assert with_latin_digits(own_page(sit("Omid"), MONDAY.date(), PERSIAN)) == []
        assert with_latin_digits(weeks_page(sit("Viktor"), MONDAY.date(), PERSIAN)) == []


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_pulse_has_no_latin_digits_in_persian(centre: Cast, sit: Sit, measure: str) -> None:
    desk = sit("Mina")
    assert desk.days
    ask = Asked(measure, "queue", desk.days[1] - timedelta(days=27), desk.days[1])
    with override("fa"):
        page = pulse_page(ask, desk, desk.days, PERSIAN)
        assert with_latin_digits((page.measure, page.period, page.head, page.cut, page.heat, page.passport, page.picture)) == []
