"""Stories with a known answer, and the laws that every answer obeys."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from floorwalker.core import patterns
from tests.core.patterns.stories import START, table

ONSET = 120


def on(answers: patterns.Answers, day: int) -> dict[str, Any]:
    return answers.states.filter(pl.col("date") == START + timedelta(day)).row(0, named=True)


def test_noise_stays_steady(quiet: NDArray[np.float64]) -> None:
    states = patterns.classify(table(quiet)).states
    assert set(states["state"][28:]) == {"steady"}
    assert set(states["state"][:28]) == {"learning"}


def test_a_step_is_called_with_its_onset_and_size(quiet: NDArray[np.float64]) -> None:
    quiet[ONSET:] += 2
    answers = patterns.classify(table(quiet))
    row = on(answers, ONSET + 14)
    assert row["state"] == "shift"
    assert row["reason"] == "level_moved"
    assert abs((row["onset"] - START).days - ONSET) <= 2
    assert row["size_low"] < 2 < row["size_high"]
    assert row["change"] == pytest.approx(2, abs=0.6)


def test_a_day_like_no_other_is_a_blip_and_never_lasting(quiet: NDArray[np.float64]) -> None:
    quiet[ONSET] += 7
    answers = patterns.classify(table(quiet))
    assert on(answers, ONSET + 3)["state"] == "blip"
    assert on(answers, ONSET + 3)["reason"] == "returned"
    assert on(answers, ONSET + 3)["onset"] == START + timedelta(ONSET)
    assert not answers.states["state"].is_in(["shift", "trend"]).any()
    assert answers.decisions.filter(pl.col("kind") == "blip_left_out")["first"].to_list() == [START + timedelta(ONSET)]


def test_five_days_away_and_back_are_a_blip(quiet: NDArray[np.float64]) -> None:
    quiet[ONSET : ONSET + 5] += 4
    answers = patterns.classify(table(quiet))
    assert not answers.states["state"].is_in(["shift", "trend"]).any()
    assert on(answers, ONSET + 10)["p_blip"] > 0.9


def test_a_lasting_change_becomes_the_usual(quiet: NDArray[np.float64]) -> None:
    quiet[ONSET:] += 3
    answers = patterns.classify(table(quiet))
    assert answers.decisions["kind"].to_list() == ["new_normal"]
    last = on(answers, 199)
    assert last["state"] == "steady"
    assert last["usual"] == pytest.approx(53, abs=0.5)


def test_three_surveys_a_day_do_not_shout() -> None:
    rng = np.random.default_rng(3)
    busy = np.full(200, 400.0)
    busy[ONSET:] = 3
    values = 4 + rng.normal(size=200) * np.sqrt(1 / busy)
    rows = table(values).with_columns(weight=pl.Series(busy))
    assert not patterns.classify(rows).states["state"].is_in(["shift", "trend"]).any()


def test_probabilities_are_shares_of_one(quiet: NDArray[np.float64]) -> None:
    quiet[ONSET:] += 1.5
    states = patterns.classify(table(quiet)).states
    shares = states.select("p_nothing", "p_blip", "p_lasting", "p_weekday", "p_spread").to_numpy()
    assert (shares >= 0).all()
    assert (shares.sum(axis=1) <= 1 + 1e-6).all()
    assert np.allclose(states["p_level"] + states["p_trend"], states["p_lasting"], atol=1e-6)


def test_tomorrow_changes_nothing_said_today(quiet: NDArray[np.float64]) -> None:
    quiet[ONSET:] += 2
    whole, part = patterns.classify(table(quiet)).states, patterns.classify(table(quiet[:130])).states
    assert whole[:130].equals(part)


def test_night_by_night_gives_what_the_whole_history_gives(quiet: NDArray[np.float64], tmp_path: Path) -> None:
    quiet[60] += 6
    quiet[ONSET:] += 2
    rows = table(quiet)
    whole = patterns.classify(rows).states
    remembered = patterns.classify(rows[:40]).remembered
    nights = []
    for day in range(40, 200):
        remembered.save(tmp_path / "state.npz")
        answers = patterns.update(patterns.Remembered.load(tmp_path / "state.npz"), rows[day : day + 1])
        nights.append(answers.states)
        remembered = answers.remembered
    again = pl.concat(nights)
    assert again["state"].to_list() == whole["state"][40:].to_list()
    assert np.allclose(again["p_lasting"], whole["p_lasting"][40:], atol=1e-4)


def test_a_day_judged_before_is_refused_and_changes_nothing(quiet: NDArray[np.float64]) -> None:
    first = patterns.classify(table(quiet))
    again = patterns.update(first.remembered, table(quiet)[150:160])
    assert again.states.is_empty()
    assert set(again.refusals["code"]) == {"day_already_judged"}


def test_a_new_series_joins_those_remembered(quiet: NDArray[np.float64]) -> None:
    first = patterns.classify(table(quiet[:100], "a"))
    both = pl.concat([table(quiet, "a")[100:], table(quiet, "b")])
    after = patterns.update(first.remembered, both)
    assert after.remembered.names == ("a", "b")
    assert (
        after.states.filter(pl.col("series") == "b")
        .drop("series")
        .equals(patterns.classify(table(quiet)).states.drop("series"))
    )


def test_a_late_correction_touches_only_its_own_series(quiet: NDArray[np.float64]) -> None:
    rows = pl.concat([table(quiet, "a"), table(quiet[::-1].copy(), "b")])
    before = patterns.classify(rows).remembered
    corrected = quiet.copy()
    corrected[ONSET] += 9
    after = patterns.amend(before, table(corrected, "a")).remembered
    truth = patterns.classify(pl.concat([table(corrected, "a"), table(quiet[::-1].copy(), "b")])).remembered
    for name, mine, theirs in zip(after.memory._fields, after.memory, truth.memory, strict=True):
        assert np.array_equal(mine, theirs), name


def test_series_do_not_know_one_another(quiet: NDArray[np.float64]) -> None:
    quiet[ONSET:] += 2
    alone = patterns.classify(table(quiet, "b")).states
    together = patterns.classify(pl.concat([table(quiet[::-1].copy(), "a"), table(quiet, "b")])).states
    assert together.filter(pl.col("series") == "b").equals(alone)


def test_the_same_story_in_another_unit_is_the_same_story(quiet: NDArray[np.float64]) -> None:
    quiet[ONSET:] += 2
    seconds, minutes = patterns.classify(table(quiet)).states, patterns.classify(table(quiet / 60)).states
    assert np.allclose(seconds["p_lasting"], minutes["p_lasting"], atol=1e-4)


def test_what_is_known_to_have_happened_makes_a_blip_on_its_day_more_likely(quiet: NDArray[np.float64]) -> None:
    quiet[ONSET] = 53
    rows, day = table(quiet), pl.DataFrame({"date": [START + timedelta(ONSET)]})
    without, told = on(patterns.classify(rows), ONSET + 3), on(patterns.classify(rows, events=day), ONSET + 3)
    assert told["p_blip"] > without["p_blip"] + 0.2


def test_an_unknown_day_says_so(quiet: NDArray[np.float64]) -> None:
    quiet[150] = np.nan
    assert on(patterns.classify(table(quiet)), 150)["reason"] == "no_data"


def test_a_gap_of_months_is_bridged(quiet: NDArray[np.float64]) -> None:
    rows = table(quiet).filter(~pl.col("date").is_between(date(2024, 3, 1), date(2024, 6, 15)))
    states = patterns.classify(rows).states
    assert states.height == rows.height
    assert not states["state"].is_in(["shift", "trend"]).any()
