"""The rows behind a number, and what upkeep does."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from floorwalker.core.measures import MEASURES, Filter, Question, Settings
from floorwalker.warehouse import FileManifest, Warehouse
from tests.warehouse import few_rows as few
from tests.warehouse.hand_added import TABLES
from tests.warehouse.random_centre import random_centre
from tests.warehouse.test_cube_laws import ALL, TEAMS, opened

MADE_OF_ROWS = [name for name in ALL if name not in ("occupancy", "utilisation")]


def names(frame: pl.DataFrame) -> list[str]:
    return frame["native_id"].to_list()


def test_the_contacts_behind_a_number_come_latest_first_and_page_by_page(warehouse: Warehouse) -> None:
    warehouse.take(1, [TABLES])
    behind = warehouse.behind(Question(("offered",)), "offered")
    first = behind.page(2)
    assert names(first.frame) == ["e", "d"]
    second = behind.page(2, first.after)
    assert names(second.frame) == ["c", "b"]
    last = behind.page(2, second.after)
    assert (names(last.frame), last.after) == (["a"], None)


def test_only_rows_that_the_number_counts_are_behind_it(warehouse: Warehouse) -> None:
    warehouse.take(1, [TABLES])
    assert names(warehouse.behind(Question(("abandoned",)), "abandoned").page(9).frame) == ["d", "c"]
    assert names(warehouse.behind(Question(("repeat_rate",)), "repeat_rate").page(9).frame) == ["b", "a", "c"]
    bo = Question(("answered",), where=(Filter("agent", ("Bo",)),))
    assert names(warehouse.behind(bo, "answered").page(9).frame) == ["b"]
    assert warehouse.behind(Question(("tenure",)), "tenure").page(9).frame.height == 0


@pytest.mark.parametrize(
    "where", [(), (Filter("team", ("North",)),), (Filter("weekday", ("1", "2")), Filter("hour", ("9", "10")))]
)
def test_there_are_as_many_rows_behind_a_number_as_its_sample_says(tmp_path: Path, where: tuple[Filter, ...]) -> None:
    warehouse = opened(tmp_path)
    tables = random_centre(3)
    del tables["interval_stat"]
    warehouse.take(1, [tables])
    for name in MADE_OF_ROWS:
        question = Question((name,), where=where)
        rows = sum(frame.height for frame in warehouse.behind(question, name, TEAMS).all())
        sample = warehouse.answer(question, TEAMS).frame[f"{name}.n"][0]
        if all(weight > 0 for weight in MEASURES[name].sample.values()):
            assert rows == (sample or 0), name


def test_other_settings_count_from_the_records_until_the_cube_is_rebuilt(tmp_path: Path) -> None:
    opened(tmp_path).take(1, [random_centre(4)])
    strict = Settings(answer_within_s=5.0, answer_within_s_by_queue=(("Help", 60.0),), repeat_days=2)
    warehouse = Warehouse(tmp_path, FileManifest(tmp_path / "manifest.sqlite"), strict)
    question = Question(ALL, ("queue",))
    before = warehouse.answer(question).frame
    assert warehouse.stale
    assert not opened(tmp_path).stale
    assert not before.equals(opened(tmp_path).answer(question).frame)
    warehouse.take(2, [random_centre(5, contacts=4)])
    mixed = warehouse.answer(question).frame
    warehouse.rebuild()
    assert not warehouse.stale
    assert_frame_equal(warehouse.answer(question).frame, mixed, rel_tol=1e-9)
    assert opened(tmp_path).stale


def test_interval_rows_count_only_where_there_are_no_legs(warehouse: Warehouse) -> None:
    rows = [
        few.interval(few.at(0), "Sales", offered=10),
        few.interval(few.at(0, 10), "Mail", offered=20),
        few.interval(few.at(1), "", offered=40),
        few.interval(few.at(0, 11), "", offered=80),
        few.interval(few.at(2), "Mail", "Ann", offered=3),
        few.interval(few.at(2), "Mail", "", offered=5, length=1440),
    ]
    warehouse.take(1, [few.frames(interval_stat=rows, leg=[few.leg("1", few.at(0))])])
    by_day = warehouse.answer(Question(("offered",), ("day",))).frame["offered"].to_list()
    assert by_day == [1 + 20, 40, 5]
    by_agent = warehouse.answer(Question(("offered",), ("agent", "day"))).frame.select("agent", "offered").rows()
    assert by_agent == [(None, 20.0), (None, 40.0), ("Ann", 4.0 - 3.0), ("Ann", 3.0)]
    by_hour = warehouse.answer(replace(Question(("offered",), ("hour",)), since=few.at(2).date())).frame
    assert by_hour.select("hour", "offered").rows() == [(None, 5.0)]
