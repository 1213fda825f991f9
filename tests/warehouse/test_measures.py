"""Every measure, added up by hand, on every engine: the cube, the records, Spark, a company's own PostgreSQL."""

from pathlib import Path
from typing import Any, Protocol

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from floorwalker.core.measures import MEASURES, Answer, Filter, Quantile, Question
from floorwalker.warehouse import IbisEngine, Own, Warehouse
from tests.warehouse.hand_added import OTHERS, PERSON_DAYS, TABLES, VALUES
from tests.warehouse.random_centre import random_centre
from tests.warehouse.test_cube_laws import TEAMS, from_records, opened

ALL = tuple(MEASURES)
OURS = {"queue": "skill", "agent": "handled_by", "wait_s": "seconds_waited", "enqueued_at": "entered"}
UNUSED = ("native_id", "row_hash", "custom", "import_id", "line")


class Engine(Protocol):
    """What answers questions."""

    def answer(self, question: Question, memberships: pl.DataFrame | None, person_days: pl.DataFrame | None) -> Answer: ...


def assert_hand_added(engine: Engine) -> None:
    answer = engine.answer(Question(ALL, others=True), None, PERSON_DAYS).frame.row(0, named=True)
    for name, (value, sample) in VALUES.items():
        near = 0.02 if isinstance(MEASURES[name].how, Quantile) else 1e-9
        assert answer[name] == pytest.approx(value, rel=near), name
        assert answer[f"{name}.n"] == sample, name
    for (name, definition), (value, _) in OTHERS.items():
        assert answer[f"{name}.{definition}"] == pytest.approx(value), (name, definition)


def owned(postgres: Any, place: str, tables: dict[str, pl.DataFrame]) -> IbisEngine:
    """The tables as a company may keep them: under other names, and only the columns it needs."""
    own = {}
    for table, frame in tables.items():
        names = {ours: theirs for ours, theirs in OURS.items() if ours in frame.columns}
        theirs = frame.drop(name for name in UNUSED if name in frame.columns).rename(names)
        name = f"{place}_{table}"
        postgres.create_table(name, theirs)
        own[table] = Own(name, names)
    return IbisEngine(postgres, own)


def test_every_measure_has_a_value_added_up_by_hand() -> None:
    assert set(VALUES) == set(MEASURES)
    assert set(OTHERS) == {(name, other) for name, measure in MEASURES.items() for other in measure.others}


def test_the_warehouse_gives_what_was_added_up_by_hand(warehouse: Warehouse) -> None:
    warehouse.take(1, [TABLES])
    assert_hand_added(warehouse)


def test_another_definition_may_be_chosen(warehouse: Warehouse) -> None:
    warehouse.take(1, [TABLES])
    for (name, definition), (value, sample) in OTHERS.items():
        chosen = warehouse.answer(Question((name,), definitions=((name, definition),)))
        assert (chosen.value(name), chosen.frame[f"{name}.n"][0]) == (pytest.approx(value), sample), (name, definition)


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.xdist_group("spark")
def test_spark_gives_what_was_added_up_by_hand(warehouse: Warehouse, spark: Any) -> None:
    warehouse.take(1, [TABLES])
    assert_hand_added(IbisEngine.on_spark(spark, warehouse.files()))


@pytest.mark.xdist_group("postgres")
def test_a_table_in_postgresql_gives_what_was_added_up_by_hand(postgres: Any) -> None:
    assert_hand_added(owned(postgres, "five", TABLES))


QUESTIONS = (
    Question(ALL, ("team", "queue"), others=True),
    Question(ALL, ("hour", "agent"), where=(Filter("queue", ("Sales", "")), Filter("topic", ("bill",), not_=True))),
)


def assert_as_the_records(engine: Engine, folder: Path, warehouse: Warehouse) -> None:
    for question in QUESTIONS:
        ours = from_records(folder, warehouse, question).frame
        theirs = engine.answer(question, TEAMS, None).frame
        assert_frame_equal(theirs, ours, check_exact=False, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.xdist_group("spark")
def test_spark_answers_as_duckdb_does(tmp_path: Path, spark: Any) -> None:
    warehouse = opened(tmp_path)
    warehouse.take(1, [random_centre(5)])
    assert_as_the_records(IbisEngine.on_spark(spark, warehouse.files()), tmp_path, warehouse)


@pytest.mark.xdist_group("postgres")
def test_postgresql_answers_as_duckdb_does(tmp_path: Path, postgres: Any) -> None:
    warehouse = opened(tmp_path)
    tables = random_centre(5)
    warehouse.take(1, [tables])
    joined = [pl.read_parquet(path, glob=False) for path in warehouse.files()["survey"]]
    tables["survey"] = pl.concat(joined).drop(name for name in joined[0].columns if name.startswith("said_"))
    assert_as_the_records(owned(postgres, "centre", tables), tmp_path, warehouse)


def test_an_own_table_may_lack_whole_tables_and_columns(postgres: Any) -> None:
    few = TABLES["leg"].select("day", "minute", "outcome")
    postgres.create_table("little", few)
    answer = IbisEngine(postgres, {"leg": Own("little")}).answer(Question(("offered", "answered", "asa", "csat"), ("queue",)))
    assert answer.frame.select("queue", "offered", "answered", "asa", "csat").rows() == [(None, 5.0, 2.0, None, None)]
