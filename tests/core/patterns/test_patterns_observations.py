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


@pytest.mark.parametrize(
    ("kind", "value", "weight", "code"),
    [
        ("count", -3.0, None, "negative_count"),
        ("rate", 1.2, 50.0, "rate_outside_0_1"),
        ("rate", -0.1, 50.0, "rate_outside_0_1"),
        ("rate", 0.5, None, "rate_without_weight"),
        ("mean", float("inf"), 10.0, "not_finite"),
        ("mean", 3.0, -1.0, "negative_weight"),
        ("median", 3.0, 1.0, "unknown_kind"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(kind: str, value: float, weight: float | None, code: str) -> None:
    row = pl.DataFrame(
        {"series": ["q7"], "kind": [kind], "date": [DAY], "value": [value], "weight": [weight]},
        schema_overrides={"weight": pl.Float64},
    )
    answers = patterns.classify(row)
    assert answers.refusals.select("series", "date", "code").rows() == [("q7", DAY, code)]
    assert answers.states["state"].to_list() == ["learning"]


def test_one_bad_row_does_not_stop_its_series_or_the_others(quiet: NDArray[np.float64]) -> None:
    bad = spoiled(quiet, value=float("inf"))
    both = patterns.classify(pl.concat([bad, table(quiet, "t")]))
    assert both.refusals.height == 1
    assert both.states.filter(pl.col("series") == "t").height == 200
    assert both.states.filter((pl.col("series") == "s") & (pl.col("state") == "steady")).height > 150


def test_two_values_for_one_day_are_both_set_aside(quiet: NDArray[np.float64]) -> None:
    rows = pl.concat([table(quiet), table(quiet).filter(pl.col("date") == DAY)])
    answers = patterns.classify(rows)
    assert answers.refusals["code"].to_list() == ["duplicate_day"] * 2
    assert answers.states.height == 201


def test_days_may_come_in_any_order(quiet: NDArray[np.float64]) -> None:
    rows = table(quiet)
    assert patterns.classify(rows.sample(fraction=1, shuffle=True, seed=1)).states.equals(patterns.classify(rows).states)


def test_a_weight_of_zero_is_a_day_without_news(quiet: NDArray[np.float64]) -> None:
    answers = patterns.classify(spoiled(quiet, weight=0.0, value=99.0))
    assert answers.refusals.is_empty()
    assert not answers.states["state"].is_in(["blip", "shift"]).any()


def test_a_missing_value_is_a_day_without_news(quiet: NDArray[np.float64]) -> None:
    assert patterns.classify(spoiled(quiet, value=None)).refusals.is_empty()


def test_one_day_is_learning() -> None:
    assert patterns.classify(table(np.array([4.0]))).states["state"].to_list() == ["learning"]


def test_nothing_known_is_learning_for_ever() -> None:
    assert set(patterns.classify(table(np.full(100, np.nan))).states["state"]) == {"learning"}


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


def test_huge_and_tiny_numbers_give_finite_answers() -> None:
    rng = np.random.default_rng(1)
    for scale in (1e-12, 1e12):
        states = patterns.classify(table(rng.normal(5, 1, 150) * scale)).states
        assert np.isfinite(states.select("p_blip", "p_lasting").to_numpy()).all()
