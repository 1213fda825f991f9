"""The waiting room of an import: rows gather in memory and are written as files of one day each, invisible until a commit.

A file is written as a part would be. Where a day has one such file and nothing else, the merge takes it over as it is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from floorwalker.warehouse.days import ordered, write_part
from floorwalker.warehouse.keys import by_day
from floorwalker.warehouse.manifest import Part
from floorwalker.warehouse.records import KEPT, SAID

BYTES_IN_MEMORY = 96_000_000
_PASS_ROWS = 6_000_000


@dataclass(frozen=True)
class _Written:
    """Rows of one day that came together, without doubles, in the order of a part."""

    number: int
    part: Part


class Staging:
    """Rows of one import, below `root`. Memory holds a bounded number of them."""

    def __init__(self, root: Path, import_id: int) -> None:
        self._root = root
        self.import_id = import_id
        self._waiting: dict[str, list[pl.DataFrame]] = defaultdict(list)
        self._bytes = 0
        self._gathered: dict[str, dict[date, pl.DataFrame]] = {}
        self._written: dict[str, dict[date, list[_Written]]] = defaultdict(lambda: defaultdict(list))
        self._numbers = 0
        self._kept: set[str] = set()
        self.rows: dict[str, int] = defaultdict(int)
        self.repeated: dict[str, int] = defaultdict(int)

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
            self.add_stored(name, _stored(name, frame, self.import_id))

    def add_stored(self, table: str, frame: pl.DataFrame) -> None:
        """Keep rows that are as stored already, whatever import they are of."""
        if frame.height:
            self._waiting[table].append(frame)
            self._bytes += int(frame.estimated_size())
            self.rows[table] += frame.height
        if self._bytes > BYTES_IN_MEMORY:
            self._write()

    def gather(self) -> None:
        """No more rows come: put those in memory in the order of days."""
        for table, frames in self._waiting.items():
            self._gathered[table] = by_day(self._whole(table, frames), keep=True)
        self._waiting.clear()

    def days(self, table: str) -> list[date]:
        """Days of which rows of `table` are waiting, in order."""
        return sorted({*self._written[table], *self._gathered.get(table, {})})

    def frame(self, table: str, day: date) -> pl.DataFrame:
        """The waiting rows of a day in the order in which they came."""
        written = [pl.read_parquet(self._root / each.part.path) for each in self._written[table].get(day, ())]
        gathered = self._gathered.get(table, {}).get(day)
        frames = written if gathered is None else [*written, gathered]
        return pl.concat(frames) if frames else pl.DataFrame(schema=KEPT[table].schema)

    def as_part(self, table: str, day: date) -> Part | None:
        """The file with all the waiting rows of a day, if there is one: fit to be a part as it is."""
        written = self._written[table].get(day, [])
        return written[0].part if len(written) == 1 and day not in self._gathered.get(table, {}) else None

    def column(self, table: str, *names: str) -> Iterator[pl.DataFrame]:
        """Some columns of the waiting rows, day by day."""
        for parts in self._written[table].values():
            for each in parts:
                yield pl.read_parquet(self._root / each.part.path, columns=list(names)).select(names)
        for frame in self._gathered.get(table, {}).values():
            yield frame.select(names)

    def doubles(self, table: str) -> dict[date, pl.DataFrame]:
        """Keys that came more than once, on different days: for each day, the keys of which a later row came on another."""
        if not self._written[table]:
            return {}
        passes = 1 + self.rows[table] // _PASS_ROWS
        return by_day(pl.concat([self._doubles(table, number, passes) for number in range(passes)]))

    def beside(self) -> "Staging":
        """Another, empty waiting room of the same import."""
        return Staging(self._root, self.import_id)

    def keep(self, parts: Sequence[Part]) -> None:
        """These files are about to become visible: whatever happens from here on, they stay."""
        self._kept = {part.path for part in parts}

    def close(self) -> None:
        """Throw the waiting rows away, but for the files that are kept."""
        for days in self._written.values():
            for parts in days.values():
                for each in parts:
                    if each.part.path not in self._kept:
                        (self._root / each.part.path).unlink(missing_ok=True)

    def _whole(self, table: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """Rows that wait in memory, without those that a later one overtook, in the order of days and of parts."""
        kept, rows = KEPT[table], pl.concat(frames)
        key = list(kept.table.key)
        if rows.select(pl.struct(key).is_duplicated().any() if len(key) > 1 else pl.col(key).is_duplicated().any()).item():
            self.repeated[table] += rows.height
            rows = rows.unique(key, keep="last", maintain_order=True)
            self.repeated[table] -= rows.height
        return ordered(kept, rows, "day")

    def _write(self) -> None:
        for table, frames in self._waiting.items():
            for day, rows in by_day(self._whole(table, frames), keep=True).items():
                part = write_part(self._root, KEPT[table], day, rows)
                self._written[table][day].append(_Written(self._numbers, part))
            self._numbers += 1
        self._waiting.clear()
        self._bytes = 0

    def _doubles(self, table: str, number: int, passes: int) -> pl.DataFrame:
        key = list(KEPT[table].table.key)
        hashed = pl.struct(key).hash() if len(key) > 1 else pl.col(key[0])
        mine = hashed.hash() % passes == number if passes > 1 else pl.lit(True)
        frames = [frame.filter(mine).with_columns(came=came) for came, frame in self._numbered(table, key)]
        keys = pl.concat(frames)
        several = keys.filter(hashed.is_duplicated())
        latest = several.group_by(key).agg(pl.col("day").sort_by("came").last().alias("latest"))
        return several.join(latest, on=key).filter(pl.col("day") != pl.col("latest")).select(*key, "day").unique()

    def _numbered(self, table: str, key: list[str]) -> Iterator[tuple[pl.Expr, pl.DataFrame]]:
        """Keys and days with the number of the writing in which they came; those in memory came last."""
        for parts in self._written[table].values():
            for each in parts:
                yield (
                    pl.lit(each.number),
                    pl.read_parquet(self._root / each.part.path, columns=[*key, "day"]).select(*key, "day"),
                )
        for frame in self._gathered.get(table, {}).values():
            yield pl.lit(self._numbers), frame.select(*key, "day")


def _stored(name: str, frame: pl.DataFrame, import_id: int) -> pl.DataFrame:
    """`frame` as its table is stored, stamped with the import."""
    kept = KEPT[name]
    stamped = kept.table.conform(frame.with_columns(import_id=pl.lit(import_id, pl.Int64)))
    if name == "survey":
        stamped = stamped.with_columns(pl.col(column).alias(f"said_{column}") for column in SAID)
    return stamped
