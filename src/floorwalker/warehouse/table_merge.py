"""Merging what waits in the staging room into the days of one table; writes files, makes nothing visible."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from floorwalker.warehouse.days import read_part, write_part
from floorwalker.warehouse.files import new_path, write_parquet
from floorwalker.warehouse.keys import Days, Keys, by_day, crowded, find, joined, named_again, run_table, write_run
from floorwalker.warehouse.manifest import Change, Part
from floorwalker.warehouse.merging import merged
from floorwalker.warehouse.records import KEPT, Kept
from floorwalker.warehouse.snapshot import Snapshot
from floorwalker.warehouse.staging import Staging

_RUN_ROWS = 4_000_000
_EPOCH = date(1970, 1, 1)
_NO_KEYS = pl.Series([], dtype=pl.Int64)

Elsewhere = Mapping[date, pl.DataFrame]
Progress = Callable[[str, int, int], None]
"""Told what is being done (`merge`, `cube`, `commit`), how many days of it are done and how many there are."""


@dataclass(frozen=True)
class Counted:
    """What became of the rows of one table: new, corrected, the same as before, or overtaken by a later row of the import."""

    kept: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.kept + other.kept,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.repeated + other.repeated,
        )


@dataclass
class Pending:
    """Parts that go and come, not visible yet."""

    removed: list[Part] = field(default_factory=list)
    added: list[Part] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    counts: dict[str, Counted] = field(default_factory=dict)

    def note(self, table: str, change: Change | None, old: Part | None, new: Part | None) -> None:
        """Take up what became of one day."""
        if change:
            self.changes.append(change)
            self.removed += [old] if old else []
            self.added += [new] if new else []

    def days(self, table: str) -> list[date]:
        """Days on which a table differs."""
        return [change.day for change in self.changes if change.table == table]

    def absorb(self, other: "Pending") -> None:
        """Take up all of another, which may take away what this one brings."""
        brought = {part.path for part in self.added}
        gone = {part.path for part in other.removed}
        self.removed += [part for part in other.removed if part.path not in brought]
        self.added = [part for part in self.added if part.path not in gone] + list(other.added)
        self.changes += other.changes
        self.counts |= other.counts


@dataclass(frozen=True)
class _Day:
    day: date
    change: Change | None
    old: Part | None
    part: Part | None
    counts: Counted
    moved: int
    fresh: Keys | None
    """Groups that were not there before; None: all of the part."""


class TableMerge:
    """Merges the waiting rows of one table; run again on a newer snapshot, it repeats only the days that differ."""

    def __init__(self, root: Path, table: str, staging: Staging) -> None:
        self._root, self._kept, self._staging = root, KEPT[table], staging
        self._done: dict[date, tuple[Part | None, pl.DataFrame | None, _Day]] = {}
        self._doubles = staging.doubles(table) if self._kept.indexed else {}

    def elsewhere(self, snapshot: Snapshot) -> Elsewhere:
        """Groups that come on one day and may lie on another, by that other day."""
        return _elsewhere(self._root, self._kept, self._staging, snapshot) if self._kept.indexed else {}

    def run(self, snapshot: Snapshot, gone: Elsewhere, progress: Progress, runs: "Runs") -> Pending:
        """What goes and comes when the rows are merged into the snapshot's parts; `gone` is what lies `elsewhere`."""
        table, pending = self._kept.table.name, Pending()
        days = sorted({*self._staging.days(table), *gone})
        one = partial(self._day, snapshot, gone)
        counts, moved, run = Counted(), 0, _Run(self._root, table, pending, runs)
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            for number, result in enumerate(pool.map(one, days), start=1):
                pending.note(table, result.change, result.old, result.part)
                counts += result.counts
                moved += result.moved
                run.add(result.day, self._groups(result.day, result.part) if result.fresh is None else result.fresh)
                progress("merge", number, len(days))
        self._staging.forget_groups(table)
        run.close(snapshot.runs(run_table(table)))
        moved = min(moved, counts.kept)
        pending.counts[table] = counts + Counted(-moved, moved, 0, self._staging.repeated[table])
        return pending

    def _day(self, snapshot: Snapshot, gone: Elsewhere, day: date) -> _Day:
        old, leaving = snapshot.day(self._kept.table.name, day), gone.get(day)
        if day in self._done:
            before, left, result = self._done[day]
            if before == old and (leaving is left or (leaving is not None and left is not None and leaving.equals(left))):
                return result
        if old is None and day not in self._doubles and self._kept.table.name != "survey":
            result = self._new(day)
        else:
            come, overtaken = self._staging.frame(self._kept.table.name, day), self._doubles.get(day)
            current = come if overtaken is None else come.join(overtaken, on=list(self._kept.table.key), how="anti")
            result = self._merged(day, old, current, leaving, come.height - current.height)
        self._done[day] = (old, leaving, result)
        return result

    def _new(self, day: date) -> _Day:
        """A day of which nothing was there: what was written while waiting is its part."""
        table = self._kept.table.name
        part = self._staging.as_part(table, day)
        if part is None:
            return self._merged(day, None, self._staging.frame(table, day), None, 0)
        return _Day(day, Change(table, day), None, part, Counted(part.rows), 0, None)

    def _groups(self, day: date, part: Part | None) -> Keys:
        """The groups of a part that came as it is; of a very large import they are read again."""
        if part is None or not self._kept.indexed:
            return _NO_KEYS.to_numpy()
        if (known := self._staging.groups(self._kept.table.name, day)) is not None:
            return known
        column = self._kept.group[0]
        return pl.read_parquet(self._root / part.path, columns=[column])[column].unique().to_numpy()

    def _merged(self, day: date, old: Part | None, come: pl.DataFrame, gone: pl.DataFrame | None, overtaken: int) -> _Day:
        root, kept = self._root, self._kept
        result = merged(kept, read_part(root, kept, old), come, gone, self._staging.import_id)
        counts = Counted(result.kept, result.updated, result.unchanged, result.repeated + overtaken)
        if not result.changed:
            return _Day(day, None, old, old, counts, 0, _NO_KEYS.to_numpy())
        replaced = ""
        if result.replaced.height:
            replaced = new_path(f"{kept.table.name}.replaced", day)
            write_parquet(root, replaced, result.replaced)
        part = write_part(root, kept, day, result.frame) if result.frame.height else None
        moved = result.replaced.height - result.updated if gone is not None else 0
        fresh = result.fresh.to_series().to_numpy() if kept.indexed else _NO_KEYS.to_numpy()
        return _Day(day, Change(kept.table.name, day, replaced), old, part, counts, moved, fresh)


def merge_all(merges: Sequence[TableMerge], snapshot: Snapshot, progress: Progress) -> Pending:
    """Merge several tables; all are looked for elsewhere at once."""
    pending = Pending()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        places = list(pool.map(lambda merge: merge.elsewhere(snapshot), merges))
    runs: Runs = []
    for merge, gone in zip(merges, places, strict=True):
        pending.absorb(merge.run(snapshot, gone, progress, runs))
    return pending


def _elsewhere(root: Path, kept: Kept, staging: Staging, snapshot: Snapshot) -> Elsewhere:
    (group,) = kept.group
    runs = snapshot.runs(run_table(kept.table.name))
    if not runs:
        return {}
    moved = [pl.DataFrame(schema={group: pl.Int64, "day": pl.Date})]
    for come in staging.column(kept.table.name, group, "day"):
        found = find(root, runs, come[group])
        moved.append(found.join(come, on=[group, "day"], how="anti").select(group, "day") if found.height else found)
    return by_day(pl.concat(moved).unique().sort(group))


Runs = list[tuple[Keys, Days, Part]]
"""Lookup files that are written already, with what they hold."""


class _Run:
    """Collects where new rows lie and writes a lookup file whenever there are many.

    Legs mostly lie as their contacts do: a file with the same in it is another name of the one that is there.
    """

    def __init__(self, root: Path, table: str, pending: Pending, written: Runs) -> None:
        self._root, self._table, self._pending, self._written = root, table, pending, written
        self._keys: list[Keys] = []
        self._days: list[Days] = []
        self._rows = 0

    def add(self, day: date, fresh: Keys) -> None:
        self._keys.append(fresh)
        self._days.append(np.full(len(fresh), (day - _EPOCH).days, np.int32))
        self._rows += len(fresh)
        if self._rows >= _RUN_ROWS:
            self._write()

    def close(self, runs: Sequence[Part]) -> None:
        """Write the rest; where lookup files have become many, make one of them."""
        if self._rows:
            self._write()
        written = [part for part in self._pending.added if part.table == run_table(self._table)]
        if written and (several := crowded([*runs, *written])):
            self._pending.removed += [part for part in several if part in runs]
            self._pending.added = [part for part in self._pending.added if part not in several]
            self._pending.added.append(joined(self._root, self._table, several))

    def _write(self) -> None:
        keys, days = np.concatenate(self._keys), np.concatenate(self._days)
        same = (part for held, on, part in self._written if np.array_equal(held, keys) and np.array_equal(on, days))
        twin = next(same, None)
        part = named_again(self._root, self._table, twin) if twin else write_run(self._root, self._table, keys, days)
        self._written.append((keys, days, part))
        self._pending.added.append(part)
        self._keys, self._days, self._rows = [], [], 0
