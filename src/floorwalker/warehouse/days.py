"""The rows of one day as a part."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from floorwalker.warehouse.files import new_path, write_parquet
from floorwalker.warehouse.manifest import Part
from floorwalker.warehouse.records import Kept


def read_part(root: Path, kept: Kept, part: Part | None) -> pl.DataFrame:
    """All rows of a part; none where there is no part."""
    return pl.read_parquet(root / part.path) if part else pl.DataFrame(schema=kept.schema)


def write_part(root: Path, kept: Kept, day: date, frame: pl.DataFrame) -> Part:
    """Keep the rows of a day."""
    path = new_path(kept.table.name, day)
    size = write_parquet(root, path, frame)
    until: Any = frame[kept.order].max()
    return Part(kept.table.name, day, path, frame.height, size, until=until)


def ordered(kept: Kept, frame: pl.DataFrame, *first: str) -> pl.DataFrame:
    """In order of time, and of key where times are equal, so that equal rows make equal files."""
    return frame.sort(*first, kept.order, *kept.table.key, nulls_last=True)
