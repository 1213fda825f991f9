"""The sample centre of one fixed morning, whole and in a warehouse of its own: made once per process, copied for each test."""

import shutil
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

from floorwalker.sources.reading import Site
from floorwalker.sources.sample import SampleCentre
from floorwalker.warehouse.file_manifest import FileManifest
from floorwalker.warehouse.manifest import Commit
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.intake.manifest import DatabaseManifest
from tests.conftest import DATA

TODAY = date(2026, 11, 20)
DAYS = 260
CENTRE = SampleCentre(TODAY)


def bring_in_sample() -> None:
    """The last 260 days: they hold every story of a queue, of a team and of a person."""
    root, manifest = _brought_in()
    shutil.copytree(root, settings.WAREHOUSE, dirs_exist_ok=True)
    DatabaseManifest().commit(0, Commit(added=manifest.parts()))


@cache
def _brought_in() -> tuple[Path, FileManifest]:
    root, manifest = DATA / "centres" / "sample", FileManifest(DATA / "centres" / "sample.sqlite3")
    source = Site(tz=CENTRE.tz, source="sample", secret="fixed", country="PL")
    tables = CENTRE.between(TODAY - timedelta(days=DAYS), TODAY - timedelta(days=1), source)
    Warehouse(root, manifest).take(1, [{name: tables[name] for name in ("contact", "leg", "survey")}])
    return root, manifest
