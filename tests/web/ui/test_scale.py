"""Axes have round steps of the reader's clock or of ten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.core.measures import Unit
from floorwalker.web.ui.charts.scale import spanning, steps


def test_seconds_step_by_the_clock() -> None:
    assert steps(330, 425, Unit.SECONDS) == [330, 360, 390, 420]


def test_shares_step_by_tens() -> None:
    assert steps(0.71, 0.93, Unit.SHARE) == pytest.approx([0.75, 0.8, 0.85, 0.9])


def test_counts_never_step_by_parts_of_one() -> None:
    assert steps(0, 2, Unit.COUNT, most=10) == [0, 1, 2]


@given(low=st.floats(0, 1e6), width=st.floats(1e-3, 1e6), unit=st.sampled_from([Unit.SHARE, Unit.SECONDS, Unit.COUNT]))
def test_no_axis_has_more_steps_than_asked_for_and_one_at_its_end(low: float, width: float, unit: Unit) -> None:
    found = steps(low, low + width, unit, most=5)
    assert len(found) <= 6
    assert all(low - width * 1e-6 <= value <= low + width * (1 + 1e-6) for value in found)


def test_a_scale_of_positive_values_does_not_begin_below_zero() -> None:
    assert spanning([1.0, 100.0], 100, 0).low == 0.0


def test_unknown_values_do_not_stretch_a_scale() -> None:
    scale = spanning([None, 10.0, 20.0], 100, 0)
    assert 9 < scale.low < 10 < 20 < scale.high < 21
