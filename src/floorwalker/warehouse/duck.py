"""DuckDB over the warehouse's Parquet files: the engine behind every local answer."""

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import polars as pl

from floorwalker.warehouse.files import storage

Paths = Mapping[str, Sequence[str]]
Frames = Mapping[str, pl.DataFrame]


class Duck:
    """One in-process DuckDB; every thread uses a cursor of its own. Memory is bounded, more is spilled below `root`."""

    def __init__(self, root: Path, memory: str = "700MB") -> None:
        self._root = root
        spill = root / "spill"
        config = {"memory_limit": memory, "temp_directory": str(spill), "preserve_insertion_order": "false"}
        self._connection = duckdb.connect(config={**config, "threads": str(os.cpu_count() or 1)})
        self._connection.execute("set TimeZone = 'UTC'")
        self._connection.execute("set parquet_metadata_cache = true")
        self._local = threading.local()

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's connection."""
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._connection.cursor()
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor

    def frame(self, sql: str, paths: Paths, frames: Frames | None = None) -> pl.DataFrame:
        """The rows of `sql`, in which the names of `paths` stand for Parquet files and those of `frames` for frames."""
        with self._given(frames or {}) as cursor:
            table = cursor.sql(self._with_files(sql, paths)).to_arrow_table()
        rows = pl.from_arrow(table)
        assert isinstance(rows, pl.DataFrame)  # noqa: S101 - a table is a frame, only an array is a series
        return rows

    def run(self, statement: str, sql: str = "", paths: Paths | None = None, frames: Frames | None = None) -> None:
        """Run `statement` (`INSERT INTO ...`) on the rows of `sql`, in which names stand for files and frames as in `frame`."""
        with self._given(frames or {}) as cursor:
            cursor.execute(f"{statement} {self._with_files(sql, paths or {})}")

    def copy(self, sql: str, paths: Paths, path: str) -> tuple[int, int]:
        """Keep the rows of `sql` as a Parquet file at `path` below the root; returns how many rows and bytes."""
        place = self._root / path
        with storage(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            into = f"TO {quoted(str(place))} (FORMAT parquet, COMPRESSION lz4_raw)"
            counted = self.cursor.execute(f"COPY ({self._with_files(sql, paths)}) {into}").fetchone()
            with place.open("rb") as file:
                os.fsync(file.fileno())
            return int(counted[0]) if counted else 0, place.stat().st_size

    @contextmanager
    def _given(self, frames: Frames) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self.cursor
        for name, frame in frames.items():
            cursor.register(name, frame.to_arrow())
        try:
            with storage(self._root):
                yield cursor
        finally:
            for name in frames:
                cursor.unregister(name)

    def _with_files(self, sql: str, paths: Paths) -> str:
        if not paths:
            return sql
        listed = {name: ", ".join(quoted(str(self._root / path)) for path in each) for name, each in paths.items()}
        named = ", ".join(f'"{name}" AS (SELECT * FROM read_parquet([{files}]))' for name, files in listed.items())  # noqa: S608
        return f"WITH {named} SELECT * FROM ({sql})"  # noqa: S608 - names are ours, paths are quoted


def compiled(expression: ir.Table) -> str:
    """The DuckDB SQL of an expression over unbound tables."""
    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
