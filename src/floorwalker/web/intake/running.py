"""Bringing an import in: read, staged, merged, and made visible as one transaction together with its state and its people."""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
from django.conf import settings

from floorwalker.sources.reading import Batch, Remark, Unreadable
from floorwalker.sources.reading import Site as Place
from floorwalker.warehouse.files import WarehouseFault
from floorwalker.warehouse.manifest import Commit
from floorwalker.warehouse.table_merge import Counted
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.intake.alone import alone
from floorwalker.web.intake.manifest import DatabaseManifest
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.people import PeopleCounted, take_people
from floorwalker.web.intake.readers import Reading, reading_of
from floorwalker.web.intake.refusals import RefusedList
from floorwalker.web.intake.remarks import combined
from floorwalker.web.intake.uploads import named
from floorwalker.web.journal.actions import write

State = Import.State
Watch = Callable[[Import], None]
"""Told about the import whenever its progress changes."""

PERSON = "person"
_TELL_EVERY_S = 0.5


def run(import_id: int, watch: Watch | None = None) -> Import:
    """Bring an import in, whatever state an earlier try left it in; a second call beside a running one does nothing.

    What stops it for a known reason (an unreadable file, a full disk) becomes its `failure`.
    """
    with alone(import_id) as free:
        coming = Import.objects.select_related("site", "by").get(pk=import_id)
        if free and coming.state in (State.QUEUED, State.STOPPED, State.RUNNING):
            _Run(coming, watch or _nobody).go()
    return coming


@dataclass
class _Read:
    """What was read so far, in rows of the original."""

    read: int = 0
    aside: int = 0
    people: list[pl.DataFrame] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


class _Run:
    def __init__(self, coming: Import, watch: Watch) -> None:
        self._coming, self._watch = coming, watch
        self._sum = _Read()
        self._people = PeopleCounted()
        self._told_at = 0.0

    def go(self) -> None:
        coming = self._coming
        self._begin()
        try:
            with RefusedList(coming) as refused:
                self._take(reading_of(coming), refused)
        except Unreadable as error:
            self._fail(error.code, named(coming, error.facts), error.line)
        except WarehouseFault as fault:
            self._fail(fault.code, dict(fault.facts))
        except OSError as error:
            self._fail("disk_error", {"path": str(error.filename or ""), "reason": str(error.strerror or error)})
        finally:
            if Import.objects.filter(pk=coming.pk, state=State.RUNNING).update(state=State.STOPPED):
                coming.state = State.STOPPED
        self._watch(coming)

    def _begin(self) -> None:
        coming = self._coming
        coming.state, coming.phase, coming.done, coming.total = State.RUNNING, "read", 0, 0
        coming.counts, coming.refused_by, coming.remarks, coming.failure = {}, {}, [], {}
        coming.began_at = datetime.now(UTC)
        coming.save()

    def _take(self, reading: Reading, refused: RefusedList) -> None:
        self._coming.total = reading.total
        warehouse = Warehouse(Path(settings.WAREHOUSE), DatabaseManifest(also=self._become_whole), self._coming.site.settings())
        with warehouse.importing(self._coming.pk, self._merging) as coming:
            place = Place(self._zone(), self._coming.source, settings.CUSTOMER_SECRET, self._coming.site.country)
            for batch in reading.source.read(reading.paths, place):
                coming.add({name: frame for name, frame in batch.tables.items() if name != PERSON})
                refused.add(batch.refusals)
                self._note(batch, refused)
            self._coming.refused_by = dict(refused.by_code)
            self._coming.remarks = combined(Remark(each.code, named(self._coming, each.facts)) for each in self._sum.remarks)
            self._sum.people += [reading.people] if reading.people is not None else []
            self._coming.carried = reading.carried()
            outcome = coming.commit()
        self._account(outcome.counts, reading.source.main_table)

    def _zone(self) -> str:
        return self._coming.tz or self._coming.site.tz

    def _note(self, batch: Batch, refused: RefusedList) -> None:
        so_far, coming = self._sum, self._coming
        so_far.read += batch.read
        so_far.aside += batch.aside
        so_far.remarks += batch.remarks
        so_far.people += [batch.tables[PERSON]] if PERSON in batch.tables else []
        coming.counts = {"read": so_far.read, "aside": so_far.aside, "refused": refused.by_code.total()}
        coming.done = max(coming.done, batch.bytes_done)
        self._tell()

    def _merging(self, phase: str, done: int, total: int) -> None:
        self._coming.phase, self._coming.done, self._coming.total = phase, done, total
        self._tell()

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            self._coming.save(update_fields=["phase", "done", "total", "counts"])
            self._watch(self._coming)

    def _become_whole(self, commit: Commit) -> None:
        """Called inside the transaction that makes the rows visible."""
        coming = self._coming
        if self._sum.people:
            today = datetime.now(UTC).astimezone(ZoneInfo(coming.site.tz)).date()
            self._people = take_people(coming, pl.concat(self._sum.people), today)
            coming.remarks = [*coming.remarks, *self._people.remarks]
        coming.state, coming.ended_at, coming.phase = State.WHOLE, datetime.now(UTC), ""
        coming.save()
        write(coming.by, "import.brought_in", coming.source, facts={"import": coming.pk, "read": coming.count("read")})

    def _account(self, tables: Mapping[str, Counted], main: str) -> None:
        """The reconciliation: rows read = kept + updated + unchanged + refused + aside."""
        coming, people = self._coming, self._people
        told = Counted(people.kept, people.updated, people.unchanged) if main == PERSON else tables.get(main, Counted())
        coming.counts |= {"kept": told.kept, "updated": told.updated, "unchanged": told.unchanged}
        if told.repeated:
            coming.counts["aside"] += told.repeated
            coming.remarks = [*coming.remarks, {"code": "repeated_rows", "facts": {"rows": told.repeated}}]
        coming.tables = {name: asdict(counted) for name, counted in tables.items()}
        coming.save(update_fields=["counts", "remarks", "tables"])

    def _fail(self, code: str, facts: dict[str, str | int | float], line: int | None = None) -> None:
        coming = self._coming
        coming.state, coming.ended_at, coming.phase = State.FAILED, datetime.now(UTC), ""
        coming.failure = {"code": code, "facts": facts, "line": line}
        coming.save()
        write(coming.by, "import.failed", coming.source, facts={"import": coming.pk, "code": code})


def _nobody(coming: Import) -> None:
    """Nobody watches."""
