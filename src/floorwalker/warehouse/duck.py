"""DuckDB over the warehouse's Parquet files: the engine behind every local answer."""

import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import polars as pl

from floorwalker.warehouse.files import storage


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

    def frame(
        self, sql: str, paths: Mapping[str, Sequence[str]], frames: Mapping[str, pl.DataFrame] | None = None
    ) -> pl.DataFrame:
        """The rows of `sql`, in which the names of `paths` stand for Parquet files and those of `frames` for frames."""
        cursor = self.cursor
        given = frames or {}
        for name, frame in given.items():
            cursor.register(name, frame.to_arrow())
        try:
            with storage(self._root):
                table = cursor.sql(_with_files(sql, self._root, paths)).to_arrow_table()
        finally:
            for name in given:
                cursor.unregister(name)
        rows = pl.from_arrow(table)
        assert isinstance(rows, pl.DataFrame)  # noqa: S101 - a table is a frame, only an array is a series
        return rows


def compiled(expression: ir.Table) -> str:
    """The DuckDB SQL of an expression over unbound tables."""
    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))


def _with_files(sql: str, root: Path, paths: Mapping[str, Sequence[str]]) -> str:
    if not paths:
        return sql
    listed = {name: ", ".join(quoted(str(root / path)) for path in each) for name, each in paths.items()}
    named = ", ".join(f'"{name}" AS (SELECT * FROM read_parquet([{files}]))' for name, files in listed.items())  # noqa: S608
    return f"WITH {named} SELECT * FROM ({sql})"  # noqa: S608 - names are ours, paths are quoted


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
