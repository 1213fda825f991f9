"""What was brought in and how it went; and the one warehouse of this process."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

from floorwalker.core.measures import Settings
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.manifest import DatabaseManifest
from floorwalker.web.intake.models import Import, WarehousePart
from floorwalker.web.intake.report import name_of
from floorwalker.web.intake.wording import state_of
from floorwalker.web.ui.reader import Reader

_LISTED = 50


def open_warehouse(site: Site | None = None) -> Warehouse:
    """The contacts of this installation, counted by the site's thresholds (of the first site when none is given).

    One object per process and set of thresholds, shared by all threads.
    """
    place = site or Site.objects.order_by("pk").first()
    return _warehouse(Path(settings.WAREHOUSE), place.settings() if place else Settings())


@lru_cache(maxsize=8)
def _warehouse(root: Path, thresholds: Settings) -> Warehouse:
    return Warehouse(root, DatabaseManifest(), thresholds)


@dataclass(frozen=True)
class Listed:
    """One import in the list."""

    pk: int
    name: str
    source: str
    by: str
    when: str
    state: str
    firm: bool
    rows: str


@dataclass(frozen=True)
class ImportList:
    """Imports, latest first; `before` is the number from which older ones go on, 0 at the end."""

    imports: tuple[Listed, ...]
    before: int


def imports_of(site: Site, reader: Reader, before: int | None = None) -> ImportList:
    """The imports of a site, from the latest or from `before` on."""
    found = Import.objects.filter(site=site).select_related("by__person").prefetch_related("files")
    if before:
        found = found.filter(pk__lt=before)
    page = list(found[: _LISTED + 1])
    shown = tuple(_listed(each, reader) for each in page[:_LISTED])
    return ImportList(shown, shown[-1].pk if len(page) > _LISTED else 0)


def earlier_import(coming: Import, reader: Reader) -> Listed | None:
    """The latest import of the same source that changed something."""
    whole = Import.objects.filter(site=coming.site, source=coming.source, state=Import.State.WHOLE).exclude(pk=coming.pk)
    changed = (each for each in whole[:_LISTED] if each.count("kept") + each.count("updated"))
    found = next(changed, None)
    return _listed(found, reader) if found else None


def sources_of(site: Site) -> tuple[str, ...]:
    """The names of the sources that have sent something."""
    return tuple(Import.objects.filter(site=site).order_by("source").values_list("source", flat=True).distinct())


def is_empty() -> bool:
    """Whether nothing was brought in yet, nor is coming."""
    busy = (Import.State.QUEUED, Import.State.RUNNING)
    return not WarehousePart.objects.exists() and not Import.objects.filter(state__in=busy).exists()


def _listed(coming: Import, reader: Reader) -> Listed:
    brought = coming.count("kept") + coming.count("updated")
    whole = coming.state == Import.State.WHOLE
    return Listed(
        pk=coming.pk,
        name=name_of(coming),
        source="" if coming.reader == Import.Reader.SAMPLE else coming.source,
        by=str(coming.by) if coming.by else gettext("command line"),
        when=reader.instant(coming.ended_at or coming.made_at),
        state=state_of(coming),
        firm=coming.state in (Import.State.CHECKING, Import.State.FAILED, Import.State.STOPPED),
        rows=reader.number(brought) if whole else "",
    )
