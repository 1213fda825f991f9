"""The cube is only a faster way to the same answer."""

import tempfile
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from floorwalker.core.measures import DIMENSIONS, MEASURES, Answer, Calendar, Filter, Question
from floorwalker.core.measures.answer import answer
from floorwalker.warehouse import FileManifest, Warehouse, following
from floorwalker.warehouse.asking import Asked
from floorwalker.warehouse.duck import Duck
from floorwalker.warehouse.levels import LEVELS
from floorwalker.warehouse.snapshot import Snapshot
from tests.warehouse import few_rows as few
from tests.warehouse.few_rows import MONDAY, timedelta
from tests.warehouse.random_centre import random_centre

ALL = tuple(name for name in MEASURES if name not in ("tenure", "turnover"))
TEAMS = pl.DataFrame(
    {
        "agent": ["Ann", "Bo", "Ann"],
        "team": ["North", "South", "South"],
        "since": [None, None, MONDAY + timedelta(days=31)],
        "until": [MONDAY + timedelta(days=30), None, None],
    },
    schema_overrides={"since": pl.Date, "until": pl.Date},
)
FILTERS = st.one_of(
    st.builds(Filter, st.just("queue"), st.just(("Help", "")), st.booleans()),
    st.builds(Filter, st.just("weekday"), st.just(("6", "7")), st.booleans()),
    st.builds(Filter, st.just("channel"), st.just(("*",)), st.booleans()),
    st.builds(Filter, st.just("agent"), st.just(("Ann", "Bo")), st.booleans()),
    st.builds(Filter, st.just("hour"), st.just(("9", "10", "")), st.booleans()),
    st.builds(Filter, st.just("team"), st.just(("North",)), st.booleans()),
)
SEEDS = st.integers(min_value=0, max_value=2**16)
FEW = settings(max_examples=2, deadline=None, phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow])


def opened(folder: Path) -> Warehouse:
    return Warehouse(folder, FileManifest(folder / "manifest.sqlite"))


def from_records(folder: Path, warehouse: Warehouse, question: Question) -> Answer:
    """The answer without the cube."""
    manifest = FileManifest(folder / "manifest.sqlite")
    kept = {level.table for level in LEVELS}
    snapshot = Snapshot(0, [part for part in manifest.parts() if part.table not in kept])
    asked = Asked(folder, Duck(folder), snapshot, warehouse.settings)
    return answer(question, asked.sums(question), asked.counts(question), Calendar(), TEAMS)


def assert_same(one: Answer, other: Answer) -> None:
    assert_frame_equal(one.frame, other.frame, check_exact=False, rel_tol=1e-9, abs_tol=1e-9, check_row_order=True)


@settings(FEW, max_examples=4)
@given(seed=SEEDS, cuts=st.lists(st.lists(st.sampled_from(DIMENSIONS), max_size=2, unique=True), min_size=4, max_size=4))
def test_the_cube_answers_as_the_records_do_whatever_is_asked(seed: int, cuts: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warehouse = opened(folder)
        warehouse.take(1, [random_centre(seed)])
        warehouse.take(2, [random_centre(seed + 1, contacts=20, first_day=30, days=2)])
        for by in cuts:
            question = Question(ALL, tuple(by), others=True)
            assert_same(warehouse.answer(question, TEAMS), from_records(folder, warehouse, question))


@settings(FEW, max_examples=3)
@given(seed=SEEDS, filters=st.lists(FILTERS, min_size=1, max_size=2), by=st.sampled_from(["day", "channel", "weekday"]))
def test_the_cube_filters_as_the_records_do(seed: int, filters: list[Filter], by: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warehouse = opened(folder)
        warehouse.take(1, [random_centre(seed)])
        question = Question(ALL, (by,), MONDAY + timedelta(days=27), MONDAY + timedelta(days=34), tuple(filters))
        assert_same(warehouse.answer(question, TEAMS), from_records(folder, warehouse, question))


def test_every_single_dimension_is_the_same_from_the_cube(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    warehouse.take(1, [random_centre(11)])
    measures = ("offered", "service_level", "aht_median", "repeat_rate", "csat", "occupancy", "reopen_rate")
    for name in DIMENSIONS:
        question = Question(measures, (name,))
        assert_same(warehouse.answer(question, TEAMS), from_records(tmp_path, warehouse, question))


def third(table: str, frame: pl.DataFrame, number: int) -> pl.DataFrame:
    """Every third row; a contact and its legs stay together."""
    return frame.filter(pl.col("contact_key") % 3 == number) if table in ("contact", "leg") else frame.gather_every(3, number)


@FEW
@given(seed=SEEDS)
def test_a_file_split_over_several_imports_gives_the_same_answers(seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        whole, split = opened(Path(name) / "whole"), opened(Path(name) / "split")
        tables = random_centre(seed)
        whole.take(1, [tables])
        for number in (2, 0, 1):
            split.take(number + 1, [{table: third(table, frame, number) for table, frame in tables.items()}])
        for by in [(), ("day",), ("queue", "channel"), ("agent",), ("hour",)]:
            assert_same(whole.answer(Question(ALL, by)), split.answer(Question(ALL, by)))


@FEW
@given(seed=SEEDS)
def test_the_parts_add_up_to_the_whole(seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        warehouse = opened(Path(name))
        tables = random_centre(seed)
        del tables["interval_stat"]
        warehouse.take(1, [tables])
        counts = ("offered", "answered", "abandoned")
        whole = warehouse.answer(Question(counts))
        for by in combinations(("day", "hour", "queue", "channel", "topic", "agent", "weekday", "month"), 2):
            parts = warehouse.answer(Question(counts, by)).frame
            assert [parts[name].sum() for name in counts] == pytest.approx([whole.value(name) for name in counts])


def test_days_that_were_followed_in_portions_are_folded_with_days_that_were_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = [(hour, day) for hour in (-0.5, 9.0) for day in range(9)]
    rows = [few.contact(f"{hour} {day}", few.at(day, hour), customer=day, day=few.at(day).date()) for hour, day in began]
    warehouse = opened(tmp_path)
    with monkeypatch.context() as small:
        small.setattr(following, "_BLOCK_ROWS", 1)
        warehouse.take(1, [few.frames(contact=rows)])
    warehouse.take(2, [few.frames(contact=[few.contact(f"later {day}", few.at(day), customer=day) for day in range(9, 20)])])
    question = Question(("offered", "repeat_rate"), ("day",))
    assert_same(warehouse.answer(question), from_records(tmp_path, warehouse, question))
    assert not warehouse.answer(question).frame["repeat_rate"].is_null().all()
