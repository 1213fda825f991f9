"""What was brought in and how it went; and the one warehouse of this process."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from floorwalker.core.measures import Settings
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.manifest import DatabaseManifest


def open_warehouse(site: Site | None = None) -> Warehouse:
    """The contacts of this installation, counted by the site's thresholds (of the first site when none is given).

    One object per process and set of thresholds, shared by all threads.
    """
    place = site or Site.objects.order_by("pk").first()
    return _warehouse(Path(settings.WAREHOUSE), place.settings() if place else Settings())


@lru_cache(maxsize=8)
def _warehouse(root: Path, thresholds: Settings) -> Warehouse:
    return Warehouse(root, DatabaseManifest(), thresholds)
