"""A real browser before a real server: the sample centre at a small scale, thirteen weeks up to yesterday.

For all of them it is the same working morning: what a journey sees does not depend on the hour at which it runs.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from floorwalker.core.measures import Settings
from floorwalker.sources.reading import Site as SourceSite
from floorwalker.sources.sample.centre import SampleCentre
from floorwalker.warehouse.file_manifest import FileManifest
from floorwalker.warehouse.manifest import Commit
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import User
from floorwalker.web.intake.manifest import DatabaseManifest
from floorwalker.web.intake.models import Import
from floorwalker.web.planning.asking import local_now
from floorwalker.web.planning.models import Round
from floorwalker.web.planning.rounds import work_out_site
from tests.conftest import DATA
from tests.web.conftest import Cast, cast, own_places

__all__ = ["cast", "own_places"]

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread; the server has threads of its own

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SCALE, WEEKS = 0.05, 13
MORNING = datetime(2026, 11, 25, 9, 12, tzinfo=UTC)
"""A Wednesday, twelve past ten in Warsaw: behind the first contacts, before the peak."""

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys run in one process, one after the other: one browser is enough for two processors."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """The clock of the server, which is this process, and of the test; `open_as` sets that of the browser."""
    with time_machine.travel(MORNING):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    place = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if place is None:
        pytest.fail("No Chromium. `make test` installs it; by hand: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=place, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@cache
def _brought_in(today: date) -> tuple[Path, FileManifest]:
    """The sample centre in a warehouse of its own, once per run."""
    root, manifest = DATA / "sample", FileManifest(DATA / "sample.sqlite3")
    source = SourceSite(tz="Europe/Warsaw", source="sample", secret="journeys")
    tables = SampleCentre(today, scale=SCALE).between(today - timedelta(weeks=WEEKS), today - timedelta(days=1), source)
    Warehouse(root, manifest, Settings()).take(1, [tables])
    return root, manifest


@pytest.fixture
def sample(cast: Cast) -> Cast:
    """The cast over the sample centre; Omid is the first of its agents."""
    root, manifest = _brought_in(datetime.now(UTC).date())
    shutil.copytree(root, settings.WAREHOUSE, dirs_exist_ok=True)
    DatabaseManifest().commit(0, Commit(added=manifest.parts()))
    centre = SampleCentre(datetime.now(UTC).date())
    here = centre.people().filter((centre.people()["role"] == "agent") & centre.people()["left_on"].is_null())
    cast.person("Omid").agent_names.update(name=here["agent_names"][0].split(";")[0])
    return cast


_planned: list[list[Model]] = []


@pytest.fixture
def planned(sample: Cast) -> Cast:
    """The sample centre with its roster and a round of this morning, worked out once per run.

    The rows know others by their numbers: a test that uses it numbers its tables from one (`django_db_reset_sequences`).
    """
    now = local_now(sample.site)
    options = {"today": now.date().isoformat()}
    Import.objects.create(site=sample.site, reader="sample", source="sample", state="whole", options=options)
    if _planned:
        Round.objects.all().delete()  # the import has asked for one
        for rows in _planned:
            type(rows[0]).objects.bulk_create(rows)  # type: ignore[attr-defined]
    else:
        work_out_site(sample.site, now)
        models = apps.get_app_config("planning").get_models()
        _planned.extend(rows for model in models if (rows := list(model._default_manager.all())))
    return sample


@pytest.fixture
def open_as(live_server: Any, browser: Browser, sample: Cast) -> Iterator[Open]:
    """Opens an address as somebody of the cast, in a language and a theme, on a desk or a phone."""
    contexts = []

    def opened(
        name: str, address: str = "/", language: str = "en", theme: str = "light", width: int = 1280, **more: Any
    ) -> Page:
        User.objects.filter(pk=sample.user(name).pk).update(language=language, theme=theme)
        client = Client()
        client.force_login(sample.user(name))
        context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        context.clock.set_fixed_time(MORNING)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
