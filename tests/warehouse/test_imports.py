"""What an import does to what is there: new, corrected, the same, moved, given up."""

from pathlib import Path

import polars as pl
import pytest

from floorwalker.core.measures import Question
from floorwalker.warehouse import Counted, FileManifest, Warehouse, come_keys, staging
from tests.warehouse import few_rows as few
from tests.warehouse.few_rows import at, frames


@pytest.fixture(autouse=True, params=["in memory", "on disk", "on disk, keys too"])
def waiting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of an import wait in memory, or on disk when they are many, and their keys as well when they are very many."""
    if "on disk" in request.param:
        monkeypatch.setattr(staging, "BYTES_IN_MEMORY", 1)
    if "keys too" in request.param:
        monkeypatch.setattr(come_keys, "MOST_ROWS", 1)


def counts(warehouse: Warehouse, *by: str) -> dict[object, float]:
    """Offered contacts by what is asked."""
    frame = warehouse.answer(Question(("offered",), by)).frame
    return {row[:-2] if len(row) > 3 else row[0]: row[-2] for row in frame.iter_rows()}


def one(day: int = 0, name: str = "1", **more: object) -> dict[str, pl.DataFrame]:
    return frames(contact=[few.contact(name, at(day), **more)], leg=[few.leg(name, at(day), wait_s=10.0, **more)])


def test_new_rows_are_kept(warehouse: Warehouse) -> None:
    outcome = warehouse.take(1, [one(0), one(1, "2")])
    assert outcome.counts == {"contact": Counted(kept=2), "leg": Counted(kept=2)}
    assert outcome.days == [at(0).date(), at(1).date()]
    assert counts(warehouse, "day") == {at(0).date(): 1, at(1).date(): 1}


def test_the_same_file_again_changes_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.take(1, [one(0), one(1, "2")])
    manifest = FileManifest(tmp_path / "warehouse" / "manifest.sqlite")
    before = {part.path for part in manifest.parts()}
    outcome = warehouse.take(2, [one(0), one(1, "2")])
    assert outcome.counts == {"contact": Counted(unchanged=2), "leg": Counted(unchanged=2)}
    assert outcome.days == []
    assert {part.path for part in manifest.parts()} == before


def test_a_corrected_row_replaces_the_earlier_one(warehouse: Warehouse) -> None:
    warehouse.take(1, [one(0), one(0, "2")])
    outcome = warehouse.take(2, [one(0, queue="Help")])
    assert outcome.counts == {"contact": Counted(updated=1), "leg": Counted(updated=1)}
    assert counts(warehouse, "queue") == {"Help": 1, "Sales": 1}


def test_a_corrected_row_may_move_to_another_day(warehouse: Warehouse) -> None:
    warehouse.take(1, [one(0), one(0, "2")])
    outcome = warehouse.take(2, [one(40)])
    assert outcome.counts == {"contact": Counted(updated=1), "leg": Counted(updated=1)}
    assert counts(warehouse, "day") == {at(0).date(): 1, at(40).date(): 1}
    assert warehouse.take(3, [one(0), one(0, "2")]).counts["contact"] == Counted(updated=1, unchanged=1)
    assert counts(warehouse, "day") == {at(0).date(): 2}


def test_the_later_of_two_rows_in_one_file_wins(warehouse: Warehouse) -> None:
    outcome = warehouse.take(1, [one(0, queue="First"), one(0, queue="Second")])
    assert outcome.counts["contact"] == Counted(kept=1, repeated=1)
    assert counts(warehouse, "queue") == {"Second": 1}


@pytest.mark.parametrize(("first", "second"), [(0, 3), (3, 0)])
def test_the_later_of_two_rows_wins_on_whatever_day_it_lies(warehouse: Warehouse, first: int, second: int) -> None:
    outcome = warehouse.take(1, [one(first), one(second)])
    assert outcome.counts["contact"] == Counted(kept=1, repeated=1)
    assert counts(warehouse, "day") == {at(second).date(): 1}


def test_a_contact_brought_again_brings_all_its_legs(warehouse: Warehouse) -> None:
    legs = [few.leg("1", at(0), wait_s=1.0), few.leg("1", at(0, 9.2), 1, queue="Help", wait_s=1.0)]
    warehouse.take(1, [frames(contact=[few.contact("1", at(0))], leg=legs)])
    assert counts(warehouse, "queue") == {"Help": 1, "Sales": 1}
    warehouse.take(2, [frames(contact=[few.contact("1", at(0))], leg=legs[:1])])
    assert counts(warehouse, "queue") == {"Sales": 1}


def test_an_import_given_up_leaves_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    with warehouse.importing(1) as coming:
        coming.add(one())
    assert counts(warehouse) == {None: None}
    assert not list((tmp_path / "warehouse").rglob("*.parquet"))


def test_a_row_that_does_not_conform_is_refused_before_anything_is_visible(warehouse: Warehouse) -> None:
    broken = frames(contact=[few.contact("1", at(0))])["contact"].with_columns(pl.lit(None, pl.String).alias("native_id"))
    with pytest.raises(ValueError, match="native_id is required"):
        warehouse.take(1, [{"contact": broken}])
    assert counts(warehouse) == {None: None}


def test_people_are_not_kept_here(warehouse: Warehouse) -> None:
    with pytest.raises(KeyError):
        warehouse.take(1, [{"person": pl.DataFrame({"native_id": ["1"], "name": ["Ann"]})}])


def test_progress_is_told(warehouse: Warehouse) -> None:
    told: list[tuple[str, int, int]] = []
    warehouse.take(1, [one(0), one(1, "2")], lambda doing, done, of: told.append((doing, done, of)))
    assert ("merge", 2, 2) in told
    assert ("cube", 1, 1) in told


def test_many_single_days_are_folded_into_their_month_and_stay_correctable(warehouse: Warehouse, tmp_path: Path) -> None:
    for day in range(12):
        warehouse.take(day + 1, [one(day, str(day))])
    manifest = FileManifest(tmp_path / "warehouse" / "manifest.sqlite")
    cube = [part for part in manifest.parts() if part.table == "cube_leg_day"]
    assert len([part for part in cube if part.span == "month"]) == 1
    assert len([part for part in cube if part.span == "day"]) < 8
    warehouse.take(20, [one(3, "3", queue="Help")])
    assert counts(warehouse, "queue") == {"Help": 1, "Sales": 11}
    warehouse.undo(4)
    warehouse.undo(20)
    assert counts(warehouse, "queue") == {"Sales": 11}


def test_lookup_files_do_not_pile_up(warehouse: Warehouse, tmp_path: Path) -> None:
    for day in range(20):
        warehouse.take(day + 1, [one(day, str(day))])
    manifest = FileManifest(tmp_path / "warehouse" / "manifest.sqlite")
    assert len([part for part in manifest.parts() if part.table == "contact.keys"]) < 10
    warehouse.take(30, [one(33, str(day)) for day in range(20)])
    assert counts(warehouse, "day") == {at(33).date(): 20}
