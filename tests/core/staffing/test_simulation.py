"""The simulated floor agrees with what is known exactly, and does what no formula does."""

import numpy as np
import pytest

from floorwalker.core import staffing
from floorwalker.core.staffing import Line, simulate

INTERVALS = 24


def one_line(contacts: float = 100, agents: int = 12, days: int = 150, seed: int = 1, **more: object) -> staffing.Simulated:
    given = {"aht_s": 180.0, "route": [(0, 0.0)], "patience_s": 120.0} | more
    return simulate([Line([contacts] * INTERVALS, **given)], [[agents] * INTERVALS], 1800, days, seed, warm_up=3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("contacts", "aht", "patience", "agents", "threshold"),
    [(100, 180, 120, 12, 20), (500, 300, 120, 82, 20), (50, 240, 120, 9, 60), (900, 60, 30, 28, 10), (10, 600, 900, 5, 0)],
)
def test_where_erlang_a_is_exact_the_floor_is_within_three_standard_errors(
    contacts: float, aht: float, patience: float, agents: int, threshold: float
) -> None:
    seen = one_line(contacts, agents, aht_s=aht, patience_s=patience, threshold_s=threshold)
    exact = staffing.measure(contacts, 1800, aht, patience, agents, threshold)

    for definition in staffing.DEFINITIONS:
        level = seen.service_level(0, definition)
        assert abs(level.value - float(exact.service_level(definition))) < 3 * level.error + 1e-9
    for estimate, figure in ((seen.abandonment(0), exact.abandonment), (seen.asa_s(0), exact.asa_s)):
        assert abs(estimate.value - float(figure)) < 3 * estimate.error
    assert abs(seen.occupancy(0).value - float(exact.occupancy)) < 3 * seen.occupancy(0).error


def test_when_nobody_leaves_it_is_erlang_c() -> None:
    seen = one_line(100, 14, patience_s=None)
    exact = staffing.measure(100, 1800, 180, None, 14, 20)

    assert abs(seen.service_level(0).value - float(exact.offered)) < 3 * seen.service_level(0).error
    assert seen.abandonment(0).value == 0


def test_when_nobody_waits_the_shape_of_handling_does_not_matter() -> None:
    """Erlang's loss formula holds for any handle time."""
    exact = staffing.measure(100, 1800, 180, 0, 12, 20)
    for variation in (None, 0.3, 1.5):
        lost = one_line(100, 12, patience_s=0.0, aht_variation=variation).abandonment(0)
        assert abs(lost.value - float(exact.abandonment)) < 3 * lost.error


def test_log_normal_handling_has_the_mean_that_was_asked() -> None:
    seen = one_line(100, 30, aht_variation=1.2, patience_s=None)
    assert abs(seen.occupancy(0).value - 10 / 30) < 3 * seen.occupancy(0).error


def test_steadier_handling_waits_less() -> None:
    steady, wild = (one_line(100, 12, aht_variation=v, patience_s=None).asa_s(0) for v in (0.2, 2.0))
    assert steady.value + 3 * steady.error < wild.value - 3 * wild.error


def test_callers_who_hold_out_for_a_while_leave_less_often_than_impatient_ones_of_the_same_mean() -> None:
    quick, patient = (one_line(100, 12, patience_shape=shape).abandonment(0) for shape in (0.6, 3.0))
    assert patient.value + 3 * patient.error < quick.value - 3 * quick.error


def test_the_same_seed_gives_the_same_days_and_another_seed_others() -> None:
    first, again, other = one_line(days=60), one_line(days=60), one_line(days=60, seed=2)

    assert (first.tallies == again.tallies).all()
    assert (first.worked == again.worked).all()
    assert not (first.tallies == other.tallies).all()


def test_a_day_is_the_same_whether_more_days_follow_it_or_not() -> None:
    assert (one_line(days=10).tallies == one_line(days=60).tallies[:10]).all()


def two_skills(after: float, priorities: tuple[int, int] = (0, 0)) -> staffing.Simulated:
    """Line 0 may overflow to the second group; the second group serves its own line too."""
    lines = [
        Line([100.0] * INTERVALS, 180, [(0, 0.0), (1, after)], patience_s=300, priority=priorities[0]),
        Line([100.0] * INTERVALS, 180, [(1, 0.0)], patience_s=300, priority=priorities[1]),
    ]
    return simulate(lines, [[9] * INTERVALS, [13] * INTERVALS], 1800, 150, 3, warm_up=2)


def test_overflow_helps_the_line_that_overflows_and_costs_the_other() -> None:
    apart, late, at_once = (two_skills(after) for after in (1e9, 30.0, 0.0))

    assert at_once.service_level(0).value > late.service_level(0).value > apart.service_level(0).value + 0.02
    assert at_once.service_level(1).value < apart.service_level(1).value - 0.02


def test_two_groups_that_serve_everything_at_once_are_one_pool() -> None:
    lines = [Line([c] * INTERVALS, 180, [(0, 0.0), (1, 0.0)], patience_s=120.0) for c in (60.0, 40.0)]
    seen = simulate(lines, [[5] * INTERVALS, [7] * INTERVALS], 1800, 150, 7, warm_up=3)
    exact = staffing.measure(100, 1800, 180, 120, 12, 20)

    for line in (0, 1):
        assert abs(seen.service_level(line).value - float(exact.offered)) < 3 * seen.service_level(line).error


def test_who_has_priority_waits_less_and_the_other_more() -> None:
    equal, first = two_skills(0.0), two_skills(0.0, (0, 1))

    assert first.asa_s(0).value < equal.asa_s(0).value
    assert first.asa_s(1).value > equal.asa_s(1).value


def test_a_peak_is_felt_in_the_interval_in_which_it_comes() -> None:
    contacts = np.full(INTERVALS, 60.0)
    contacts[10] = 140
    seen = simulate([Line(contacts, 180, [(0, 0.0)], patience_s=120.0)], [[11] * INTERVALS], 1800, 150)
    levels = seen.levels_by_interval(0)

    assert np.argmin(levels) == 10
    assert levels[8] > 0.95


def test_agents_who_go_finish_their_contact_and_those_who_come_take_what_waits() -> None:
    agents = np.full(INTERVALS, 12)
    agents[8:12] = 0
    seen = simulate([Line([50.0] * INTERVALS, 180, [(0, 0.0)])], [agents], 1800, 50)
    t = seen.tallies.sum(axis=0)[0]

    assert t[:, 0].sum() == t[:, 1].sum()
    assert np.nanmax(seen.levels_by_interval(0)[9:11]) == 0
    assert seen.levels_by_interval(0)[20] > 0.99


def test_without_any_agent_everybody_leaves_or_waits_in_vain() -> None:
    leaving, endless = one_line(10, 0, days=20), one_line(10, 0, days=20, patience_s=None)

    assert leaving.abandonment(0).value == 1
    assert endless.service_level(0).value == 0
    assert np.isnan(endless.asa_s(0).value)


def test_every_contact_is_answered_or_has_left_once_the_day_is_over() -> None:
    t = one_line(400, 30, days=100).tallies.sum(axis=(0, 1, 2))
    assert t[0] == t[1] + t[3]


def test_a_day_without_contacts_is_played_and_nothing_is_known() -> None:
    assert np.isnan(one_line(0, 3, days=5).service_level(0).value)


@pytest.mark.parametrize(
    ("line", "groups", "code"),
    [
        (Line([1.0, 2.0], 180, [(0, 0.0)]), [[1]], "shapes_differ"),
        (Line([-1.0], 180, [(0, 0.0)]), [[1]], "value_cannot_be"),
        (Line([1.0], 0, [(0, 0.0)]), [[1]], "value_cannot_be"),
        (Line([1.0], 180, [(3, 0.0)]), [[1]], "value_cannot_be"),
        (Line([1e9], 180, [(0, 0.0)]), [[1]], "value_cannot_be"),
    ],
)
def test_a_floor_that_cannot_be_is_refused(line: Line, groups: list[list[int]], code: str) -> None:
    with pytest.raises(staffing.Unusable) as found:
        simulate([line], groups, 1800)
    assert found.value.code == code
