"""Killed at any moment, the warehouse shows all of an import or nothing of it."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from floorwalker.core.measures import Question
from floorwalker.warehouse import FileManifest, Warehouse
from tests.warehouse.random_centre import random_centre
from tests.warehouse.test_cube_laws import ALL, opened

QUESTION = Question(ALL, ("day", "queue"))
ROOT = Path(__file__).parents[2]


def killed(folder: Path, moment: str) -> None:
    """Run an import in a process that is killed at `moment`."""
    command = [sys.executable, "-m", "tests.warehouse.crashing", str(folder), moment, "8"]
    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert ended.returncode == -9, ended.stderr


@pytest.mark.parametrize("moment", ["1", "15", "60", "before the commit"])
def test_killed_before_its_commit_an_import_leaves_nothing(tmp_path: Path, moment: str) -> None:
    opened(tmp_path).take(1, [random_centre(7)])
    before = opened(tmp_path).answer(QUESTION).frame
    killed(tmp_path, moment)
    again = opened(tmp_path)
    assert_frame_equal(again.answer(QUESTION).frame, before)
    complete(again, tmp_path)


def test_killed_after_its_commit_an_import_is_all_there(tmp_path: Path) -> None:
    opened(tmp_path).take(1, [random_centre(7)])
    killed(tmp_path, "after the commit")
    without = opened(tmp_path / "other")
    without.take(1, [random_centre(7)])
    without.take(2, [random_centre(8, contacts=30)])
    assert_frame_equal(opened(tmp_path).answer(QUESTION).frame, without.answer(QUESTION).frame, rel_tol=1e-9)


def complete(warehouse: Warehouse, folder: Path) -> None:
    """The import can be repeated, and what the killed one left is swept away."""
    warehouse.take(2, [random_centre(8, contacts=30)])
    question = Question(("offered",))
    offered = warehouse.answer(question).value("offered")
    later = datetime(2100, 1, 1, tzinfo=UTC)
    assert warehouse.sweep(later) > 0
    assert warehouse.sweep(later) == 0
    kept = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.parent != folder}
    assert kept == FileManifest(folder / "manifest.sqlite").referenced()
    assert opened(folder).answer(question).value("offered") == offered
