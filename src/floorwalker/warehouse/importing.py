"""An import: rows wait in the staging room, are merged day by day, and become visible in one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from floorwalker.warehouse.cubes import Cubes
from floorwalker.warehouse.manifest import Commit
from floorwalker.warehouse.records import KEPT
from floorwalker.warehouse.snapshot import Snapshot
from floorwalker.warehouse.staging import Staging
from floorwalker.warehouse.store import Store
from floorwalker.warehouse.surveys import SurveyMerge, sources_seen
from floorwalker.warehouse.table_merge import Counted, Pending, Progress, TableMerge, merge_all

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Outcome:
    """What an import did: counts per record table, and the days on which something differs now."""

    counts: Mapping[str, Counted]
    days: Sequence[date]


class Import:
    """An import under way. Rows that were added become visible with `commit`, all at once."""

    def __init__(self, store: Store, cubes: Cubes, import_id: int, staging: Staging, progress: Progress) -> None:
        self._store, self._cubes, self._id, self._staging, self._progress = store, cubes, import_id, staging, progress
        self._merged: tuple[int, Pending] = (-1, Pending())

    def add(self, tables: Tables) -> None:
        """Add a batch: frames by record table name, without `import_id`. Later rows win over earlier ones of the same key.

        Raises
        ------
        ValueError
            when a frame does not conform to its record table.
        KeyError
            when a table is not kept in the warehouse.
        WarehouseFault
            when the disk is full or must not be written.
        """
        self._staging.add(tables)

    def commit(self) -> Outcome:
        """Merge everything that was added and make it visible.

        Raises
        ------
        WarehouseFault
            when the disk is full or must not be written, or others commit all the time; nothing is visible then.
        """
        root, come = self._store.root, self._staging
        come.gather()
        merges = [TableMerge(root, table, come) for table in KEPT if table != "survey" and come.rows[table]]
        self._merge(merges, self._store.snapshot())
        outcome = Outcome({}, [])

        def prepare(now: Snapshot) -> Commit:
            nonlocal outcome
            pending = self._merge(merges, now)
            outcome = Outcome(pending.counts, sorted({change.day for change in pending.changes}))
            come.keep(pending.added)
            return Commit(pending.removed, pending.added, self._id, pending.changes)

        self._store.settle(prepare)
        return outcome

    def _merge(self, merges: Sequence[TableMerge], snapshot: Snapshot) -> Pending:
        """All that goes and comes on this snapshot: records, surveys that depend on them, and the cube of both."""
        version, pending = self._merged
        if version != snapshot.version:
            root, come = self._store.root, self._staging
            pending = merge_all(merges, snapshot, self._progress)
            if part := sources_seen(root, snapshot, come):
                pending.added.append(part)
            view = snapshot.after(pending.removed, pending.added)
            arrived = come.column("contact", "native_id")
            pending.absorb(SurveyMerge(root, come).run(view, pending.days("contact"), arrived, self._progress))
            pending.absorb(self._cubes.refreshed(snapshot, pending, self._progress))
            self._merged = (snapshot.version, pending)
        return pending
