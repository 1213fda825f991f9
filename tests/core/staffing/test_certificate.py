"""Room to spare: what is granted is kept as often as promised, evenly placed, and refused where it must be."""

import numpy as np
import pytest
from numpy.typing import NDArray

from floorwalker.core import staffing

Floats = NDArray[np.float64]
INTERVALS = 20
SHAPE = 40 + 300 * np.exp(-(((np.arange(INTERVALS) - 8) / 6) ** 2))


def days(draws: int, seed: int, size: float = 1.0, spread: float = 0.08) -> Floats:
    """Correlated days: one factor for the whole day, one tilt, Poisson counts."""
    rng = np.random.default_rng(seed)
    factor = np.exp(rng.normal(0, spread, (draws, 1)) + rng.normal(0, spread / 2, (draws, 1)) * np.linspace(-1, 1, INTERVALS))
    return rng.poisson(SHAPE * size * factor).astype(float)


def plan(share: float = 1.25, size: float = 1.0) -> NDArray[np.int64]:
    return np.ceil(staffing.required(SHAPE * size, 1800, 240, 150, 0.8, 20) * share).astype(int)


def certified(scenarios: Floats, agents: object, confidence: float = 0.9, **more: object) -> staffing.Certificate:
    return staffing.certify(scenarios, agents, 1800, 240, 150, 0.8, 20, confidence, **more)  # type: ignore[arg-type]


def level_of(counts: Floats, agents: NDArray[np.int64]) -> Floats:
    seen = staffing.measure(counts, 1800, 240, 150, agents, 20)
    return np.asarray(np.nansum(seen.offered * counts, axis=1) / counts.sum(axis=1))


@pytest.mark.parametrize("confidence", [0.8, 0.9, 0.95])
def test_the_promise_is_kept_as_often_as_it_says_on_days_that_it_has_not_seen(confidence: float) -> None:
    answer = certified(days(1500, seed=1), plan(), confidence)
    kept = (level_of(days(4000, seed=2), plan() - answer.max_off_queue) >= 0.8).mean()

    assert answer.max_off_queue.sum() > 40
    assert confidence - 0.02 <= kept <= confidence + 0.04
    assert answer.p_meet_off_lower >= confidence
    assert answer.p_meet_off_lower < answer.p_meet_off <= answer.p_meet


def test_room_is_spread_over_the_day_and_no_hour_is_emptied() -> None:
    agents = plan()
    answer = certified(days(1000, seed=1), agents)
    share = answer.max_off_queue / agents

    assert (answer.max_off_queue > 0).all()
    assert share.max() < 0.45
    assert np.nanmin(answer.level) > 0.65
    assert answer.max_off_queue.max() < answer.max_off_queue.sum() / 6


def test_a_plan_that_may_fail_gets_nothing_and_the_intervals_that_break_it_are_named() -> None:
    agents = plan(1.1)
    agents[7:10] -= 12
    answer = certified(days(1000, seed=1), agents)

    assert answer.p_meet < 0.9
    assert not answer.promised
    assert answer.max_off_queue.tolist() == [0] * INTERVALS
    assert len(answer.binding) >= 2
    assert set(answer.binding.tolist()) <= {7, 8, 9}


def test_more_confidence_gives_less_room() -> None:
    room = [certified(days(1000, seed=1), plan(), confidence).max_off_queue.sum() for confidence in (0.7, 0.9, 0.97)]
    assert room[0] > room[1] > room[2]


def test_more_people_give_more_room() -> None:
    room = [certified(days(1000, seed=1), plan(share)).max_off_queue.sum() for share in (1.15, 1.3, 1.5)]
    assert room[0] < room[1] < room[2]


def test_a_day_that_varies_as_a_whole_gives_less_room_than_one_whose_hours_vary_apart() -> None:
    together = days(1000, seed=1)
    rng = np.random.default_rng(5)
    apart = np.stack([rng.permutation(column) for column in together.T], axis=1)

    assert certified(together, plan()).max_off_queue.sum() < 0.8 * certified(apart, plan()).max_off_queue.sum()


def test_those_who_must_stay_stay() -> None:
    agents = plan(1.5, size=0.05)
    answer = certified(days(1000, seed=1, size=0.05), agents, keep=4)

    assert (agents - answer.max_off_queue >= np.minimum(agents, 4)).all()


def test_absence_and_a_doubtful_handle_time_cost_room() -> None:
    scenarios = days(1000, seed=1)
    sure = certified(scenarios, plan()).max_off_queue.sum()
    absent = certified(scenarios, plan(), doubts=staffing.Doubts(absence=0.05)).max_off_queue.sum()
    slower = certified(scenarios, plan(), doubts=staffing.Doubts(handle_time=0.05)).max_off_queue.sum()

    assert absent < 0.8 * sure
    assert slower < 0.97 * sure


@pytest.mark.parametrize("definition", staffing.DEFINITIONS)
def test_the_day_is_judged_under_the_definition_that_was_asked(definition: str) -> None:
    answer = certified(days(1000, seed=1), plan(), definition=definition)
    assert dict(answer.assumptions)["definition"] == definition
    assert answer.promised


def test_the_same_question_has_the_same_answer() -> None:
    first, second = (certified(days(500, seed=1), plan(), doubts=staffing.Doubts(0.03, 0.03)) for _ in range(2))

    assert first.max_off_queue.tolist() == second.max_off_queue.tolist()
    assert first.p_meet == second.p_meet


def test_a_day_without_contacts_meets_its_target_and_one_person_stays() -> None:
    answer = certified(np.zeros((200, 3)), [5, 1, 0])

    assert answer.p_meet == 1
    assert answer.max_off_queue.tolist() == [4, 0, 0]
    assert np.isnan(answer.level).all()


def test_nobody_planned_promises_nothing() -> None:
    answer = certified(days(200, seed=1), np.zeros(INTERVALS))

    assert answer.p_meet == 0
    assert answer.p_meet_lower == 0
    assert not answer.promised


def test_endless_patience_and_too_few_people_is_refused_and_not_an_error() -> None:
    answer = staffing.certify(days(200, seed=1), plan(0.8), 1800, 240, None, 0.8, 20, 0.9)
    assert answer.p_meet == 0


@pytest.mark.parametrize(
    ("scenarios", "agents", "target", "confidence", "code"),
    [
        (np.ones((200, 3)), [1, 2], 0.8, 0.9, "shapes_differ"),
        (np.ones((10, 3)), [1, 2, 3], 0.8, 0.9, "too_few_scenarios"),
        (np.full((200, 3), np.nan), [1, 2, 3], 0.8, 0.9, "value_cannot_be"),
        (np.ones((200, 3)), [1, -2, 3], 0.8, 0.9, "value_cannot_be"),
        (np.ones((200, 3)), [1, 2, 3], 1.0, 0.9, "value_cannot_be"),
        (np.ones((200, 3)), [1, 2, 3], 0.8, 90, "value_cannot_be"),
    ],
)
def test_what_cannot_be_certified_is_named(
    scenarios: Floats, agents: list[int], target: float, confidence: float, code: str
) -> None:
    with pytest.raises(staffing.Unusable) as found:
        staffing.certify(scenarios, agents, 1800, 240, 150, target, 20, confidence)
    assert found.value.code == code


def test_a_bad_record_makes_promises_more_careful_and_a_good_one_never_bolder() -> None:
    scenarios = days(1000, seed=1)
    even, bad, good = np.linspace(0.02, 0.98, 40), np.linspace(0.08, 0.999, 40) ** 2, np.linspace(0.5, 1, 40)
    unknown, trusted, doubted, praised = (certified(scenarios, plan(), record=record) for record in (None, even, bad, good))

    assert 0 < doubted.max_off_queue.sum() < 0.8 * unknown.max_off_queue.sum()
    assert trusted.max_off_queue.sum() > 0.9 * unknown.max_off_queue.sum()
    assert praised.max_off_queue.tolist() == unknown.max_off_queue.tolist()
    assert doubted.p_meet_off_lower >= 0.9
    assert dict(doubted.assumptions)["record_days"] == 40


def test_days_rank_evenly_among_scenarios_that_are_right_and_low_among_those_that_hope() -> None:
    real, honest, hopeful = days(200, seed=3), days(400, seed=4), days(400, seed=4, size=0.93)
    ranks = [staffing.rank_of_day(honest, day, 1800, 240, 150, 0.8, 20) for day in real]
    low = [staffing.rank_of_day(hopeful, day, 1800, 240, 150, 0.8, 20) for day in real]

    assert 0.05 < (np.array(ranks) < 0.1).mean() < 0.16
    assert (np.array(low) < 0.1).mean() > 0.3
    assert np.isnan(staffing.rank_of_day(honest, np.full(INTERVALS, np.nan), 1800, 240, 150, 0.8, 20))


@pytest.mark.parametrize("patience", [0, 0.001, 1e9, None])
def test_callers_without_patience_and_with_all_of_it_can_be_planned_for(patience: float | None) -> None:
    answer = staffing.certify(days(300, seed=1), plan(1.5), 1800, 240, patience, 0.8, 20, 0.9)

    assert answer.p_meet == 1
    assert answer.promised


def test_fifty_thousand_erlangs_are_certified_like_few() -> None:
    size = 50_000 * 1800 / 240 / SHAPE.max()
    answer = certified(days(200, seed=1, size=size), plan(1.3, size))

    assert answer.promised
    assert answer.p_meet_off_lower >= 0.9


def test_nothing_is_granted_on_a_day_of_a_kind_of_which_too_few_are_known() -> None:
    few, enough = (
        certified(days(500, seed=1), plan(1.4), record=[0.5] * known, fewest_days=staffing.FEWEST_ALIKE)
        for known in (staffing.FEWEST_ALIKE - 1, staffing.FEWEST_ALIKE)
    )

    assert few.p_meet >= 0.9
    assert not few.promised
    assert enough.promised


def test_a_chat_one_at_a_time_is_certified_as_a_call_and_three_slow_ones_not_as_three_agents() -> None:
    counts = days(300, seed=1, size=0.2)
    phone = certified(counts, plan(1.5, size=0.2))
    chat = certified(counts, plan(1.5, size=0.2), chat_s=[240])
    three = certified(counts, np.ceil(plan(1.5, size=0.2) / 2).astype(int), chat_s=[240, 330, 460])

    assert chat.max_off_queue.tolist() == phone.max_off_queue.tolist()
    assert chat.p_meet_off == phone.p_meet_off
    assert dict(three.assumptions)["chats_at_once"] == 3
    assert three.max_off_queue.sum() < np.ceil(plan(1.5, size=0.2) / 2).sum() - np.ceil(plan(1.5, size=0.2) / 3).sum()
