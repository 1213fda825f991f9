"""Two imports at once, and reading while importing."""

import multiprocessing
import threading
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from floorwalker.core.measures import Question
from floorwalker.warehouse import Commit, Conflict, FileManifest, Warehouse, WarehouseFault
from tests.warehouse.few_rows import at
from tests.warehouse.random_centre import random_centre
from tests.warehouse.test_cube_laws import ALL, opened
from tests.warehouse.test_imports import counts, one


def take(folder: str, import_id: int) -> None:
    """An import of the same days as the other's, in a process of its own."""
    opened(Path(folder)).take(import_id, [contacts_of(import_id)])


def contacts_of(seed: int) -> dict[str, pl.DataFrame]:
    """A centre of which no row has the key of another's, so that the order of imports does not matter."""
    tables = random_centre(seed)
    return {table: tables[table] for table in ("contact", "leg", "survey")}


def test_two_processes_importing_into_the_same_days_lose_nothing(tmp_path: Path) -> None:
    opened(tmp_path / "both")
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=take, args=(str(tmp_path / "both"), number)) for number in (1, 2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    after = opened(tmp_path / "one by one")
    for number in (1, 2):
        after.take(number, [contacts_of(number)])
    for by in [(), ("day", "queue"), ("agent",)]:
        question = Question(ALL, by)
        assert_frame_equal(opened(tmp_path / "both").answer(question).frame, after.answer(question).frame, rel_tol=1e-9)


def test_who_reads_during_imports_always_sees_whole_imports(tmp_path: Path) -> None:
    warehouse = opened(tmp_path)
    seen: list[float | None] = []
    failed: list[BaseException] = []
    over = threading.Event()

    def read() -> None:
        try:
            while not over.is_set():
                seen.append(warehouse.answer(Question(("offered",))).value("offered"))
        except BaseException as error:
            failed.append(error)
            raise

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(6):
        warehouse.take(number + 1, [one(number, f"{number}-{each}") for each in range(10)])
    over.set()
    reader.join()
    assert not failed
    assert {value or 0 for value in seen} <= {0, 10, 20, 30, 40, 50, 60}
    assert [value or 0 for value in seen] == sorted(value or 0 for value in seen)


@pytest.mark.parametrize("day", [0, 3])
def test_an_import_overtaken_by_another_starts_from_what_that_left(tmp_path: Path, day: int) -> None:
    other, overtaken = opened(tmp_path), []

    def overtake(doing: str, done: int, of: int) -> None:
        if doing == "cube" and not overtaken:
            overtaken.append(other.take(2, [one(day, queue="Help"), one(day, "2", queue="Help")]))

    opened(tmp_path).take(1, [one(0), one(0, "3")], overtake)
    assert overtaken
    assert counts(other, "day", "queue") == {(at(0).date(), "Sales"): 2, (at(day).date(), "Help"): 1}
    other.undo(1)
    assert counts(other, "queue") == {"Help": 2}


class Busy(FileManifest):
    """A manifest to which another machine commits first, once."""

    overtaken = False

    def commit(self, base: int, commit: Commit) -> int:
        if not self.overtaken:
            self.overtaken = True
            super().commit(base, Commit())
        return super().commit(base, commit)


def test_a_commit_that_comes_too_late_is_prepared_again(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path, Busy(tmp_path / "manifest.sqlite"))
    warehouse.take(1, [one(0)])
    assert counts(warehouse, "queue") == {"Sales": 1}


class Hopeless(FileManifest):
    """A manifest that is always ahead."""

    def commit(self, base: int, commit: Commit) -> int:
        raise Conflict


def test_an_import_that_is_always_overtaken_gives_up(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path, Hopeless(tmp_path / "manifest.sqlite"))
    with pytest.raises(WarehouseFault) as fault:
        warehouse.take(1, [one(0)])
    assert fault.value.code == "too_busy"
