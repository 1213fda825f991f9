"""A day under way."""

from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from floorwalker.core import demand
from tests.core.demand.worlds import MONDAY, history, origin

TODAY = 84
NOON = MONDAY + timedelta(days=TODAY, hours=12)


def changed(factor: float, first: int = 8, last: int = 12) -> pl.DataFrame:
    """The history with today's counts between two hours times a factor."""
    hit = (pl.col("start").dt.date() == NOON.date()) & pl.col("start").dt.hour().is_between(first, last - 1)
    return history(TODAY + 1).with_columns(
        contacts=pl.when(hit).then((pl.col("contacts") * factor).round()).otherwise("contacts")
    )


def rest(fc: demand.Forecast) -> pl.DataFrame:
    """Today's intervals from noon."""
    return fc.rows.filter(pl.col("kind") == "interval", pl.col("start") >= NOON, pl.col("start").dt.date() == NOON.date())


def test_a_busy_morning_makes_a_busier_afternoon() -> None:
    before = demand.forecast(changed(1.25), origin(TODAY), days=1).rows.filter(pl.col("start") < NOON, kind="interval")
    morning = changed(1.25).filter(pl.col("start") < NOON, pl.col("start").dt.date() == NOON.date())
    told, usual, busy = (
        rest(demand.forecast(changed(f), origin(TODAY, hour=h), days=1)) for f, h in ((1, 0), (1, 12), (1.25, 12))
    )

    assert busy["mean"].sum() > 1.05 * usual["mean"].sum()
    assert busy["mean"].sum() / told["mean"].sum() < morning["contacts"].sum() / before["mean"].sum()


def test_the_update_never_widens_the_doubt_of_an_interval() -> None:
    for factor in (0.5, 1.0, 1.6):
        before, after = (rest(demand.forecast(changed(factor), origin(TODAY, hour=h), days=1)) for h in (0, 12))
        width = [np.sqrt(rows["q90"].to_numpy() + 0.25) - np.sqrt(rows["q10"].to_numpy() + 0.25) for rows in (before, after)]
        assert (width[1] <= width[0] + 1e-9).all()


def test_an_outage_in_the_morning_is_not_believed() -> None:
    before = rest(demand.forecast(changed(1.0), origin(TODAY, hour=12), days=1))
    fc = demand.forecast(changed(0.0, 10, 12), origin(TODAY, hour=12), days=1)

    assert "held" in fc.drivers["driver"].to_list()
    assert rest(fc)["mean"].sum() == pytest.approx(before["mean"].sum(), rel=0.06)


def test_silence_since_opening_is_held_at_first_and_then_taken_for_a_closed_day() -> None:
    early = demand.forecast(changed(0.0, 8, 9), origin(TODAY, hour=9), days=1)
    late = demand.forecast(changed(0.0), origin(TODAY, hour=12), days=1)
    usual = demand.forecast(changed(1.0), origin(TODAY, hour=12), days=1)

    assert early.drivers.filter(driver="silent").is_empty()
    assert early.drivers.filter(driver="held").height == 1
    assert late.drivers.filter(driver="silent").height == 1
    assert rest(late)["mean"].sum() < 0.3 * rest(usual)["mean"].sum()


def test_the_day_row_of_today_is_the_total_from_the_origin_on() -> None:
    fc = demand.forecast(changed(1.0), origin(TODAY, hour=12), days=1)

    assert fc.rows.filter(kind="day")["mean"][0] == pytest.approx(rest(fc)["mean"].sum())
