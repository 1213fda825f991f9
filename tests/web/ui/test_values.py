"""A value is written in its unit as its reader reads."""

import pytest

from floorwalker.core.measures import Unit
from floorwalker.web.ui.reader import Reader
from floorwalker.web.ui.values import written


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        (Unit.SHARE, 0.764, "76%"),
        (Unit.SHARE, 0.041, "4.1%"),
        (Unit.SHARE, 0.0999, "10%"),
        (Unit.SHARE, 0.0, "0%"),
        (Unit.SECONDS, 382.0, "6:22"),
        (Unit.SECONDS, 86_400 * 2.5, "2.5 days"),
        (Unit.COUNT, 12345.0, "12,345"),
        (Unit.POINTS, 32.4, "+32"),
        (Unit.POINTS, -12.0, "−12"),
        (Unit.PER_HOUR, 6.44, "6.4"),
        (Unit.DAYS, 400.0, "400 days"),
        (Unit.DAYS, 1000.0, "2.7 years"),
        (Unit.SHARE, None, "–"),
    ],
)
def test_a_value_in_english(unit: Unit, value: float | None, words: str) -> None:
    assert written(Reader("en"), unit, value) == words


def test_a_share_in_persian_has_persian_digits_and_its_sign_after_the_number() -> None:
    assert written(Reader("fa"), Unit.SHARE, 0.764) == "۷۶\u061c٪"


def test_a_share_in_polish_has_a_blank_before_the_sign() -> None:
    assert written(Reader("pl"), Unit.SHARE, 0.041) == "4,1\u00a0%"
