"""An import is taken back as a whole, whatever came after it."""

import pytest
from hypothesis import given
from polars.testing import assert_frame_equal

from floorwalker.core.measures import Question
from floorwalker.warehouse import FileManifest, Warehouse, WarehouseFault
from tests.warehouse import few_rows as few
from tests.warehouse.few_rows import at, frames
from tests.warehouse.random_centre import random_centre
from tests.warehouse.test_cube_laws import ALL, FEW, SEEDS, Path, opened, tempfile
from tests.warehouse.test_imports import counts, one


def test_undoing_the_only_import_leaves_nothing(warehouse: Warehouse) -> None:
    warehouse.take(1, [one(0), one(3, "2")])
    assert warehouse.undo(1) == [at(0).date(), at(3).date()]
    assert counts(warehouse, "day") == {}


def test_undo_brings_back_what_was_corrected(warehouse: Warehouse) -> None:
    warehouse.take(1, [one(0), one(0, "2")])
    warehouse.take(2, [one(0, queue="Help"), one(0, "3", queue="Help")])
    warehouse.undo(2)
    assert counts(warehouse, "queue") == {"Sales": 2}


def test_undo_brings_a_moved_row_back_to_its_day(warehouse: Warehouse) -> None:
    warehouse.take(1, [one(0)])
    warehouse.take(2, [one(5)])
    warehouse.undo(2)
    assert counts(warehouse, "day") == {at(0).date(): 1}


def test_undo_leaves_what_later_imports_brought(warehouse: Warehouse) -> None:
    warehouse.take(1, [one(0), one(0, "2")])
    warehouse.take(2, [one(0, queue="Help")])
    warehouse.take(3, [one(0, queue="Mail"), one(0, "3", queue="Mail")])
    warehouse.undo(2)
    assert counts(warehouse, "queue") == {"Mail": 2, "Sales": 1}


def test_undoing_the_later_import_does_not_bring_back_what_was_undone(warehouse: Warehouse) -> None:
    warehouse.take(1, [one(0)])
    warehouse.take(2, [one(2, queue="Help")])
    warehouse.take(3, [one(4, queue="Mail")])
    warehouse.undo(2)
    warehouse.undo(3)
    assert counts(warehouse, "day", "queue") == {(at(0).date(), "Sales"): 1}


def test_a_contact_gets_back_all_its_legs(warehouse: Warehouse) -> None:
    legs = [few.leg("1", at(0)), few.leg("1", at(1), 1, queue="Help")]
    warehouse.take(1, [frames(contact=[few.contact("1", at(0))], leg=legs)])
    warehouse.take(2, [one(0, queue="Mail")])
    assert counts(warehouse, "queue") == {"Mail": 1}
    warehouse.undo(2)
    assert counts(warehouse, "day", "queue") == {(at(0).date(), "Sales"): 1, (at(1).date(), "Help"): 1}


def test_an_import_is_undone_once(warehouse: Warehouse) -> None:
    warehouse.take(1, [one(0)])
    warehouse.undo(1)
    with pytest.raises(WarehouseFault) as fault:
        warehouse.undo(1)
    assert fault.value.code == "already_undone"


def test_what_was_undone_may_be_imported_again(warehouse: Warehouse) -> None:
    warehouse.take(1, [one(0)])
    warehouse.undo(1)
    warehouse.take(2, [one(0)])
    assert counts(warehouse, "day") == {at(0).date(): 1}


@FEW
@given(seed=SEEDS)
def test_undo_gives_the_same_files_and_answers_as_before(seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        warehouse = opened(Path(name))
        warehouse.take(1, [random_centre(seed)])
        before = warehouse.answer(Question(ALL, ("day", "queue"))).frame
        files = records(Path(name))
        corrected = random_centre(seed, first_day=28)
        more = random_centre(seed + 1, contacts=20)
        warehouse.take(2, [corrected, more])
        warehouse.undo(2)
        assert_frame_equal(warehouse.answer(Question(ALL, ("day", "queue"))).frame, before, rel_tol=1e-12)
        assert records(Path(name)) == files


@FEW
@given(seed=SEEDS)
def test_undoing_an_earlier_import_is_as_if_it_had_never_been(seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        without, undone = opened(Path(name) / "without"), opened(Path(name) / "undone")
        first, second, third = random_centre(seed), random_centre(seed, first_day=27), random_centre(seed, first_day=29)
        third = {table: frame.gather_every(2) for table, frame in third.items() if table not in ("contact", "leg")}
        for number, tables in ((1, first), (3, third)):
            without.take(number, [tables])
        for number, tables in ((1, first), (2, second), (3, third)):
            undone.take(number, [tables])
        undone.undo(2)
        for by in [(), ("day",), ("agent",)]:
            question = Question(ALL, by)
            assert_frame_equal(undone.answer(question).frame, without.answer(question).frame, rel_tol=1e-9)


def records(folder: Path) -> dict[object, bytes]:
    """The content of every visible record file."""
    parts = FileManifest(folder / "manifest.sqlite").parts()
    days = [part for part in parts if part.span == "day" and part.table in ("contact", "leg", "survey", "agent_state")]
    return {(part.table, part.day): (folder / part.path).read_bytes() for part in days}
