"""Promises about false alarms: over many series, within a budget, and in replayed quiet history."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from floorwalker.core import patterns
from tests.core.patterns.stories import table


def day(chances: list[float], state: str = "shift") -> pl.DataFrame:
    names = [f"s{k}" for k in range(len(chances))]
    return pl.DataFrame(
        {"series": names, "date": date(2024, 3, 1), "state": state, "p_lasting": chances, "onset": date(2024, 2, 20)},
        schema_overrides={"p_lasting": pl.Float64},
    )


def test_the_largest_set_that_keeps_the_promise_is_believed() -> None:
    # mean of 1 - p: .01, .03, .12 (with .7), so a tenth is passed at the third
    assert patterns.believed(day([0.7, 0.99, 0.95]), 0.1)["series"].to_list() == ["s1", "s2"]


def test_nothing_sure_means_nothing_believed() -> None:
    assert patterns.believed(day([0.6, 0.7]), 0.1).is_empty()


def test_a_blip_is_never_among_the_lasting() -> None:
    assert patterns.believed(day([0.99], "blip")).is_empty()


def test_the_budget_counts_what_it_lets_through() -> None:
    budget = patterns.within_budget(
        pl.concat([day([0.9, 0.8]), day([0.5], "steady").with_columns(date=date(2024, 3, 7))]), 0.15
    )
    assert budget.kept["series"].to_list() == ["s0"]
    assert budget.expected == pytest.approx(0.1)
    assert budget.threshold == 0.9


def test_a_run_is_one_call_unless_its_onset_moves() -> None:
    rows = pl.concat([day([0.9]).with_columns(date=date(2024, 3, 1) + timedelta(k)) for k in range(5)])
    assert patterns.calls(rows).height == 1
    moved = rows.with_columns(onset=pl.when(pl.col("date") > date(2024, 3, 3)).then(date(2024, 2, 1)).otherwise("onset"))
    assert patterns.calls(moved).height == 2


@pytest.fixture(scope="module")
def centre() -> pl.DataFrame:
    rng = np.random.default_rng(4)
    return pl.concat([table(20 + rng.normal(size=240), f"q{k}") for k in range(20)])


def test_replayed_quiet_history_gives_few_calls_with_an_interval(centre: pl.DataFrame) -> None:
    alarms = patterns.replay_quiet(patterns.classify(centre), series=60, days=200)
    assert alarms.series_days == 60 * (200 - 28)
    assert alarms.low < alarms.days_per_call < alarms.high
    assert alarms.days_per_call > 1000
    assert alarms.per_week(100) == pytest.approx(700 / alarms.days_per_call)


def test_a_quiet_centre_learns_that_changes_are_rare(centre: pl.DataFrame) -> None:
    learnt = patterns.learn_hazards(centre, rounds=2).hazards
    assert learnt.step < patterns.Settings().hazards.step


def test_no_quiet_fortnight_is_said() -> None:
    with pytest.raises(ValueError, match="no_quiet_fortnight"):
        patterns.replay_quiet(patterns.classify(table(np.zeros(5))))
