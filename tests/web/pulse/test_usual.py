"""The usual range: where nine of ten comparable days fell, and where one day stands."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.web.pulse.usual import Level, Standing, Told, standing, usual


def test_five_days_say_nothing_about_one_in_ten() -> None:
    assert usual([1, 2, 3, 4, 5]) is None


def test_six_days_give_a_range() -> None:
    found = usual([10, 10, 10, 10, 10, 20])
    assert found is not None
    assert (found.low, found.middle, found.days) == (10, 10, 6)
    assert found.high == pytest.approx(17.5)


@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=60))
def test_nine_in_ten_days_lie_in_their_own_range(values: list[float]) -> None:
    found = usual(values)
    assert found is not None
    outside = [value for value in values if standing(value, found).is_out]
    assert len(outside) <= 2 * math.ceil(0.05 * (len(values) - 1))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, Standing.UNKNOWN),
        (69.0, Standing.BELOW),
        (76.0, Standing.JUST_BELOW),
        (80.0, Standing.INSIDE),
        (88.0, Standing.INSIDE),
        (91.9, Standing.JUST_ABOVE),
        (99.0, Standing.ABOVE),
    ],
)
def test_where_a_value_stands(value: float | None, expected: Standing) -> None:
    range_ = usual([80.0, 80.0, 80.0, 84.0, 88.0, 88.0, 88.0])
    assert standing(value, range_) is expected


def test_without_a_range_a_value_is_too_young_to_be_judged() -> None:
    assert standing(5.0, None) is Standing.TOO_YOUNG


def test_days_that_are_all_alike_hold_a_day_like_them() -> None:
    assert standing(0.1 + 0.2, usual([0.3] * 8)) is Standing.INSIDE


FIRST = date(2026, 11, 2)
VALUES = {FIRST + timedelta(days=step): 100.0 + step for step in range(4)}


def test_days_of_a_blip_are_no_example_of_what_is_usual() -> None:
    assert Told(frozenset({FIRST})).like(FIRST + timedelta(days=9), VALUES) == [101.0, 102.0, 103.0]


def test_a_level_moves_the_days_on_its_other_side() -> None:
    told = Told(levels=(Level(FIRST + timedelta(days=2), 50.0),))
    assert told.like(FIRST + timedelta(days=9), VALUES) == [150.0, 151.0, 102.0, 103.0]
    assert told.like(FIRST, VALUES) == [100.0, 101.0, 52.0, 53.0]


def test_across_a_level_of_unknown_size_days_are_not_compared() -> None:
    told = Told(levels=(Level(FIRST + timedelta(days=2), None),))
    assert told.like(FIRST + timedelta(days=9), VALUES) == [102.0, 103.0]
