"""A disk that is full or locked: said plainly, and nothing is visible of what was being done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from floorwalker.core.measures import Question
from floorwalker.warehouse import WarehouseFault
from floorwalker.warehouse.files import storage
from tests.warehouse.random_centre import random_centre
from tests.warehouse.test_cube_laws import ALL, opened

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("limit", [2_000, 6_000, 12_000])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, limit: int) -> None:
    opened(tmp_path).take(1, [random_centre(7)])
    question = Question(ALL, ("day",))
    before = opened(tmp_path).answer(question).frame
    command = [sys.executable, "-m", "tests.warehouse.filling", str(tmp_path), str(limit)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert told.stdout == "disk_full\n"
    assert_frame_equal(opened(tmp_path).answer(question).frame, before)


def test_a_place_that_must_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "contact").write_text("a file where a folder should be")
    with pytest.raises(WarehouseFault) as fault:
        opened(tmp_path).take(1, [random_centre(7)])
    assert fault.value.code == "disk_error"


@pytest.mark.parametrize(("number", "code"), [(28, "disk_full"), (122, "disk_full"), (13, "unwritable"), (30, "unwritable")])
def test_what_the_system_says_becomes_a_code(tmp_path: Path, number: int, code: str) -> None:
    with pytest.raises(WarehouseFault) as fault, storage(tmp_path):
        raise OSError(number, os.strerror(number))
    assert (fault.value.code, fault.value.facts) == (code, {"path": str(tmp_path)})
