"""The waiting room of an import: rows gather in memory and are written as files of one day each, invisible until a commit.

A file is written as a part would be. Where a day has one such file and nothing else, the merge takes it over as it is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from floorwalker.warehouse.come_keys import ComeKeys
from floorwalker.warehouse.days import ordered, split_days, without_last_day, write_part
from floorwalker.warehouse.keys import Keys, by_day
from floorwalker.warehouse.manifest import Part
from floorwalker.warehouse.records import KEPT, SAID, Kept

BYTES_IN_MEMORY = 64_000_000
"""As many wait; as many again may be on their way to the disk."""
_PASS_ROWS = 6_000_000

Waiting = Mapping[str, Sequence[pl.DataFrame]]


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
        self._keys: dict[str, ComeKeys] = defaultdict(ComeKeys)
        self._writer = ThreadPoolExecutor(max_workers=1)
        self._writing: Future[None] | None = None
        self.rows: dict[str, int] = defaultdict(int)
        self.repeated: dict[str, int] = defaultdict(int)
        self.sources: set[str] = set()

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
        self._make_room()

    def add_stored(self, table: str, frame: pl.DataFrame) -> None:
        """Keep rows that are as stored already, whatever import they are of."""
        if frame.height:
            self._waiting[table].append(frame)
            self._bytes += int(frame.estimated_size())
            self.rows[table] += frame.height
            if table == "contact":
                self.sources.update(frame["source"].unique())

    def gather(self) -> None:
        """No more rows come: put those in memory in the order of days.

        Raises
        ------
        WarehouseFault
            when the disk is full or must not be written.
        """
        self._settle()
        for table, frames in ((table, frames) for table, frames in self._waiting.items() if frames):
            self._gathered[table] = split_days(self._whole(table, frames))
            for day, rows in self._gathered[table].items():
                self._remember(table, day, rows)
        self._waiting.clear()

    def days(self, table: str) -> list[date]:
        """Days of which rows of `table` are waiting, in order."""
        return sorted({*self._written[table], *self._gathered.get(table, {})})

    def frame(self, table: str, day: date) -> pl.DataFrame:
        """The waiting rows of a day in the order in which they came."""
        written = [pl.read_parquet(self._root / each.part.path) for each in self._written[table].get(day, ())]
        gathered = self._gathered.get(table, {}).get(day)
        frames = written if gathered is None else [*written, gathered]
        schema = KEPT[table].schema
        return pl.concat([frame.cast(schema) for frame in frames]) if frames else pl.DataFrame(schema=schema)

    def as_part(self, table: str, day: date) -> Part | None:
        """A file with all the waiting rows of a day, fit to be a part as it is; None when they came in several portions."""
        written, gathered = self._written[table].get(day, []), self._gathered.get(table, {}).get(day)
        if gathered is not None and not written:
            part = write_part(self._root, KEPT[table], day, gathered)
            self._written[table][day] = [_Written(self._numbers, part)]
            del self._gathered[table][day]
            return part
        return written[0].part if len(written) == 1 and gathered is None else None

    def groups(self, table: str, day: date) -> Keys | None:
        """The groups of the waiting rows of a day that came at once; None when they are too many to be remembered."""
        return self._keys[table].of(day)

    def forget_groups(self, table: str) -> None:
        """Let go of what is remembered of groups; they are read again should they be asked for."""
        self._keys[table].forget()

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
        key = list(KEPT[table].table.key)
        if self._keys[table].known:
            several = pl.Series(self._keys[table].on_several_days())
            return by_day(self._doubles(table, pl.col(key[0]).is_in(several.implode()))) if len(several) else {}
        passes = 1 + self.rows[table] // _PASS_ROWS
        hashed = pl.struct(key).hash() if len(key) > 1 else pl.col(key[0])
        return by_day(pl.concat([self._doubles(table, hashed.hash() % passes == number) for number in range(passes)]))

    def beside(self) -> "Staging":
        """Another, empty waiting room of the same import."""
        return Staging(self._root, self.import_id)

    def keep(self, parts: Sequence[Part]) -> None:
        """These files are about to become visible: whatever happens from here on, they stay."""
        self._kept = {part.path for part in parts}

    def close(self) -> None:
        """Throw the waiting rows away, but for the files that are kept."""
        self._writer.shutdown(cancel_futures=True)
        for days in self._written.values():
            for parts in days.values():
                for each in parts:
                    if each.part.path not in self._kept:
                        (self._root / each.part.path).unlink(missing_ok=True)

    def _make_room(self) -> None:
        """Send what waits on its way to the disk, but for the latest day, of which more is likely to come."""
        if self._bytes > BYTES_IN_MEMORY:
            self._settle()
            going, staying = {}, {}
            for table, frames in self._waiting.items():
                early, late = without_last_day(frames[-1])
                going[table], staying[table] = [*frames[:-1], early], [late] if late.height else []
            self._writing = self._writer.submit(self._write, going)
            self._waiting = defaultdict(list, staying)
            self._bytes = 0

    def _settle(self) -> None:
        """Wait until what is on its way is written."""
        if self._writing:
            self._writing.result()
        self._writing = None

    def _whole(self, table: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """Rows that wait in memory, without those that a later one overtook, in the order of days and of parts."""
        kept, rows = KEPT[table], pl.concat(frames)
        if _repeats(kept, rows):
            self.repeated[table] += rows.height
            rows = rows.unique(list(kept.table.key), keep="last", maintain_order=True)
            self.repeated[table] -= rows.height
        return ordered(kept, rows, "day")

    def _write(self, waiting: Waiting) -> None:
        for table, frames in waiting.items():
            for day, rows in split_days(self._whole(table, frames)).items():
                part = write_part(self._root, KEPT[table], day, rows)
                self._written[table][day].append(_Written(self._numbers, part))
                self._remember(table, day, rows)
            self._numbers += 1

    def _remember(self, table: str, day: date, rows: pl.DataFrame) -> None:
        if KEPT[table].indexed:
            self._keys[table].add(day, rows[KEPT[table].group[0]])

    def _doubles(self, table: str, mine: pl.Expr) -> pl.DataFrame:
        key = list(KEPT[table].table.key)
        keys = pl.concat([frame.filter(mine).with_columns(came=came) for came, frame in self._numbered(table, key)])
        several = keys.filter((pl.struct(key) if len(key) > 1 else pl.col(key[0])).is_duplicated())
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


def _repeats(kept: Kept, rows: pl.DataFrame) -> bool:
    """Whether any key comes twice; where no group does, no key does, and groups are quickly looked through."""
    key = list(kept.table.key)
    if kept.indexed:
        groups = np.sort(rows[kept.group[0]].to_numpy())
        if not (groups[1:] == groups[:-1]).any():
            return False
    several = pl.struct(key).is_duplicated().any() if len(key) > 1 else pl.col(key).is_duplicated().any()
    return bool(rows.select(several).item())


def _stored(name: str, frame: pl.DataFrame, import_id: int) -> pl.DataFrame:
    """`frame` as its table is stored, stamped with the import; names wait as categories."""
    kept = KEPT[name]
    stamped = kept.table.conform(frame.with_columns(import_id=pl.lit(import_id, pl.Int64)), categories=bool(kept.names))
    if name == "survey":
        stamped = stamped.with_columns(pl.col(column).alias(f"said_{column}") for column in SAID)
    return stamped.with_columns(pl.col(name).cast(pl.Categorical) for name in kept.names)
