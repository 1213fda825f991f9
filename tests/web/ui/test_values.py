"""A value is written in its unit as its reader reads."""

import pytest

from floorwalker.core.measures import Unit
from floorwalker.web.ui.reader import Reader
from floorwalker.web.ui.values import rounded, written


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


def test_the_sign_of_a_number_stays_before_it_in_persian() -> None:
    assert written(Reader("fa"), Unit.POINTS, -12.0) == "\u2066−۱۲\u2069"


def test_a_share_in_polish_has_a_blank_before_the_sign() -> None:
    assert written(Reader("pl"), Unit.SHARE, 0.041) == "4,1\u00a0%"


@pytest.mark.parametrize(
    ("unit", "one", "other", "same"),
    [
        (Unit.SHARE, 0.1312, 0.1341, True),
        (Unit.SHARE, 0.0412, 0.0419, False),
        (Unit.SECONDS, 381.6, 382.4, True),
        (Unit.COUNT, 431.6, 432.0, True),
        (Unit.PER_HOUR, 6.44, 6.36, True),
        (Unit.SECONDS, 381.0, 382.0, False),
    ],
)
def test_two_values_are_the_same_when_they_read_the_same(unit: Unit, one: float, other: float, same: bool) -> None:
    reads_the_same = written(Reader("en"), unit, one) == written(Reader("en"), unit, other)
    assert (rounded(unit, one) == rounded(unit, other)) is same is reads_the_same
