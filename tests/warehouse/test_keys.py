"""Lookup files: which days a record may already lie on, and how quickly they say that it lies on none."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from floorwalker.warehouse.keys import find, write_run
from floorwalker.warehouse.manifest import Part

DAY = date(2024, 1, 1)
RANDOM = np.random.default_rng(5)


@pytest.mark.parametrize(
    "keys",
    [RANDOM.integers(-(2**63), 2**63 - 1, 5000), np.arange(-2500, 2500), np.array([-(2**63), -1, 0, 2**63 - 1])],
    ids=["hashes", "small numbers", "the ends"],
)
def test_every_key_of_a_run_is_found_with_its_day_and_no_other(tmp_path: Path, keys: np.ndarray) -> None:
    days = np.full(len(keys), (DAY - date(1970, 1, 1)).days, np.int32)
    run = write_run(tmp_path, "contact", keys, days)
    strangers = keys[keys > 10] - 7
    found = find(tmp_path, [run], pl.Series("contact_key", np.concatenate([keys, strangers])))
    assert sorted(found["contact_key"]) == sorted(set(keys.tolist()))
    assert set(found["day"]) == {DAY}


def test_a_run_that_was_written_before_there_were_filters_is_searched_as_ever(tmp_path: Path) -> None:
    keys = np.array([3, 5, 8], np.int64)
    (tmp_path / "old.run").write_bytes(keys.tobytes() + np.array([1, 2, 3], np.int32).tobytes())
    run = Part("contact.keys", DAY, "old.run", 3, 36, span="run")
    found = find(tmp_path, [run], pl.Series("contact_key", [5, 6, 8])).sort("contact_key")
    assert found.rows() == [(5, date(1970, 1, 3)), (8, date(1970, 1, 4))]
