"""Bad input: a clear word with series and date, or a documented neutral answer; the others go on."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from floorwalker.core import patterns
from tests.core.patterns.stories import table

DAY = date(2024, 2, 1)


def spoiled(values: NDArray[np.float64], **change: object) -> pl.DataFrame:
    """A good table with some columns changed on one day."""
    hit = pl.col("date") == DAY
    return table(values).with_columns(pl.when(hit).then(pl.lit(v)).otherwise(pl.col(k)).alias(k) for k, v in change.items())


def test_one_bad_row_does_not_stop_its_series_or_the_others(quiet: NDArray[np.float64]) -> None:
    bad = spoiled(quiet, value=float("inf"))
    both = patterns.classify(pl.concat([bad, table(quiet, "t")]))
    assert both.refusals.height == 1
    assert both.states.filter(pl.col("series") == "t").height == 200
    assert both.states.filter((pl.col("series") == "s") & (pl.col("state") == "steady")).height > 150


def test_no_rows_give_no_rows() -> None:
    assert patterns.classify(table(np.array([1.0]))[:0]).states.is_empty()


@pytest.mark.parametrize("value", [0.0, 1.0, 7.5])
@pytest.mark.parametrize("kind", ["count", "mean", "rate"])
def test_a_constant_is_steady(kind: str, value: float) -> None:
    states = patterns.classify(table(np.full(150, min(value, 1.0) if kind == "rate" else value), kind=kind, weight=20.0)).states
    assert set(states["state"][28:]) == {"steady"}
    assert states["p_lasting"].is_finite().all()


def test_a_constant_that_jumps_is_called() -> None:
    values = np.full(150, 7.0)
    values[100:] = 9
    assert patterns.classify(table(values)).states["state"].is_in(["shift", "trend"]).any()


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(patterns.Unusable) as error:
        patterns.classify(table(np.array([1.0])).drop("kind"))
    assert error.value.code == "column_missing"
    assert error.value.facts["column"] == "kind"


@pytest.mark.parametrize("constant", [28, 60])
def test_a_constant_that_comes_to_life_learns_its_noise_anew(constant: int, quiet: NDArray[np.float64]) -> None:
    quiet[:constant] = 50
    states = patterns.classify(table(quiet)).states["state"]
    assert set(states[constant + 14 : constant + 28]) == {"learning"}
    assert set(states[constant + 42 :]) <= {"steady", "watch"}


def test_one_day_off_a_constant_is_a_blip_and_nothing_is_forgotten() -> None:
    values = np.full(150, 7.0)
    values[100] = 9
    states = patterns.classify(table(values)).states["state"]
    assert states[101] == "blip"
    assert "learning" not in states[28:]


def test_huge_and_tiny_numbers_give_finite_answers() -> None:
    rng = np.random.default_rng(1)
    for scale in (1e-12, 1e12):
        states = patterns.classify(table(rng.normal(5, 1, 150) * scale)).states
        assert np.isfinite(states.select("p_blip", "p_lasting").to_numpy()).all()
