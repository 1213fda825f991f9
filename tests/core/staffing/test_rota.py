"""A planned day as it is written."""

from datetime import date, datetime

import polars as pl
import pytest

from floorwalker.core import staffing
from floorwalker.core.staffing.rota import read_rota

DAY = date(2024, 3, 4)


def rota(*rows: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["start", "agents"], orient="row")


def test_a_plan_is_read_in_its_order_whatever_the_order_of_its_rows() -> None:
    read = read_rota(rota(("2024-03-04 09:30", "7"), ("2024-03-04T09:00:00", " 5 ")), DAY, 1800)

    assert read.refusals == []
    assert read.starts == [datetime(2024, 3, 4, 9), datetime(2024, 3, 4, 9, 30)]  # noqa: DTZ001
    assert read.agents == [5, 7]


@pytest.mark.parametrize(
    ("row", "column", "code", "found"),
    [
        (("nine o'clock", "5"), "start", "unreadable_start", "nine o'clock"),
        (("2024-03-05 09:00", "5"), "start", "other_day", "2024-03-05 09:00"),
        (("2024-03-04 10:00", "-5"), "agents", "negative", "-5"),
        (("2024-03-04 10:00", "five"), "agents", "not_a_number", "five"),
        (("2024-03-04 10:00", ""), "agents", "not_a_number", ""),
        (("2024-03-04 10:00", "4.5"), "agents", "not_whole", "4.5"),
        (("2024-03-04 10:00", "1e9"), "agents", "too_many", "1e9"),
        (("2024-03-04 09:00", "5"), "start", "twice", "2024-03-04 09:00:00"),
        (("2024-03-04 09:15", "5"), "start", "overlaps", "2024-03-04 09:15:00"),
    ],
)
def test_a_row_that_cannot_be_right_is_named_with_its_column(row: tuple[str, str], column: str, code: str, found: str) -> None:
    read = read_rota(rota(("2024-03-04 09:00", "5"), row), DAY, 1800)

    assert read.refusals == [(2, column, code, found)]
    assert read.agents == []


def test_a_plan_without_rows_or_without_a_column_is_refused() -> None:
    with pytest.raises(staffing.Unusable, match="no_rows"):
        read_rota(rota(), DAY, 1800)
    with pytest.raises(staffing.Unusable, match="column_missing column=agents"):
        read_rota(pl.DataFrame({"start": ["2024-03-04 09:00"]}), DAY, 1800)
