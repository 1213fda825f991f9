"""Deferred work and its deadlines."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.core import staffing
from floorwalker.core.staffing import chance_in_time, deferred, people_for_deferred


def test_the_earliest_deadline_goes_first_and_what_does_not_fit_is_late() -> None:
    seen = deferred([0, 0, 1], [3, 0, 1], [100, 60, 50], [60, 60, 20, 20])

    assert seen.late_s.tolist() == [50, 0, 0]
    assert seen.done_s.tolist() == [60, 60, 20, 20]
    assert not seen.in_time


def test_work_that_fits_leaves_time_over() -> None:
    seen = deferred([0, 2], [1, 3], [80, 30], [60, 60, 60, 60])

    assert seen.in_time
    assert seen.spare_s.tolist() == [0, 40, 30, 60]


def test_work_is_not_done_before_it_has_come() -> None:
    assert deferred([2], [2], [50], [100, 100, 20]).late_s.tolist() == [30]


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0, 100)), max_size=8),
    st.lists(st.floats(0, 100), min_size=8, max_size=8),
)
@settings(max_examples=80, deadline=None)
def test_every_deadline_is_kept_exactly_when_no_window_holds_too_much_work(
    batches: list[tuple[int, int, float]], free: list[float]
) -> None:
    comes = [min(a, b) for a, b, _ in batches]
    due = [max(a, b) for a, b, _ in batches]
    work = [w for _, _, w in batches]
    most = max(
        sum(w for c, d, w in zip(comes, due, work, strict=True) if c >= first and d <= last) - sum(free[first : last + 1])
        for first in range(8)
        for last in range(first, 8)
    )

    if abs(most) > 1e-3:
        assert deferred(comes, due, work, free).in_time == (most < 0)


def test_the_people_for_deferred_work_are_the_fewest() -> None:
    present = [1500.0] * 8
    people = people_for_deferred([0, 3], [4, 7], [9000, 20_000], [0] * 8, present)

    assert deferred([0, 3], [4, 7], [9000, 20_000], np.array(present) * people).in_time
    assert not deferred([0, 3], [4, 7], [9000, 20_000], np.array(present) * (people - 1)).in_time
    assert people_for_deferred([], [], [], [0] * 8, present) == 0


def test_the_chance_of_keeping_all_deadlines_is_a_share_of_scenarios() -> None:
    work = np.array([[50.0], [90.0], [130.0], [70.0]])
    assert chance_in_time([0], [1], work, [40, 60]) == 0.75


@pytest.mark.parametrize(
    ("comes", "due", "work"),
    [([5], [6], [1.0]), ([1], [0], [1.0]), ([0], [1], [-1.0]), ([0], [1], [np.nan]), ([0, 1], [1], [1.0])],
)
def test_batches_that_cannot_be_are_refused(comes: list[int], due: list[int], work: list[float]) -> None:
    with pytest.raises(staffing.Unusable):
        deferred(comes, due, work, [10, 10, 10])


def test_people_who_are_never_there_are_never_enough() -> None:
    with pytest.raises(staffing.Unusable, match="never_enough"):
        people_for_deferred([0], [1], [10.0], [0, 0], [0, 0])
