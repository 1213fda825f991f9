"""What a forecast promises, whatever the numbers."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from floorwalker.core import demand
from tests.core.demand.worlds import MONDAY, history, origin


def test_each_open_interval_and_each_open_day_gets_a_row() -> None:
    fc = demand.forecast(history(56), origin(56, hour=10), days=7)

    intervals, totals = fc.rows.filter(kind="interval"), fc.rows.filter(kind="day")

    assert intervals.height == 16 + 4 * 20
    assert totals["start"].dt.date().to_list() == [date(2026, 7, 27) + timedelta(days=k) for k in range(5)]
    assert intervals["start"].min() == MONDAY + timedelta(days=56, hours=10)


def test_quantiles_never_cross() -> None:
    rows = demand.forecast(history(56), origin(56, hour=12), days=14).rows

    assert bool((np.diff(rows.select(demand.COLUMNS).to_numpy(), axis=1) >= 0).all())


def test_deleting_the_future_changes_nothing() -> None:
    whole, at = history(70), origin(56, hour=11)
    known = whole.filter(pl.col("start") < at["origin"][0])

    assert_frame_equal(demand.forecast(whole, at, days=14).rows, demand.forecast(known, at, days=14).rows)


def test_the_same_question_gets_the_same_answer() -> None:
    first, again = (demand.forecast(history(56), origin(56), days=3) for _ in range(2))
    at = MONDAY + timedelta(days=56)

    assert_frame_equal(first.rows, again.rows)
    assert (first.scenarios("calls", at, at.date()).counts == again.scenarios("calls", at, at.date()).counts).all()


def test_scenarios_and_rows_tell_the_same_story() -> None:
    fc, at = demand.forecast(history(56), origin(56), days=1), MONDAY + timedelta(days=56)

    drawn = fc.scenarios("calls", at, at.date(), draws=20_000)
    intervals, total = fc.rows.filter(kind="interval"), fc.rows.filter(kind="day")

    assert drawn.starts == intervals["start"].to_list()
    for name, share in zip(demand.COLUMNS, demand.QUANTILES, strict=True):
        assert np.quantile(drawn.counts, share, axis=0) == pytest.approx(intervals[name].to_numpy(), abs=1.2)
        assert np.quantile(drawn.counts.sum(1), share) == pytest.approx(total[name][0], rel=0.01)


def test_a_bad_row_is_named_and_the_other_queues_are_forecast() -> None:
    bad = history(28, queue="bad").with_columns(contacts=pl.when(pl.int_range(pl.len()) == 5).then(-1.0).otherwise("contacts"))
    none = pl.DataFrame({"queue": ["empty"], "origin": [MONDAY]}, schema=origin(1).schema)
    fc = demand.forecast(pl.concat([bad, history(28)]), pl.concat([origin(28), origin(28, queue="bad"), none]), days=2)

    assert fc.refusals.rows() == [
        ("bad", MONDAY + timedelta(hours=10, minutes=30), "negative", "-1.0"),
        ("empty", MONDAY, "no_history", ""),
    ]
    assert set(fc.rows["queue"]) == {"bad", "calls"}


def test_a_table_without_counts_is_unusable() -> None:
    with pytest.raises(demand.Unusable, match="column_missing"):
        demand.forecast(history(7).drop("contacts"), origin(7), days=1)


def test_a_backtest_compares_with_the_plain_weekday_mean() -> None:
    told = demand.backtest(history(84), MONDAY + timedelta(days=84), weeks=2)

    assert told.filter(grain="day")["lead"].to_list() == ["days_2_7", "days_8_14", "same_day"]
    same = told.filter(grain="day", lead="same_day")
    assert same["outcomes"][0] == 10
    assert 0 < same["error"][0] < same["error_of_mean"][0]


def test_a_masked_day_leaves_no_trace() -> None:
    blip = pl.col("start").dt.date() == date(2026, 7, 20)
    wild = history(56).with_columns(contacts=pl.when(blip).then(pl.col("contacts") * 9).otherwise("contacts"))
    masked = pl.DataFrame({"queue": ["calls"], "date": [date(2026, 7, 20)]})

    usual = demand.forecast(history(56), origin(56), days=5, masked=masked).rows

    assert_frame_equal(demand.forecast(wild, origin(56), days=5, masked=masked).rows, usual)


def test_a_range_of_the_day_follows_weeks_that_become_calmer_or_wilder() -> None:
    def restless(first: float, last: float) -> float:
        days = pl.DataFrame({"day": history(140)["start"].dt.date().unique().sort()})
        noise = np.random.default_rng(3).normal(0, np.repeat([first, last], [days.height - 20, 20]))
        table = history(140).with_columns(day=pl.col("start").dt.date())
        table = table.join(days.with_columns(busy=pl.Series(np.exp(noise))), on="day", maintain_order="left")
        table = table.select("queue", "start", contacts=(pl.col("contacts") * pl.col("busy")).round())
        day = demand.forecast(table, origin(140), days=1).rows.filter(kind="day")
        return float(day["q90"][0] / day["q10"][0]) - 1

    steady = restless(0.12, 0.12)
    assert restless(0.12, 0.03) < 0.8 * steady
    assert restless(0.03, 0.12) > 0.8 * steady
