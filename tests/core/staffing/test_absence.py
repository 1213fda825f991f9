"""Absence as a number of people that varies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.core import staffing


def test_enough_come_as_often_as_was_asked() -> None:
    planned = int(staffing.scheduled(40, absence=0.08, confidence=0.9))
    came = planned - np.random.default_rng(1).binomial(planned, 0.08, 100_000)

    assert (came >= 40).mean() >= 0.895
    assert staffing.chance_enough(planned, 40, 0.08) >= 0.9 > staffing.chance_enough(planned - 1, 40, 0.08)


def test_an_average_taken_off_would_plan_too_few() -> None:
    assert staffing.scheduled(40, absence=0.08) > np.ceil(40 / 0.92)


def test_absence_that_comes_together_needs_more_people() -> None:
    apart, together = (int(staffing.scheduled(40, 0.08, 0.95, together=t)) for t in (0.0, 0.05))
    assert together > apart


def test_breaks_and_training_come_on_top() -> None:
    assert staffing.scheduled([8, 0], absence=0.0, shrinkage=0.2).tolist() == [10, 0]


@given(st.integers(0, 300), st.floats(0, 0.4), st.floats(0.5, 0.99))
@settings(max_examples=40, deadline=None)
def test_never_fewer_than_are_needed_and_more_confidence_never_takes_fewer(
    needed: int, absence: float, confidence: float
) -> None:
    planned = int(staffing.scheduled(needed, absence, confidence))

    assert planned >= needed
    assert int(staffing.scheduled(needed, absence, min(confidence + 0.009, 0.999))) >= planned


@pytest.mark.parametrize(("column", "given_"), [("absence", {"absence": 1.0}), ("confidence", {"confidence": 1.0})])
def test_what_cannot_be_is_named(column: str, given_: dict[str, float]) -> None:
    with pytest.raises(staffing.Unusable) as found:
        staffing.scheduled(5, **({"absence": 0.1} | given_))  # type: ignore[arg-type]
    assert found.value.facts["column"] == column
