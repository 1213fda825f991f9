"""Histories as they come: short, broken, sparse, doubled. The answer is a named refusal or a plain, wide forecast."""

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from floorwalker.core import demand
from floorwalker.core.demand.history import lay_out
from tests.core.demand.worlds import MONDAY, history, origin


def table(starts: list[datetime], counts: list[float], queue: str = "calls") -> pl.DataFrame:
    schema = {"queue": pl.String, "start": pl.Datetime("us"), "contacts": pl.Float64}
    return pl.DataFrame({"queue": [queue] * len(starts), "start": starts, "contacts": counts}, schema=schema)


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def codes(fc: demand.Forecast) -> list[str]:
    return fc.refusals["code"].to_list()


def test_the_interval_is_read_from_the_starts_and_a_missing_row_is_unknown() -> None:
    grid = lay_out(table([at(8), at(8, 30), at(9, 30), at(8, 0, 1), at(8, 30, 1)], [4, 6, 2, 5, 7]))[0]["calls"]

    assert grid.step == 30
    assert grid.minutes.tolist() == [480, 510, 540, 570]
    assert np.array_equal(grid.counts, [[4, 6, np.nan, 2], [5, 7, np.nan, np.nan]], equal_nan=True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (pl.lit(-3.0), "negative"),
        (pl.lit(float("inf")), "not_finite"),
        (pl.lit(float("nan")), "not_finite"),
    ],
)
def test_a_count_that_cannot_be_is_named_and_unknown(change: pl.Expr, code: str) -> None:
    wrong = pl.when(pl.col("start") == at(9, 0, 3)).then(change).otherwise("contacts")
    fc = demand.forecast(history(28).with_columns(contacts=wrong), origin(28), days=1)

    assert fc.refusals.select("queue", "start", "code").rows() == [("calls", at(9, 0, 3), code)]
    assert fc.rows.height == 21


def test_text_instead_of_a_count_or_a_time_is_named() -> None:
    written = history(28).with_columns(pl.col("contacts").cast(pl.String), pl.col("start").cast(pl.String))
    rows = written.with_columns(
        contacts=pl.when(pl.int_range(pl.len()) == 2).then(pl.lit("many")).otherwise("contacts"),
        start=pl.when(pl.int_range(pl.len()) == 5).then(pl.lit("noon")).otherwise("start"),
    )
    fc = demand.forecast(rows, origin(28), days=1)

    assert fc.refusals.select("code", "found").rows() == [("not_a_number", "many"), ("unreadable_start", "noon")]


def test_a_start_given_twice_is_set_aside_and_named() -> None:
    fc = demand.forecast(pl.concat([history(28), history(28).head(1)]), origin(28), days=1)

    assert fc.refusals.select("start", "code").rows() == [(at(8), "duplicate")]


def test_a_start_off_the_grid_is_named() -> None:
    fc = demand.forecast(pl.concat([history(28), table([at(8, 7)], [3])]), origin(28), days=1)

    assert fc.refusals.select("start", "code", "found").rows() == [(at(8, 7), "off_grid", "30")]


def test_the_hour_that_a_clock_lives_twice_counts_once_with_its_mean() -> None:
    night = [at(1, 30), at(2), at(2, 30), at(2), at(2, 30), at(3)]
    grids, refused = lay_out(table(night, [9, 4, 6, 8, 2, 9]))

    assert refused.is_empty()
    assert grids["calls"].counts.tolist() == [[9, 6, 4, 9]]


def test_a_day_without_the_hour_that_a_clock_skips_is_forecast_from_like_any_other() -> None:
    whole = history(56, weekend=True)
    spring = (pl.col("start").dt.date() == at(0, 0, 48).date()) & (pl.col("start").dt.hour() == 10)

    means = [
        demand.forecast(each, origin(56), days=7).rows.filter(kind="day")["mean"] for each in (whole, whole.filter(~spring))
    ]

    assert means[1].to_list() == pytest.approx(means[0].to_list(), rel=0.03)


def test_unsorted_rows_give_the_same_answer() -> None:
    shuffled = history(28).sample(fraction=1, shuffle=True, seed=3)

    assert demand.forecast(shuffled, origin(28), days=3).rows.equals(demand.forecast(history(28), origin(28), days=3).rows)


def test_one_day_of_history_gives_a_wide_forecast_and_says_so() -> None:
    fc = demand.forecast(history(1), origin(1), days=7)

    assert set(fc.choices["why"]) == {"little_history"}
    day = fc.rows.filter(kind="day").row(0, named=True)
    assert day["mean"] == pytest.approx(history(1)["contacts"].sum(), rel=0.02)
    assert day["q90"] / day["q10"] > 1.3


def test_one_row_is_too_little_to_know_the_interval() -> None:
    assert codes(demand.forecast(history(1).head(1), origin(1), days=1)) == ["interval_unclear", "no_history"]


def test_a_week_of_silence_hardly_moves_the_days_after_it() -> None:
    week = pl.col("start").is_between(at(0, 0, 56), at(0, 0, 63))
    silent = history(84).with_columns(contacts=pl.when(week).then(0.0).otherwise("contacts"))

    usual, after = (
        demand.forecast(each, origin(84), days=5).rows.filter(kind="day")["mean"].sum() for each in (history(84), silent)
    )

    assert after == pytest.approx(usual, rel=0.04)


def test_twice_the_calls_are_twice_the_forecast() -> None:
    one, two = (
        demand.forecast(history(56, level=200).with_columns(pl.col("contacts") * k), origin(56), days=3).rows.filter(kind="day")
        for k in (1, 2)
    )

    assert two["mean"].to_list() == pytest.approx((one["mean"] * 2).to_list(), rel=0.01)


def test_fractional_counts_are_taken_as_they_are() -> None:
    fc = demand.forecast(history(56).with_columns(pl.col("contacts") * 1.5), origin(56), days=3)

    assert codes(fc) == []
    assert fc.rows.filter(kind="day")["mean"][0] == pytest.approx(
        1.5 * demand.forecast(history(56), origin(56), days=3).rows.filter(kind="day")["mean"][0], rel=0.02
    )


def test_sparse_queues_get_whole_numbers_and_scenarios_of_them() -> None:
    fc, start = demand.forecast(history(120, level=0.5, weekend=True), origin(120), days=1), MONDAY + timedelta(days=120)
    rows = fc.rows.filter(kind="interval")
    drawn = fc.scenarios("calls", start, start.date(), draws=4000).counts

    assert (rows["q90"] == rows["q90"].round()).all()
    assert (drawn == drawn.round()).all()
    assert drawn.mean(0) == pytest.approx(rows["mean"].to_numpy(), abs=0.1)
    assert np.quantile(drawn, 0.9, axis=0) == pytest.approx(rows["q90"].to_numpy(), abs=1)


def test_a_young_queue_borrows_the_shape_of_the_others() -> None:
    young = history(140, level=20, queue="young", seed=8).filter(pl.col("start") >= at(0, 0, 136))
    both = pl.concat([history(140), young])
    alone = demand.forecast(young, origin(140, queue="young"), days=4)
    lent = demand.forecast(both, origin(140, queue="young"), days=4)

    assert set(lent.choices["why"]) == {"borrowed"}
    days = [fc.rows.filter(kind="day")["mean"].to_list() for fc in (alone, lent)]
    share = young["contacts"].sum() / history(140).filter(pl.col("start") >= at(0, 0, 136))["contacts"].sum()
    parent = demand.forecast(history(140), origin(140), days=4).rows.filter(kind="day")["mean"]
    assert days[1] == pytest.approx((parent * share).to_list(), rel=0.1)
    assert days[0] != pytest.approx((parent * share).to_list(), rel=0.1)


def test_a_year_ahead_has_a_row_for_each_open_day() -> None:
    days = demand.forecast(history(120), origin(120), days=364).rows.filter(kind="day")

    assert days.height == 260
    width = np.log(days["q90"] / days["q10"]).to_numpy()
    assert width[-5:].mean() > width[:5].mean()


def test_when_the_plain_mean_is_as_good_it_is_used_and_said() -> None:
    table = history(140)
    busy = pl.DataFrame({"day": table["start"].dt.date().unique().sort()})
    busy = busy.with_columns(busy=pl.Series(np.exp(np.random.default_rng(2).normal(0, 0.25, busy.height))))
    restless = table.with_columns(day=pl.col("start").dt.date()).join(busy, on="day", maintain_order="left")
    restless = restless.select("queue", "start", contacts=(3000 * pl.col("busy")).round())

    choices = demand.forecast(restless, origin(140), days=14).choices.filter(lead="same_day")

    assert choices.select("model", "why").rows() == [("weekday_mean", "as_good")]
    assert choices["error"].to_list() == choices["error_of_mean"].to_list()


@pytest.mark.parametrize(("year", "refused"), [(9999, []), (2031, []), (1900, ["too_old"])])
def test_a_row_with_a_wrong_year_changes_nothing(year: int, refused: list[str]) -> None:
    wrong = table([datetime(year, 3, 1, 9)], [5.0])  # noqa: DTZ001 - local time without a zone
    fc = demand.forecast(pl.concat([history(28), wrong]), origin(28), days=3)

    assert codes(fc) == refused
    assert fc.rows.equals(demand.forecast(history(28), origin(28), days=3).rows)


def test_a_history_full_of_holes_gives_nearly_the_same_forecast() -> None:
    whole = history(84)
    holes = whole.filter(pl.Series(np.random.default_rng(4).uniform(size=whole.height) > 0.25))

    means = [demand.forecast(each, origin(84), days=5).rows.filter(kind="day")["mean"] for each in (whole, holes)]

    assert means[1].to_list() == pytest.approx(means[0].to_list(), rel=0.05)


def test_a_week_that_was_lost_is_unknown_and_not_silence() -> None:
    lost = history(84).filter(~pl.col("start").is_between(at(0, 0, 77), at(0, 0, 84)))

    means = [demand.forecast(each, origin(84), days=5).rows.filter(kind="day")["mean"].sum() for each in (history(84), lost)]

    assert means[1] == pytest.approx(means[0], rel=0.08)


def test_a_backtest_leaves_out_what_cannot_be_right() -> None:
    written = history(84).with_columns(contacts=pl.col("contacts").cast(pl.String), start=pl.col("start").cast(pl.String))
    wrong = written.tail(30).head(2).with_columns(contacts=pl.Series(["-7", "many"]))
    until = at(0, 0, 84)

    scores = [demand.backtest(each, until, weeks=2) for each in (history(84), pl.concat([written, wrong]))]

    assert scores[1].equals(scores[0])


def test_mostly_silent_queue_is_forecast_with_what_little_comes() -> None:
    rare = history(112, level=0.03, weekend=True)
    day = demand.forecast(rare, origin(112), days=1).rows.filter(kind="day").row(0, named=True)

    assert 0 < day["mean"] < 3
    assert day["q10"] == 0
    assert day["q95"] >= 1
