"""The rows of one day as a part."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from floorwalker.warehouse.files import new_path, write_parquet
from floorwalker.warehouse.manifest import Part
from floorwalker.warehouse.records import Kept


def read_part(root: Path, kept: Kept, part: Part | None) -> pl.DataFrame:
    """All rows of a part; none where there is no part."""
    return pl.read_parquet(root / part.path) if part else pl.DataFrame(schema=kept.schema)


def write_part(root: Path, kept: Kept, day: date, frame: pl.DataFrame) -> Part:
    """Keep the rows of a day; the same rows make the same file, whatever way they came."""
    path = new_path(kept.table.name, day)
    schema = frame.schema
    texts = [name for name in kept.names if schema[name] == pl.String]
    size = write_parquet(root, path, frame.with_columns(pl.col(texts).cast(pl.Categorical)) if texts else frame)
    until: Any = frame[kept.order].max()
    return Part(kept.table.name, day, path, frame.height, size, until=until)


def ordered(kept: Kept, frame: pl.DataFrame, *first: str) -> pl.DataFrame:
    """In order of `first` and of time; rows that came so stay as they are, else keys decide where times are equal."""
    columns = (*first, kept.order)
    if all(frame[name].null_count() == 0 and frame[name].is_sorted() for name in columns):
        return frame
    return frame.sort(*columns, *kept.table.key, nulls_last=True)


def split_days(frame: pl.DataFrame) -> dict[date, pl.DataFrame]:
    """The rows of each day of a frame that is in the order of days."""
    starts = _day_starts(frame)
    ends = [*starts[1:], frame.height]
    return {frame["day"][start]: frame[start:end] for start, end in zip(starts, ends, strict=True)}


def without_last_day(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows before the last day, and those of it; all of them and none where rows are not in the order of days."""
    starts = _day_starts(frame) if frame["day"].is_sorted() else []
    cut = starts[-1] if len(starts) > 1 else frame.height
    return frame[:cut], frame[cut:]


def _day_starts(frame: pl.DataFrame) -> list[int]:
    days = frame["day"].to_physical().to_numpy()
    return [0, *(np.flatnonzero(days[1:] != days[:-1]) + 1).tolist()] if len(days) else []
