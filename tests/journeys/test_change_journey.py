"""A change from end to end, in a real browser: read it on Today, write its story, see it on the measure's chart."""

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from floorwalker.core.measures import Settings
from floorwalker.sources.reading import Site as SourceSite
from floorwalker.sources.sample.centre import SampleCentre
from floorwalker.warehouse.file_manifest import FileManifest
from floorwalker.warehouse.manifest import Commit
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.changes.rounds import judge_site
from floorwalker.web.intake.manifest import DatabaseManifest
from tests.conftest import DATA
from tests.journeys.conftest import WEEKS, Open
from tests.journeys.test_pages import violations
from tests.web.conftest import Cast

SCALE = 0.3
STORY = "The new customer screen asks for a reason twice."


@cache
def _brought_in(today: date) -> tuple[Path, FileManifest]:
    """Enough contacts of the sample centre for its latest story to be told from chance."""
    root, manifest = DATA / "told", FileManifest(DATA / "told.sqlite3")
    source = SourceSite(tz="Europe/Warsaw", source="sample", secret="journeys")
    tables = SampleCentre(today, scale=SCALE).between(today - timedelta(weeks=WEEKS), today - timedelta(days=1), source)
    Warehouse(root, manifest, Settings()).take(1, [{name: tables[name] for name in ("contact", "leg", "survey")}])
    return root, manifest


@pytest.fixture
def judged(sample: Cast) -> Cast:
    """The sample centre after a real round; its new customer screen slows Billing down since about five weeks."""
    now = datetime.now(UTC)
    root, manifest = _brought_in(now.date())
    shutil.copytree(root, settings.WAREHOUSE, dirs_exist_ok=True)
    kept = DatabaseManifest()
    kept.commit(kept.version(), Commit(removed=kept.parts(), added=manifest.parts()))
    judge_site(sample.site, now)
    return sample


@pytest.mark.parametrize("language", ["en", "fa"])
def test_from_today_to_the_story_on_the_measures_chart(judged: Cast, open_as: Open, language: str) -> None:
    page = open_as("Mina", "/", language)
    card = page.locator("#changed li").filter(has_text="Billing").filter(has=page.locator('[data-kind="shift"]')).first
    expect(card.locator("svg.picture .level")).to_be_visible()
    card.locator("p.voice a").click()
    expect(page).to_have_url(re.compile(r"/changes/\d+/"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "fa" else "ltr")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Billing")
    assert violations(page) == []
    page.locator('form.ask input[name="text"]').fill(STORY)
    page.locator("form.ask button").click()
    expect(page.locator(".messages")).to_be_visible()
    expect(page.locator("p.voice").first).to_have_text(STORY)
    page.locator('a[href^="/pulse/"][href*="queue=Billing"]').click()
    expect(page.locator("ol.stories")).to_contain_text(STORY)
    expect(page.locator(".wide-only svg .pin").first).to_be_visible()


def test_a_ruling_is_made_and_taken_back(judged: Cast, open_as: Open) -> None:
    page = open_as("Mina", "/changes/?queue=Billing&measure=aht&kind=lasting")
    page.locator("ul.changes p.voice a").first.click()
    page.get_by_role("button", name="Leave the usual as it was").click()
    expect(page.get_by_text("the usual stays as it was.")).to_be_visible()
    page.get_by_role("button", name="Take the ruling back").click()
    expect(page.get_by_role("button", name="This is a blip")).to_be_visible()


def test_an_event_is_written_down_and_the_step_taken_back(open_as: Open) -> None:
    page = open_as("Mina", "/events/add/")
    page.get_by_label("What happens").fill("New prices")
    page.get_by_label("First day").fill(datetime.now(UTC).date().isoformat())
    page.get_by_role("button", name="Put it in the calendar").click()
    expect(page.get_by_role("status")).to_contain_text("is in the calendar now.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("No event is written down for these months.")).to_be_visible()
