"""Holidays, events, blips and lasting shifts."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from floorwalker.core import demand
from floorwalker.core.demand.calendar import read
from floorwalker.core.demand.effects import BELIEFS, learn, shift, total
from floorwalker.core.demand.history import lay_out
from tests.core.demand.worlds import MONDAY, history, origin

START = MONDAY.date()


def on(day: int) -> date:
    return START + timedelta(days=day)


def known(days: list[int], name: str = "Feast", kind: str = "holiday") -> pl.DataFrame:
    return pl.DataFrame({"date": [on(d) for d in days], "name": name, "kind": kind}, schema_overrides={"date": pl.Date})


def times(table: pl.DataFrame, days: list[int], factor: float) -> pl.DataFrame:
    hit = pl.col("start").dt.date().is_in([on(d) for d in days])
    return table.with_columns(contacts=pl.when(hit).then((pl.col("contacts") * factor).round()).otherwise("contacts"))


def day_mean(fc: demand.Forecast, day: int) -> float:
    return float(fc.rows.filter(pl.col("kind") == "day", pl.col("start").dt.date() == on(day))["mean"].item())


def test_a_thursday_holiday_makes_a_bridge_of_its_friday() -> None:
    calendar = read("calls", known([3]), None, None)
    first = (START - date(1970, 1, 1)).days

    assert {k - first: v[0].group for k, v in calendar.special.items()} == {
        0: "before_3", 1: "before_2", 2: "before_1", 3: "holiday", 4: "bridge", 5: "after_2", 6: "after_3",
    }  # fmt: skip


def test_a_holiday_seen_before_is_foreseen_and_one_never_seen_is_doubted() -> None:
    table = times(history(140), [23, 58, 93], 0.3)
    told = known([23, 58, 93, 142])
    fc = demand.forecast(table, origin(140), days=4, known=told)
    plain = demand.forecast(history(140), origin(140), days=4)

    assert day_mean(fc, 142) / day_mean(plain, 142) == pytest.approx(0.3, abs=0.06)
    unseen = demand.forecast(history(140), origin(140), days=4, known=known([142], "Other"))
    row = unseen.rows.filter(pl.col("kind") == "day", pl.col("start").dt.date() == on(142))
    assert row["q90"][0] / row["q10"][0] > 2.5


def test_effects_of_one_name_stay_near_those_of_its_class() -> None:
    table = times(history(140), [22, 57, 92], 0.5)
    grid = lay_out(table)[0]["calls"]
    calendar = read("calls", pl.concat([known([22, 57, 92]), known([143], "New")]), None, None)

    effects = {
        each.name: effect
        for each, effect in learn(total(grid, grid.first + 140, calendar), calendar).items()
        if each.group == "holiday"
    }

    assert effects["Feast"].mean == pytest.approx(-0.69, abs=0.1)
    assert effects["Feast"].mean < effects["New"].mean < BELIEFS["holiday"][0] + 0.05
    assert effects["Feast"].variance < effects["New"].variance


def test_a_holiday_on_which_the_queue_was_closed_is_not_forecast() -> None:
    days = [23, 58, 93]
    table = history(140).filter(~pl.col("start").dt.date().is_in([on(d) for d in days]))

    fc = demand.forecast(table, origin(140), days=4, known=known([*days, 142]))

    assert on(142) not in fc.rows["start"].dt.date().to_list()
    assert on(143) in fc.rows["start"].dt.date().to_list()


def test_past_campaigns_tell_of_the_next() -> None:
    table = times(history(140), [30, 65, 100], 1.5)

    fc = demand.forecast(table, origin(140), days=3, known=known([30, 65, 100, 141], "campaign", "event"))

    driver = fc.drivers.filter(driver="event")
    assert driver["date"].to_list() == [on(141)]
    assert driver["factor"][0] == pytest.approx(1.45, abs=0.12)


def test_after_a_lasting_shift_the_new_level_is_taken_at_once() -> None:
    table = times(history(140), list(range(133, 141)), 0.6)
    levels = pl.DataFrame({"queue": ["calls"], "date": [on(133)]})
    grid = lay_out(table)[0]["calls"]

    told = demand.forecast(table, origin(140), days=5, levels=levels)
    whole = demand.forecast(history(140), origin(140), days=5)

    moved = shift(total(grid, grid.first + 140, read("calls", None, None, levels)), grid.first + 133)
    assert moved.mean == pytest.approx(-0.5, abs=0.12)
    for day in range(140, 145):
        assert day_mean(told, day) / day_mean(whole, day) == pytest.approx(0.6, abs=0.1)


def test_moving_feasts_come_from_the_calendar_of_the_country() -> None:
    poland = demand.holidays_of("PL", date(2026, 1, 1), date(2027, 12, 31))
    korea = demand.holidays_of("KR", date(2026, 2, 1), date(2026, 2, 28))

    assert {date(2026, 4, 6), date(2027, 3, 29)} <= set(poland["date"])
    assert date(2026, 2, 17) in korea["date"].to_list()
    assert set(poland["kind"]) == {"holiday"}
    with pytest.raises(demand.Unusable, match="country"):
        demand.holidays_of("XX", date(2026, 1, 1), date(2026, 1, 2))


def test_a_yearly_season_is_foreseen_when_two_years_have_shown_it() -> None:
    table = history(730, step=60, weekend=True)
    angle = (pl.col("start").dt.ordinal_day() / 365.25 * 6.283185).sin()
    table = table.with_columns(contacts=pl.col("contacts") * (angle * 0.4).exp())
    fc = demand.forecast(table, origin(730), days=180)

    at = [datetime(2028, 5, 31) + timedelta(days=k) for k in (0, 120)]  # noqa: DTZ001
    index = [float(fc.drivers.filter(pl.col("date") == each.date(), driver="season")["factor"].sum() or 1.0) for each in at]
    truth = [1.0, 0.37]
    assert index[1] / index[0] == pytest.approx(truth[1] / truth[0] * 1.25, abs=0.16)
