"""The small centre, thirteen weeks up to Saturday, 21 November 2026; in its last four Billing takes three minutes longer."""

import shutil
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from floorwalker.warehouse.file_manifest import FileManifest
from floorwalker.warehouse.manifest import Commit
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.changes.models import Finding
from floorwalker.web.intake.manifest import DatabaseManifest
from tests.conftest import DATA
from tests.web import small_centre
from tests.web.conftest import Cast

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 22, 8, 12, tzinfo=WARSAW)
LAST = date(2026, 11, 21)
SLOW_SINCE = date(2026, 10, 26)


@cache
def _slow_centre() -> tuple[Path, FileManifest]:
    """A warehouse of its own, once per run."""
    root, manifest = DATA / "centres" / "slow", FileManifest(DATA / "centres" / "slow.sqlite3")
    days = small_centre.days_until(LAST, 13)
    Warehouse(root, manifest).take(1, [small_centre.tables(days, slow=[day for day in days if day >= SLOW_SINCE])])
    return root, manifest


@pytest.fixture
def slow_centre(cast: Cast) -> Cast:
    root, manifest = _slow_centre()
    shutil.copytree(root, settings.WAREHOUSE, dirs_exist_ok=True)
    DatabaseManifest().commit(0, Commit(added=manifest.parts()))
    return cast


@pytest.fixture
def finding(cast: Cast) -> Finding:
    """Each Billing contact takes 38 seconds longer since 12 November."""
    return made(cast)


def at(dimension: str = "", value: str = "") -> dict[str, str]:
    """Where something is, as it is kept."""
    return {"dimension": dimension, "value": value} if value else {"dimension": "", "value": ""}


BILLING = at("queue", "Billing")


def made(cast: Cast, queue: str = "Billing", **facts: object) -> Finding:
    """A finding of a queue (without its name of the whole site) as a round keeps it, with its picture and its chances."""
    onset = facts.get("onset", date(2026, 11, 12))
    assert isinstance(onset, date)
    days = [onset + timedelta(days=step) for step in range(-14, 10)]
    values = {
        "measure": "aht",
        "kind": "lasting",
        "onset": onset,
        "onset_low": onset,
        "onset_high": onset,
        "decided": onset + timedelta(days=7),
        "sure": 0.97,
        "size": 38.0,
        "size_low": 33.0,
        "size_high": 43.0,
        "usual": 358.0,
        "chances": [[(onset + timedelta(days=step)).isoformat(), 0.2, 0.3, 0.5] for step in range(8)],
        "days": [[day.isoformat(), 358.0 if day < onset else 396.0, 350.0, 358.0, 366.0] for day in days],
    }
    return Finding.objects.create(site=cast.site, **{**values, **at("queue", queue), **facts})
