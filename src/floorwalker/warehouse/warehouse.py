"""The one door to the contacts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import polars as pl

from floorwalker.core.measures import Answer, Calendar, Question, Settings
from floorwalker.warehouse.behind import Behind
from floorwalker.warehouse.cubes import Cubes
from floorwalker.warehouse.duck import Duck
from floorwalker.warehouse.importing import Import, Outcome, Tables
from floorwalker.warehouse.manifest import Commit, Manifest
from floorwalker.warehouse.reading import Reading
from floorwalker.warehouse.records import KEPT
from floorwalker.warehouse.snapshot import Snapshot
from floorwalker.warehouse.staging import Staging
from floorwalker.warehouse.store import Store
from floorwalker.warehouse.sweeping import sweep
from floorwalker.warehouse.table_merge import Progress
from floorwalker.warehouse.undoing import Undo


class Warehouse:
    """Contacts below the folder `root`, visible through `manifest`, counted by `settings`. May be shared by threads."""

    def __init__(self, root: Path, manifest: Manifest, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._store = Store(root, manifest)
        self._duck = Duck(root)
        self._cubes = Cubes(root, self.settings)

    def reading(self) -> Reading:
        """The contacts as they are now: a page that asks several times asks one reading, and is answered from one state."""
        return Reading(self._store.root, self._duck, self._store.snapshot(), self.settings)

    def answer(
        self,
        question: Question,
        memberships: pl.DataFrame | None = None,
        person_days: pl.DataFrame | None = None,
        calendar: Calendar | None = None,
    ) -> Answer:
        """The answer to a question.

        `memberships` (columns of `MEMBERSHIPS`) are needed for teams, `person_days` (day, agent, tenure_days, left) for tenure
        and turnover.
        """
        return self.reading().answer(question, memberships, person_days, calendar)

    def behind(
        self, question: Question, measure: str, memberships: pl.DataFrame | None = None, calendar: Calendar | None = None
    ) -> Behind:
        """The rows behind a number: those that the sample of `measure` counts under the days and filters of `question`.

        Narrow the filters to the row of the answer that was clicked; take a `page` of it, or `all` for an export.
        """
        return self.reading().behind(question, measure, memberships, calendar)

    def contact(self, contact_key: int) -> Mapping[str, pl.DataFrame]:
        """One contact, its legs and its surveys, by record table name; no contact row when the key is unknown."""
        return self.reading().contact(contact_key)

    def take(self, import_id: int, batches: Iterable[Tables], progress: Progress | None = None) -> Outcome:
        """Import frames by record table name, batch by batch: all of them become visible at once, or none.

        Raises
        ------
        ValueError
            when a frame does not conform to its record table.
        WarehouseFault
            when the disk is full or must not be written.
        """
        with self.importing(import_id, progress) as coming:
            for tables in batches:
                coming.add(tables)
            return coming.commit()

    @contextmanager
    def importing(self, import_id: int, progress: Progress | None = None) -> Iterator[Import]:
        """An import to which batches are added until it is committed; left without a commit, it leaves nothing."""
        staging = Staging(self._store.root, import_id)
        try:
            yield Import(self._store, self._cubes, import_id, staging, progress or _silent)
        finally:
            staging.close()

    def undo(self, import_id: int, progress: Progress | None = None) -> Sequence[date]:
        """Take back a whole import, also when later ones touched the same days; returns the days that differ now.

        Raises
        ------
        WarehouseFault
            `already_undone`, or what an import may raise.
        """
        return Undo(self._store, self._cubes, import_id, progress or _silent).run()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the whole cube anew: needed once after the settings changed; until then answers come from the records."""

        def prepare(now: Snapshot) -> Commit:
            pending = self._cubes.rebuilt(now, progress or _silent)
            return Commit(pending.removed, pending.added)

        self._store.settle(prepare)

    @property
    def stale(self) -> bool:
        """Whether the cube was counted under other settings and wants a `rebuild`."""
        return self._cubes.stale(self._store.snapshot())

    def sweep(self, before: datetime) -> int:
        """Delete files that nothing refers to and that were written before `before`; returns the bytes freed.

        What a killed import left is such a file, and so is what a running one has written: `before` lies at least some hours
        back.
        """
        return sweep(self._store.root, self._store.manifest.referenced(), before)

    def files(self) -> Mapping[str, Sequence[Path]]:
        """The visible files of each record table, for another engine that reads them."""
        snapshot = self._store.snapshot()
        listed = {table: [self._store.root / part.path for part in snapshot.days(table)] for table in KEPT}
        return {table: paths for table, paths in listed.items() if paths}


def _silent(doing: str, done: int, of: int) -> None:
    """Progress that nobody watches."""
