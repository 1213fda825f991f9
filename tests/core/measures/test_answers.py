"""From sums to answers: folding adds, dividing comes last."""

from datetime import date

import polars as pl
import pytest

from floorwalker.core.measures import Answer, Calendar, Filter, Question
from floorwalker.core.measures.answer import answer

DAYS = [date(2024, 3, 18), date(2024, 3, 19), date(2024, 3, 20), date(2024, 3, 24)]
"""A Monday to Wednesday, and the Sunday after; 20 March 2024 is the first day of the Jalali year 1403."""
SUMS = pl.DataFrame(
    {"day": DAYS, "agent": ["Ann", "Ann", "Bo", "Ann"], "handle_s": [100.0, 300.0, 500.0, 0.0], "handled": [1.0, 1.0, 3.0, 1.0]}
)


def asked(
    *by: str, calendar: Calendar | None = None, where: tuple[Filter, ...] = (), teams: pl.DataFrame | None = None
) -> Answer:
    return answer(Question(("aht",), by, where=where), [SUMS], [], calendar or Calendar(), teams)


def means(given: Answer, by: str) -> dict[object, float]:
    return dict(given.frame.select(by, "aht").iter_rows())


def test_a_mean_is_never_averaged_from_means() -> None:
    assert asked().value("aht") == 900 / 6


def test_sums_of_several_fact_tables_are_added() -> None:
    whole = answer(Question(("aht",)), [SUMS, SUMS.drop("agent")], [], Calendar())
    assert whole.frame.row(0, named=True) == {"aht": 150.0, "aht.n": 12.0, "aht.of": None}


def test_weeks_start_where_the_site_says() -> None:
    assert means(asked("week"), "week") == {date(2024, 3, 18): 150.0}
    sunday = {date(2024, 3, 17): 180.0, date(2024, 3, 24): 0.0}
    assert means(asked("week", calendar=Calendar(week_start=7)), "week") == sunday


def test_months_and_years_may_be_jalali() -> None:
    jalali = Calendar(week_start=6, jalali=True)
    assert means(asked("month"), "month") == {date(2024, 3, 1): 150.0}
    assert means(asked("month", calendar=jalali), "month") == {date(2024, 2, 20): 200.0, date(2024, 3, 20): 125.0}
    assert means(asked("year", calendar=jalali), "year") == {date(2023, 3, 21): 200.0, date(2024, 3, 20): 125.0}


def test_weekdays_are_counted_from_monday() -> None:
    assert means(asked("weekday"), "weekday") == {1: 100.0, 2: 300.0, 3: 500 / 3, 7: 0.0}
    assert asked(where=(Filter("weekday", ("1", "2")),)).value("aht") == 200
    assert asked(where=(Filter("weekday", ("7",), not_=True),)).value("aht") == 180


TEAMS = pl.DataFrame(
    {
        "agent": ["Ann", "Ann"],
        "team": ["North", "South"],
        "since": [None, date(2024, 3, 19)],
        "until": [date(2024, 3, 18), date(2024, 3, 23)],
    },
    schema_overrides={"since": pl.Date, "until": pl.Date},
)


def test_an_agent_counts_for_the_team_of_that_day() -> None:
    assert means(asked("team", teams=TEAMS), "team") == {None: 500 / 4, "North": 100.0, "South": 300.0}
    assert asked(where=(Filter("team", ("North",)),), teams=TEAMS).value("aht") == 100
    assert asked(where=(Filter("team", ("*",)),), teams=TEAMS).value("aht") == 200
    assert asked(where=(Filter("team", ("",)),), teams=TEAMS).value("aht") == 125


def test_teams_need_memberships() -> None:
    with pytest.raises(ValueError, match="memberships"):
        asked("team")


def test_below_nothing_there_is_no_value() -> None:
    nothing = answer(Question(("aht", "offered"), others=True), [SUMS.clear()], [], Calendar())
    assert nothing.frame.row(0) == (None,) * 6
    unheard = SUMS.with_columns(handle_s=pl.lit(0.0), handled=pl.lit(0.0))
    assert answer(Question(("aht",)), [unheard], [], Calendar()).frame.row(0) == (None, 0.0, None)


def test_groups_of_which_nothing_is_known_have_no_row() -> None:
    with_unknown = pl.concat([SUMS, pl.DataFrame({"day": [date(2024, 4, 1)]})], how="diagonal")
    assert answer(Question(("aht",), ("day",)), [with_unknown], [], Calendar()).frame["day"].to_list() == DAYS
