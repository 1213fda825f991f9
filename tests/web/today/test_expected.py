"""The expected day: the mean of recent same weekdays, its doubt, and its busiest hour."""

from datetime import date, timedelta

import polars as pl
import pytest

from floorwalker.web.today.expected import expected_day

TODAY = date(2026, 11, 23)


def course(days: int, **more: int) -> pl.DataFrame:
    """The last `days` Mondays, each with 4 contacts a quarter from 8:00 to 17:45 and 10 from 10:00 to 10:45."""
    rows = [
        (TODAY - timedelta(days=7 * back), minute, 10.0 if 600 <= minute < 660 else 4.0)
        for back in range(1, days + 1)
        for minute in range(480, 1080, 15)
    ]
    return pl.DataFrame(rows, orient="row", schema={"day": pl.Date, "minute": pl.Int64, "offered": pl.Float64})


def test_two_mondays_are_too_few_to_expect_anything() -> None:
    assert expected_day(course(2), TODAY, None) is None


def test_contacts_without_a_time_of_day_say_nothing_about_its_course() -> None:
    whole_days = course(8).with_columns(minute=pl.lit(None, dtype=pl.Int64))
    assert expected_day(whole_days, TODAY, None) is None


def test_the_busiest_hour_is_found() -> None:
    found = expected_day(course(8), TODAY, None)
    assert found is not None
    assert found.busiest == (600, 660)
    assert 600 <= found.peak < 660
    assert found.at_peak == 10
    assert found.total == 36 * 4 + 4 * 10
    assert (found.low, found.high) == (184, 184)
    assert (found.length, found.days) == (15, 8)


def test_days_that_differ_widen_the_doubt() -> None:
    busy = course(4).with_columns(pl.col("offered") * 2)
    quiet = course(8).filter(pl.col("day") < TODAY - timedelta(days=28))
    found = expected_day(pl.concat([busy, quiet]), TODAY, None)
    assert found is not None
    assert found.low < found.total < found.high


def test_a_quarter_without_contacts_on_an_open_day_counts_as_none() -> None:
    rows = course(4).filter(~((pl.col("minute") == 480) & (pl.col("day") == TODAY - timedelta(days=7))))
    found = expected_day(rows, TODAY, None)
    assert found is not None
    assert found.steps[0].mean == 3.0


def test_half_hours_are_kept_as_half_hours() -> None:
    found = expected_day(course(8).filter(pl.col("minute") % 30 == 0), TODAY, None)
    assert found is not None
    assert found.length == 30
    assert found.busiest == (600, 660)


def test_only_whole_steps_of_today_have_come() -> None:
    today = course(1).with_columns(day=pl.lit(TODAY)).filter(pl.col("minute") < 510)
    found = expected_day(pl.concat([course(8), today]), TODAY, 510)
    assert found is not None
    assert [step.came for step in found.steps[:3]] == [4.0, 4.0, None]


@pytest.mark.parametrize("minute", [0, 180])
def test_a_trickle_at_night_is_not_drawn(minute: int) -> None:
    night = pl.DataFrame({"day": [TODAY - timedelta(days=7)], "minute": [minute], "offered": [1.0]})
    found = expected_day(pl.concat([course(8), night]), TODAY, None)
    assert found is not None
    assert found.steps[0].minute >= 450
