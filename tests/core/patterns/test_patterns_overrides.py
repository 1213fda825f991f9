"""What a person decides is obeyed, listed under their name, and touches nothing else."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from floorwalker.core import patterns
from tests.core.patterns.stories import START, table

ONSET = 120
LASTING = ["shift", "trend"]


def said(kind: str, first: int, last: int | None = None, series: str = "s") -> pl.DataFrame:
    ends = None if last is None else START + timedelta(last)
    return pl.DataFrame(
        {"series": [series], "kind": [kind], "first": [START + timedelta(first)], "last": [ends]},
        schema_overrides={"last": pl.Date},
    )


def lasting(answers: patterns.Answers) -> list[date]:
    return answers.states.filter(pl.col("state").is_in(LASTING))["date"].to_list()


@pytest.fixture
def moved(quiet: NDArray[np.float64]) -> NDArray[np.float64]:
    """A step of 3 sd that lasts."""
    quiet[ONSET:] += 3
    return quiet


def test_days_left_out_are_told_as_a_blip_and_change_no_usual(quiet: NDArray[np.float64]) -> None:
    quiet[ONSET : ONSET + 14] += 3
    without, with_word = (patterns.classify(table(quiet), overrides=o) for o in (None, said("leave_out", ONSET, ONSET + 13)))
    assert lasting(without)
    assert not lasting(with_word)
    told = with_word.states[ONSET : ONSET + 14]
    assert set(told["state"]) == {"blip"}
    assert set(told["reason"]) == {"told"}
    assert set(told["onset"]) == {START + timedelta(ONSET)}
    assert with_word.states["usual"][-1] == pytest.approx(50, abs=0.5)


def test_a_denied_change_is_a_blip_as_long_as_the_denial_runs(moved: NDArray[np.float64]) -> None:
    answers = patterns.classify(table(moved), overrides=said("not_lasting", ONSET, ONSET + 39))
    denied = answers.states[ONSET + 3 : ONSET + 40]
    assert set(denied["state"]) == {"blip"}
    assert set(denied["reason"]) == {"told"}
    assert denied["p_lasting"].max() < 0.05  # type: ignore[operator]
    assert denied["usual"][-1] == pytest.approx(50, abs=0.5)


def test_what_is_still_away_after_a_denial_is_a_change_that_began_then(moved: NDArray[np.float64]) -> None:
    answers = patterns.classify(table(moved), overrides=said("not_lasting", ONSET, ONSET + 39))
    called = answers.states.filter(pl.col("state").is_in(LASTING))
    assert called["onset"].min() >= START + timedelta(ONSET + 39)  # type: ignore[operator]


def test_a_denial_without_an_end_holds(moved: NDArray[np.float64]) -> None:
    answers = patterns.classify(table(moved), overrides=said("not_lasting", ONSET))
    assert not lasting(answers)
    assert answers.decisions.filter(pl.col("kind") == "new_normal").is_empty()
    assert answers.states["usual"][-1] == pytest.approx(50, abs=0.5)


def test_a_new_normal_is_learned_within_days_and_calls_nothing(moved: NDArray[np.float64]) -> None:
    answers = patterns.classify(table(moved), overrides=said("new_normal", ONSET))
    assert not lasting(answers)
    assert answers.states["usual"][ONSET + 7] == pytest.approx(53, abs=0.8)
    assert set(answers.states["state"][ONSET + 30 :]) == {"steady"}


def test_a_new_normal_in_the_learning_time_starts_learning_again(quiet: NDArray[np.float64]) -> None:
    quiet[:20] += 30
    states = patterns.classify(table(quiet), overrides=said("new_normal", 20)).states
    assert set(states["state"][:48]) == {"learning"}
    assert set(states["state"][48:]) <= {"steady", "blip"}
    assert states["usual"][48] == pytest.approx(50, abs=1)


def test_what_was_said_is_listed_beside_what_the_engine_decided(moved: NDArray[np.float64]) -> None:
    moved[60] += 7
    decisions = patterns.classify(table(moved), overrides=said("new_normal", ONSET)).decisions
    assert decisions.select("kind", "by").rows() == [("blip_left_out", "engine"), ("new_normal", "person")]
    assert decisions["first"].to_list() == [START + timedelta(60), START + timedelta(ONSET)]


def test_nothing_said_of_others_touches_a_series(moved: NDArray[np.float64]) -> None:
    alone = patterns.classify(table(moved))
    assert patterns.classify(table(moved), overrides=said("leave_out", ONSET, series="t")).states.equals(alone.states)
    assert patterns.classify(table(moved), overrides=said("leave_out", 0)[:0]).states.equals(alone.states)


@pytest.mark.parametrize(
    "what", [said("leave_out", ONSET, ONSET + 20), said("not_lasting", ONSET, ONSET + 20), said("new_normal", ONSET)]
)
def test_night_by_night_obeys_as_the_whole_history_does(moved: NDArray[np.float64], what: pl.DataFrame) -> None:
    rows = table(moved).filter(pl.col("date").dt.weekday() != 7)
    whole = patterns.classify(rows, overrides=what).states
    remembered, nights = patterns.classify(rows[:60], overrides=what).remembered, []
    for day in range(60, rows.height):
        answers = patterns.update(remembered, rows[day : day + 1], overrides=what)
        nights.append(answers.states)
        remembered = answers.remembered
    again = pl.concat(nights)
    assert again["state"].to_list() == whole["state"][60:].to_list()
    assert np.allclose(again["p_lasting"], whole["p_lasting"][60:], atol=1e-4)


def test_a_word_that_is_not_known_is_named() -> None:
    with pytest.raises(patterns.Unusable) as error:
        patterns.classify(table(np.array([1.0])), overrides=said("forget", 0))
    assert error.value.code == "unknown_override"
