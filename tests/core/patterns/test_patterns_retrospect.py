"""Looking back with every day known."""

from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from floorwalker.core import patterns
from tests.core.patterns.stories import START, table


def onsets(values: NDArray[np.float64]) -> list[int]:
    states = patterns.look_back(table(values)).states
    return sorted({(d - START).days for d in states.filter(pl.col("state") == "shift")["onset"]})


def test_a_quiet_series_is_one_segment(quiet: NDArray[np.float64]) -> None:
    segments = patterns.look_back(table(quiet)).segments
    assert segments.height == 1
    assert segments["level"][0] == pytest.approx(quiet.mean())


def test_two_steps_are_found_where_they_are(quiet: NDArray[np.float64]) -> None:
    quiet[60:] += 3
    quiet[140:] -= 2
    found = onsets(quiet)
    assert len(found) == 2
    assert abs(found[0] - 60) <= 2
    assert abs(found[1] - 140) <= 2


def test_one_strange_day_is_a_blip_and_no_change(quiet: NDArray[np.float64]) -> None:
    quiet[42] -= 8
    states = patterns.look_back(table(quiet)).states
    assert states.filter(pl.col("state") == "blip")["date"].to_list() == [START + timedelta(42)]
    assert onsets(quiet) == []


def test_a_week_away_and_back_is_a_blip(quiet: NDArray[np.float64]) -> None:
    quiet[100:107] += 4
    states = patterns.look_back(table(quiet)).states
    assert onsets(quiet) == []
    assert states.filter(pl.col("state") == "blip").height >= 5


def test_a_slow_drift_is_not_cut_into_steps(quiet: NDArray[np.float64]) -> None:
    wave = quiet + 3 * np.sin(np.arange(200) / 30)
    assert len(onsets(wave)) <= 1


@pytest.mark.parametrize("values", [np.array([1.0]), np.array([]), np.full(50, np.nan), np.full(50, 3.0)])
def test_nothing_to_find_is_found_in_nothing(values: NDArray[np.float64]) -> None:
    answer = patterns.look_back(table(values))
    assert answer.states.height == len(values)
    assert not (answer.states["state"] == "shift").any()


def test_counts_and_rates_are_looked_back_upon(quiet: NDArray[np.float64]) -> None:
    rng = np.random.default_rng(2)
    calls = np.concatenate([rng.poisson(100, 80), rng.poisson(150, 80)]).astype(float)
    rate = np.concatenate([rng.binomial(200, 0.1, 80), rng.binomial(200, 0.2, 80)]) / 200
    both = pl.concat([table(calls, "calls", "count"), table(rate, "rate", "rate", 200.0)])
    found = patterns.look_back(both).segments.filter(pl.col("change").is_not_null())
    assert found["series"].to_list() == ["calls", "rate"]
    assert all(abs((d - START).days - 80) <= 1 for d in found["first"])
