"""The one door to the contacts."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

import polars as pl

from floorwalker.core.measures import Answer, Calendar, Question, Settings
from floorwalker.core.measures.answer import answer
from floorwalker.warehouse.asking import Asked
from floorwalker.warehouse.cubes import Cubes
from floorwalker.warehouse.duck import Duck
from floorwalker.warehouse.importing import Import, Outcome, Tables
from floorwalker.warehouse.manifest import Manifest
from floorwalker.warehouse.staging import Staging
from floorwalker.warehouse.store import Store
from floorwalker.warehouse.table_merge import Progress


class Warehouse:
    """Contacts below the folder `root`, visible through `manifest`, counted by `settings`. May be shared by threads."""

    def __init__(self, root: Path, manifest: Manifest, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._store = Store(root, manifest)
        self._duck = Duck(root)
        self._cubes = Cubes(root, self._duck, self.settings)

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
        asked = Asked(self._store.root, self._duck, self._store.snapshot(), self.settings, person_days)
        return answer(question, asked.sums(question), asked.counts(question), calendar or Calendar(), memberships)

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
        staging = Staging(self._store.root / "staging" / f"{import_id}-{token_hex(6)}", import_id)
        try:
            yield Import(self._store, self._cubes, import_id, staging, progress or _silent)
        finally:
            staging.close()


def _silent(doing: str, done: int, of: int) -> None:
    """Progress that nobody watches."""
