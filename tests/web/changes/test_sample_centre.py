"""The stories of the sample centre, told by the page: found with their kind, their queue and about their day.

A tenth of the customers and the last 240 days are enough for the two large stories of handle time; what is smaller or older
is not asked for here.
"""

import shutil
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from floorwalker.sources.reading import Site
from floorwalker.sources.sample import SampleCentre
from floorwalker.warehouse.file_manifest import FileManifest
from floorwalker.warehouse.manifest import Commit
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.changes.models import Finding
from floorwalker.web.changes.rounds import judge_site
from floorwalker.web.intake.manifest import DatabaseManifest
from tests.conftest import DATA
from tests.web.conftest import Cast

TODAY = date(2026, 11, 20)
DAYS, SCALE = 240, 0.1
NEAR = timedelta(days=4)
CENTRE = SampleCentre(TODAY, scale=SCALE)


@cache
def _brought_in() -> tuple[Path, FileManifest]:
    root, manifest = DATA / "centres" / "sample", FileManifest(DATA / "centres" / "sample.sqlite3")
    source = Site(tz=CENTRE.tz, source="sample", secret="fixed", country="PL")
    tables = CENTRE.between(TODAY - timedelta(days=DAYS), TODAY - timedelta(days=1), source)
    Warehouse(root, manifest).take(1, [{name: tables[name] for name in ("contact", "leg", "survey")}])
    return root, manifest


@pytest.fixture
def judged(cast: Cast) -> list[Finding]:
    root, manifest = _brought_in()
    shutil.copytree(root, settings.WAREHOUSE, dirs_exist_ok=True)
    DatabaseManifest().commit(0, Commit(added=manifest.parts()))
    judge_site(cast.site, datetime(2026, 11, 20, 7, tzinfo=UTC))
    return list(Finding.objects.all())


def test_the_large_stories_of_queues_are_found(judged: list[Finding]) -> None:
    stories = {story.name: story for story in CENTRE.stories()}
    for name in ("new-customer-screen", "reading-by-photo"):
        story = stories[name]
        (move,) = (each for each in story.moves if each.measure == "aht")
        about = [each for each in judged if (each.measure, each.queue, each.kind) == ("aht", story.queue, "lasting")]
        (found,) = [each for each in about if abs(each.onset - story.first) <= NEAR]
        assert found.until is None, name
        assert found.size == pytest.approx(move.size, abs=12), name


def test_handle_time_shifts_for_good_only_where_it_did(judged: list[Finding]) -> None:
    told = {each.queue for each in CENTRE.stories() if each.queue and any(move.measure == "aht" for move in each.moves)}
    lasting = [each for each in judged if each.measure == "aht" and each.kind == "lasting" and each.queue]
    assert {each.queue for each in lasting} <= told
