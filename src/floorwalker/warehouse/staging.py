"""The waiting room of an import: rows lie on disk by day, invisible, until they are merged."""

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from secrets import token_hex

import polars as pl
import pyarrow as pa

from floorwalker.warehouse.files import storage, write_bytes
from floorwalker.warehouse.records import KEPT, SAID

ARRIVAL = "arrival_"
_PASS_ROWS = 20_000_000


class Staging:
    """Rows of one import, in `folder` as Arrow files with one record batch for each day; memory holds one batch at a time."""

    def __init__(self, folder: Path, import_id: int) -> None:
        self._folder = folder
        self.import_id = import_id
        self._files = 0
        self._paths: dict[str, list[Path]] = defaultdict(list)
        self._places: dict[tuple[str, date], list[tuple[Path, int]]] = defaultdict(list)
        self.rows: dict[str, int] = defaultdict(int)
        with storage(folder):
            folder.mkdir(parents=True)

    def add(self, tables: Mapping[str, pl.DataFrame]) -> None:
        """Keep the frames of a batch until the import is committed; later rows win over earlier ones of the same key.

        Raises
        ------
        ValueError
            when a frame does not conform to its record table.
        KeyError
            when a table is not kept in the warehouse.
        WarehouseFault
            when the disk is full or must not be written.
        """
        for name, frame in tables.items():
            if frame.height:
                self._keep(name, _stored(name, frame, self.import_id))

    def add_stored(self, table: str, frame: pl.DataFrame) -> None:
        """Keep rows that are as stored already, whatever import they are of."""
        if frame.height:
            self._keep(table, frame)

    def column(self, table: str, name: str) -> Iterator[pl.Series]:
        """A column of the waiting rows, file by file."""
        for path in self._paths.get(table, []):
            yield _columns(path, [name])[name]

    def days(self, table: str) -> list[date]:
        """Days of which rows of `table` are waiting, in order."""
        return sorted(day for name, day in self._places if name == table)

    def frame(self, table: str, day: date) -> pl.DataFrame:
        """The waiting rows of a day in the order in which they came, with their number of arrival."""
        batches = [_batch(path, number) for path, number in self._places.get((table, day), ())]
        if not batches:
            return pl.DataFrame(schema={**KEPT[table].schema, ARRIVAL: pl.Int64})
        return _frame(pa.Table.from_batches(batches))

    def groups(self, table: str) -> Iterator[pl.DataFrame]:
        """Groups and days of the waiting rows, file by file."""
        columns = [*KEPT[table].group, "day"]
        for path in self._paths.get(table, []):
            yield _columns(path, columns).unique()

    def doubles(self, table: str) -> dict[date, pl.DataFrame]:
        """Keys that came more than once, on different days: for each day, the keys of which a later row came on another."""
        passes = 1 + self.rows[table] // _PASS_ROWS
        found = [self._doubles(table, number, passes) for number in range(passes)]
        return {day: rows.drop("day") for (day,), rows in pl.concat(found).partition_by("day", as_dict=True).items()}

    def beside(self) -> "Staging":
        """Another, empty waiting room of the same import."""
        return Staging(self._folder.with_name(f"{self._folder.name}-{token_hex(4)}"), self.import_id)

    def close(self) -> None:
        """Throw the waiting rows away."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _keep(self, name: str, frame: pl.DataFrame) -> None:
        first = self.rows[name]
        frame = frame.with_columns(pl.int_range(first, first + frame.height, dtype=pl.Int64).alias(ARRIVAL))
        ordered = frame if frame["day"].is_sorted() else frame.sort("day", maintain_order=True)
        path = self._folder / f"{self._files}.arrow"
        self._files += 1
        table = ordered.to_arrow()
        sink = pa.BufferOutputStream()
        counts = ordered["day"].rle().struct.unnest()
        with pa.ipc.new_file(sink, table.schema) as writer:
            start = 0
            for number, (length, day) in enumerate(counts.iter_rows()):
                writer.write_table(table.slice(start, length).combine_chunks())
                self._places[name, day].append((path, number))
                start += length
        write_bytes(path, memoryview(sink.getvalue()), durable=False)
        self._paths[name].append(path)
        self.rows[name] += frame.height

    def _doubles(self, table: str, number: int, passes: int) -> pl.DataFrame:
        key = list(KEPT[table].table.key)
        columns = [*key, "day", ARRIVAL]
        hashed = pl.struct(key).hash()
        frames = [_columns(path, columns).filter(hashed % passes == number) for path in self._paths.get(table, [])]
        keys = pl.concat([KEPT[table].table.empty().with_columns(pl.lit(0, pl.Int64).alias(ARRIVAL)).select(columns), *frames])
        several = keys.filter(hashed.is_duplicated())
        latest = several.group_by(key).agg(pl.col("day").sort_by(ARRIVAL).last().alias("latest"))
        return several.join(latest, on=key).filter(pl.col("day") != pl.col("latest")).select(*key, "day").unique()


def _columns(path: Path, columns: list[str]) -> pl.DataFrame:
    with pa.memory_map(str(path)) as file:
        return _frame(pa.ipc.open_file(file).read_all().select(columns))


def _frame(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table is a frame, only an array is a series
    return frame


def _stored(name: str, frame: pl.DataFrame, import_id: int) -> pl.DataFrame:
    """`frame` as its table is stored, stamped with the import."""
    kept = KEPT[name]
    stamped = kept.table.conform(frame.with_columns(import_id=pl.lit(import_id, pl.Int64)))
    if name == "survey":
        stamped = stamped.with_columns(pl.col(column).alias(f"said_{column}") for column in SAID)
    return stamped


def _batch(path: Path, number: int) -> pa.RecordBatch:
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).get_batch(number)
