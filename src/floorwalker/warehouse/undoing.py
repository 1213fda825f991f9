"""Taking back a whole import, whatever came after it."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from floorwalker.warehouse.cubes import Cubes
from floorwalker.warehouse.days import read_part, write_part
from floorwalker.warehouse.files import WarehouseFault
from floorwalker.warehouse.keys import find, run_table
from floorwalker.warehouse.manifest import Change, Commit
from floorwalker.warehouse.records import KEPT, Kept
from floorwalker.warehouse.snapshot import Snapshot
from floorwalker.warehouse.staging import Staging
from floorwalker.warehouse.store import Store
from floorwalker.warehouse.surveys import SurveyMerge
from floorwalker.warehouse.table_merge import Pending, Progress, TableMerge, merge_all


class Undo:
    """Removes the rows of one import and brings back those that it replaced, unless a later import has brought its own.

    A row that a later import found unchanged is still a row of the first, and goes with it.
    """

    def __init__(self, store: Store, cubes: Cubes, import_id: int, progress: Progress) -> None:
        self._store, self._cubes, self._id, self._progress = store, cubes, import_id, progress
        self._root = store.root

    def run(self) -> Sequence[date]:
        """Take the import back in one commit; returns the days that differ now.

        Raises
        ------
        WarehouseFault
            `already_undone`, or what an import may raise.
        """
        days: set[date] = set()

        def prepare(now: Snapshot) -> Commit:
            pending = self._taken_back(now, Staging(self._root, self._id))
            days.update(change.day for change in pending.changes)
            return Commit(pending.removed, pending.added, undoes=self._id)

        self._store.settle(prepare)
        return sorted(days)

    def _taken_back(self, now: Snapshot, come: Staging) -> Pending:
        undone = self._store.manifest.undone()
        if self._id in undone:
            raise WarehouseFault("already_undone", import_id=self._id)
        try:
            pending = Pending()
            for kept in KEPT.values():
                pending.absorb(self._without(kept, now))
            view = now.after(pending.removed, pending.added)
            for name, kept in KEPT.items():
                come.add_stored(name, self._back(kept, view, undone | {self._id}))
            come.gather()
            merges = [TableMerge(self._root, name, come) for name in KEPT if name != "survey" and come.rows[name]]
            pending.absorb(merge_all(merges, view, self._progress))
            view = now.after(pending.removed, pending.added)
            arrived = come.column("contact", "native_id")
            pending.absorb(SurveyMerge(self._root, come).run(view, pending.days("contact"), arrived, self._progress))
            pending.absorb(self._cubes.refreshed(now, pending, self._progress))
            come.keep(pending.added)
        finally:
            come.close()
        return pending

    def _without(self, kept: Kept, now: Snapshot) -> Pending:
        """The days on which the import's rows lie, without them."""
        pending, table = Pending(), kept.table.name
        for day in self._days(kept, now):
            old = now.day(table, day)
            rows = read_part(self._root, kept, old)
            staying = rows.filter(pl.col("import_id") != self._id)
            if old and staying.height < rows.height:
                part = write_part(self._root, kept, day, staying) if staying.height else None
                pending.note(table, Change(table, day), old, part)
        return pending

    def _days(self, kept: Kept, now: Snapshot) -> Sequence[date]:
        """Where rows of the import may lie: what it touched; a survey may have followed its contact since."""
        changed = [change.day for change in self._store.manifest.changes(self._id) if change.table == kept.table.name]
        if kept.table.name != "survey" or not changed:
            return changed
        return [part.day for part in now.days("survey")]

    def _back(self, kept: Kept, view: Snapshot, undone: frozenset[int]) -> pl.DataFrame:
        """The rows that come back: replaced by the import, and not replaced anew since."""
        rows = self._replaced(kept, self._id, undone, None)
        group = list(kept.group)
        return rows.join(self._present(kept, view, rows), on=group, how="anti") if rows.height else rows

    def _replaced(self, kept: Kept, import_id: int, undone: frozenset[int], groups: pl.DataFrame | None) -> pl.DataFrame:
        """What an import replaced; where that was of an import that is undone as well, what that one had replaced."""
        table, group = kept.table.name, list(kept.group)
        changes = [each for each in self._store.manifest.changes(import_id) if each.table == table and each.replaced]
        rows = pl.concat([pl.DataFrame(schema=kept.schema), *(pl.read_parquet(self._root / each.replaced) for each in changes)])
        if groups is not None:
            rows = rows.join(groups, on=group, how="semi")
        stale = pl.col("import_id").is_in(list(undone))
        found = [rows.filter(~stale)]
        for (other,), part in rows.filter(stale).partition_by("import_id", as_dict=True).items():
            found.append(self._replaced(kept, other, undone, part.select(group).unique()))
        return pl.concat(found).unique(list(kept.table.key), keep="first")

    def _present(self, kept: Kept, view: Snapshot, rows: pl.DataFrame) -> pl.DataFrame:
        """Those groups of `rows` of which there are rows now, on whatever day."""
        group = list(kept.group)
        if kept.indexed:
            places = find(self._root, view.runs(run_table(kept.table.name)), rows[group[0]])
        else:
            places = rows.select(*dict.fromkeys((*group, "day")))
        parts = [part for day in places["day"].unique() if (part := view.day(kept.table.name, day))]
        found = [pl.read_parquet(self._root / part.path, columns=group).select(group) for part in parts]
        return pl.concat([rows.select(group).clear(), *found]).unique()
