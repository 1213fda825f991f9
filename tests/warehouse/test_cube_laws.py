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
from floorwalker.warehouse import FileManifest, Warehouse
from floorwalker.warehouse.asking import Asked
from floorwalker.warehouse.duck import Duck
from floorwalker.warehouse.levels import LEVELS
from floorwalker.warehouse.snapshot import Snapshot
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


@FEW
@given(seed=SEEDS)
def test_the_cube_answers_as_the_records_do_whatever_is_asked(seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warehouse = opened(folder)
        warehouse.take(1, [random_centre(seed)])
        warehouse.take(2, [random_centre(seed + 1, contacts=20, first_day=30, days=2)])
        for by in [
            (),
            *((each,) for each in DIMENSIONS),
            ("week", "queue"),
            ("weekday", "hour"),
            ("team", "month"),
            ("agent", "day"),
        ]:
            question = Question(ALL, by=by, others=True)
            assert_same(warehouse.answer(question, TEAMS), from_records(folder, warehouse, question))
        narrow = (Filter("queue", ("Help", "")), Filter("weekday", ("6", "7"), not_=True), Filter("channel", ("*",)))
        question = Question(ALL, ("day",), MONDAY + timedelta(days=27), MONDAY + timedelta(days=34), narrow)
        assert_same(warehouse.answer(question), from_records(folder, warehouse, question))


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
