"""From an import to the source that reads it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from floorwalker.sources.asterisk import AsteriskSource
from floorwalker.sources.reading import Batch, Site, Source
from floorwalker.sources.sample import SampleCentre
from floorwalker.sources.spreadsheet import Mapping, SpreadsheetSource
from floorwalker.warehouse.files import WarehouseFault
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.uploads import place_of


@dataclass(frozen=True)
class Reading:
    """A source with what it is to read. `total` is how far `bytes_done` will run; `carried` is what is handed to the next
    import of the same source, known after reading."""

    source: Source
    paths: list[Path]
    total: int
    people: pl.DataFrame | None = None
    carried: Callable[[], str] = str


def reading_of(coming: Import) -> Reading:
    """How an import is read.

    Raises
    ------
    WarehouseFault
        `file_gone` when a file was deleted in the meantime.
    """
    if coming.reader == Import.Reader.SAMPLE:
        return _sample(coming)
    paths = [_present(place_of(file), file.name) for file in coming.files.all()]
    total = sum(path.stat().st_size for path in paths)
    if coming.reader == Import.Reader.QUEUE_LOG:
        source = AsteriskSource(coming.options.get("names"), carried=_carried(coming))
        return Reading(source, paths, total, carried=lambda: source.carried)
    return Reading(SpreadsheetSource(Mapping.of(coming.mapping)), paths, total)


def _sample(coming: Import) -> Reading:
    centre = SampleCentre(date.fromisoformat(coming.options["today"]), scale=float(coming.options.get("scale", 1)))
    days = centre.days()
    months = len({(day.year, day.month) for day in days})
    return Reading(_Counted(centre), [], months, centre.people())


def _carried(coming: Import) -> str:
    """What the latest visible import of the same source left."""
    before = Import.objects.filter(
        site=coming.site, source=coming.source, reader=coming.reader, state=Import.State.WHOLE, pk__lt=coming.pk
    )
    return before.values_list("carried", flat=True).first() or ""


def _present(path: Path, name: str) -> Path:
    if not path.is_file():
        raise WarehouseFault("file_gone", file=name)
    return path


@dataclass(frozen=True)
class _Counted:
    """The sample centre, its batches numbered so that progress can be told: it has no bytes."""

    centre: SampleCentre
    main_table: str = "contact"

    def read(self, paths: list[Path], site: Site) -> Iterator[Batch]:
        for number, batch in enumerate(self.centre.read(paths, site), start=1):
            yield replace(batch, bytes_done=number)
