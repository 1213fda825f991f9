"""The same centre for everybody: a day depends on nothing but itself and today."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from floorwalker.core.records import TABLES
from floorwalker.sources.sample import SampleCentre
from floorwalker.sources.sample.days import day_of

from .conftest import SITE, TODAY

A_DAY = date(2026, 3, 28)

PRINT_A_DAY = """
from datetime import date
from floorwalker.sources.reading import Site
from floorwalker.sources.sample import SampleCentre
site = Site("Europe/Warsaw", "sample", "fixed")
tables = SampleCentre(date(2026, 11, 20)).between(date(2026, 3, 28), date(2026, 3, 28), site)
print(" ".join(str(tables[name]["row_hash"].sum()) for name in sorted(tables)))
"""


def test_the_same_day_drawn_twice_is_the_same(centre: SampleCentre) -> None:
    once, again = (centre.between(A_DAY, A_DAY, SITE) for _ in range(2))
    for name in once:
        assert_frame_equal(once[name], again[name])


def test_another_process_draws_the_same_day(centre: SampleCentre) -> None:
    here = centre.between(A_DAY, A_DAY, SITE)
    there = subprocess.run(
        [sys.executable, "-c", PRINT_A_DAY],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.split() == [str(here[name]["row_hash"].sum()) for name in sorted(here)]


def test_a_day_drawn_alone_equals_the_day_within_its_neighbours(
    centre: SampleCentre, four_days: dict[str, pl.DataFrame]
) -> None:
    alone = centre.between(A_DAY, A_DAY, SITE)
    for name, frame in four_days.items():
        assert_frame_equal(alone[name], frame.filter(day=A_DAY), check_row_order=False)


def test_every_row_belongs_to_the_days_asked_for(four_days: dict[str, pl.DataFrame]) -> None:
    for frame in four_days.values():
        assert set(frame["day"]) == {date(2026, 3, 27) + timedelta(k) for k in range(4)}


def test_a_smaller_scale_keeps_some_contacts_exactly_as_they_are(
    centre: SampleCentre, four_days: dict[str, pl.DataFrame]
) -> None:
    part = SampleCentre(TODAY, scale=0.2).between(A_DAY, A_DAY, SITE)
    whole = four_days["leg"].filter(day=A_DAY)
    kept = whole.join(part["leg"].select("contact_key", "seq"), on=["contact_key", "seq"], how="semi")
    assert_frame_equal(part["leg"], kept, check_row_order=False)
    assert 0.15 < kept.height / whole.height < 0.25


@pytest.mark.parametrize("scale", [0, -1, 1.5])
def test_a_scale_that_is_no_share_of_the_customers_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        SampleCentre(TODAY, scale=scale)


def test_batches_are_months_in_order_that_count_their_contacts() -> None:
    small = SampleCentre(TODAY, scale=0.01)
    batches = list(small.read([], SITE))
    days = [day for batch in batches for day in batch.tables["contact"]["day"].unique().sort()]
    assert days == small.days()
    assert days[-1] == TODAY - timedelta(1)
    assert all(batch.read == batch.tables["contact"].height and not batch.refusals for batch in batches)


def test_tables_conform_with_unique_keys_and_known_words(four_days: dict[str, pl.DataFrame]) -> None:
    for name, frame in four_days.items():
        table = TABLES[name]
        assert_frame_equal(table.conform(frame.with_columns(import_id=1)).drop("import_id"), frame)
        assert frame.select(pl.struct(table.key).n_unique()).item() == frame.height
        for column in table.columns:
            if column.words:
                assert set(frame[column.name].drop_nulls()) <= set(column.words), column.name


def test_the_clock_goes_forward_and_back() -> None:
    assert day_of(date(2026, 3, 29)).clock.tolist() == [0, 1, *range(3, 24)]
    assert day_of(date(2026, 10, 25)).clock.tolist() == [0, 1, 2, *range(2, 24)]
    assert day_of(date(2026, 10, 24)).clock.tolist() == list(range(24))


@pytest.mark.parametrize(("day", "opens"), [(date(2026, 3, 28), 7), (date(2026, 3, 29), 6), (date(2026, 3, 30), 6)])
def test_lines_open_at_eight_by_the_clock_whatever_the_season(
    day: date, opens: int, four_days: dict[str, pl.DataFrame]
) -> None:
    calls = four_days["contact"].filter(day=day, channel="voice")
    opening = datetime(day.year, day.month, day.day, opens, tzinfo=UTC)
    assert calls["started_at"].min() >= opening
    assert calls["started_at"].min() < opening + timedelta(minutes=10)
    assert calls["minute"].min() == 480
    assert calls["minute"].max() == 19 * 60 + 45


def test_day_and_minute_are_what_the_clock_in_warsaw_showed(four_days: dict[str, pl.DataFrame]) -> None:
    local = pl.col("started_at").dt.convert_time_zone("Europe/Warsaw")
    clock = four_days["contact"].select(
        pl.col("day") == local.dt.date(),
        pl.col("minute") == local.dt.hour().cast(pl.Int64) * 60 + local.dt.minute() // 15 * 15,
        ((pl.col("day") == date(2026, 3, 29)) & (local.dt.hour() == 2)).alias("in the hour that never was"),
    )
    assert clock.sum().row(0) == (clock.height, clock.height, 0)


def test_nothing_was_in_the_mailbox_before_the_first_day(centre: SampleCentre) -> None:
    first = centre.days()[0]
    tables = centre.between(first, first, SITE)
    assert tables["survey"].join(tables["contact"], on="contact_key", how="anti").is_empty()


def test_mail_of_the_last_evening_is_still_waiting(centre: SampleCentre) -> None:
    yesterday = TODAY - timedelta(1)
    tables = centre.between(yesterday, yesterday, SITE)
    waiting = tables["leg"].filter(outcome="open")
    assert waiting.height > 0
    assert set(waiting["minute"] >= 17 * 60) == {True}
    assert waiting["answered_at"].null_count() == waiting.height
    midnight = day_of(TODAY).midnight
    for name, column in (("contact", "resolved_at"), ("survey", "answered_at")):
        assert tables[name][column].max().timestamp() < midnight
