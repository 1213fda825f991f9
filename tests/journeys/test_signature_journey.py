"""An agent reads their own signature and who looked; their lead opens it and prepares a talk; another lead is refused."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from floorwalker.web.signatures.models import Finding, Guide, Round, Support, Trait
from tests.journeys.conftest import Open
from tests.journeys.test_pages import barriers_and_widths, too_wide
from tests.web.conftest import Cast


@pytest.fixture
def patterns(sample: Cast) -> int:
    """After-contact work of Omid is twelve seconds longer for two weeks; the contacts behind are those of the sample centre."""
    omid, yesterday = sample.person("Omid"), datetime.now(UTC).date() - timedelta(days=1)
    onset = yesterday - timedelta(days=14)
    Round.objects.create(site=sample.site, at=datetime.now(UTC), until=yesterday)
    Support.objects.create(site=sample.site, text="A colleague to sit beside")
    for measure, state in (("aht", "usual"), ("acw_time", "lasting"), ("csat", "thin"), ("transfer_rate", "early")):
        rows = [_row(yesterday - timedelta(days=back), onset, state) for back in range(59, -1, -1)]
        Trait.objects.create(person=omid, measure=measure, state=state, since=onset, days=rows)
    sizes = {"size": 12.0, "size_low": 9.0, "size_high": 15.0, "usual": 47.0, "sure": 0.97}
    days = {"onset": onset, "decided": onset + timedelta(days=8)}
    return Finding.objects.create(person=omid, measure="acw_time", is_lasting=True, **days, **sizes).pk


def _row(day: date, onset: date, state: str) -> list[object]:
    share = 0.8 if state in ("thin", "early") else 47.0
    moved = 12.0 if state == "lasting" and day >= onset else 0.0
    return [day.isoformat(), share + moved, 40.0, share * 0.8, share, share * 1.2]


def test_a_lead_prepares_a_talk_and_the_agent_reads_it_with_who_looked(open_as: Open, sample: Cast, patterns: int) -> None:
    omid = sample.person("Omid").pk
    page = open_as("Laleh", f"/people/{omid}/")
    page.get_by_role("link", name="What changed in their own numbers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("One number of .*Omid.* has changed for good."))
    page.get_by_role("link", name="Prepare a conversation").click()
    page.get_by_label("In your own words").fill("The notes take longer, so the next caller waits longer.")
    page.get_by_label("A colleague to sit beside").check()
    page.get_by_label("Look at it again on").fill((datetime.now(UTC).date() + timedelta(days=14)).isoformat())
    page.get_by_role("button", name="Keep this guide").click()
    expect(page.get_by_text("The guide is kept. Omid can read it now.")).to_be_visible()
    expect(page.get_by_text(re.compile("Readers: .*Omid.*, and in their line .*Laleh.*Mina"))).to_be_visible()

    page = open_as("Omid", "/")
    page.get_by_role("link", name="What has changed for good, and since when").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One of your numbers has changed for good.")
    looks = page.locator("section", has=page.get_by_role("heading", name="Who looked at this page"))
    expect(looks.get_by_text("Laleh", exact=True)).to_be_visible()
    page.get_by_role("link", name=re.compile("Conversation guide")).click()
    expect(page.get_by_text("The notes take longer, so the next caller waits longer.")).to_be_visible()
    page.get_by_role("link", name=re.compile("contact ")).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    page.get_by_label("Your answer").fill("The new form asks for everything twice.")
    page.get_by_label("I see it differently").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("Sees it differently")).to_be_visible()


def test_in_persian_an_agent_reads_who_looked_and_explains_a_change(open_as: Open, sample: Cast, patterns: int) -> None:
    open_as("Laleh", f"/people/{sample.person('Omid').pk}/signature/", "fa")
    page = open_as("Omid", "/me/signature/", "fa")
    assert page.evaluate("document.dir") == "rtl"
    looks = page.locator("section", has=page.get_by_role("heading", name="چه کسی این صفحه را دید"))
    expect(looks.get_by_text("Laleh", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("یکی از عددهای شما پایدار تغییر کرده است.")
    page.get_by_label("چه چیزی آن را توضیح می‌دهد؟").fill("از این ماه پاره‌وقت هستم.")
    page.get_by_label("چه چیزی آن را توضیح می‌دهد؟").press("Enter")
    expect(page.get_by_text("از این ماه پاره‌وقت هستم.")).to_be_visible()
    page.get_by_role("button", name="پس بگیر").click()
    expect(page.get_by_text("از این ماه پاره‌وقت هستم.")).to_have_count(0)


@pytest.mark.parametrize(("name", "language"), [("Petra", "en"), ("Petra", "fa"), ("Hanna", "en"), ("Viktor", "fa")])
def test_somebody_outside_the_line_is_refused(open_as: Open, sample: Cast, patterns: int, name: str, language: str) -> None:
    page = open_as(name, f"/people/{sample.person('Omid').pk}/signature/", language)
    expect(page.get_by_text("changed for good" if language == "en" else "پایدار تغییر کرده")).to_have_count(0)
    assert page.evaluate("fetch(location.href).then(answer => answer.status)") == 404


def _pages(sample: Cast, change: int) -> list[tuple[str, str]]:
    finding = Finding.objects.get(pk=change)
    facts = {"size": 12.0, "size_low": 9.0, "size_high": 15.0, "usual": 47.0}
    guide = Guide.objects.create(
        person=finding.person,
        measure=finding.measure,
        onset=finding.onset,
        by=sample.user("Laleh"),
        at=datetime.now(UTC),
        facts=facts,
        questions=["different"],
        words="The notes take longer.",
        expires_on=datetime.now(UTC).date() + timedelta(days=90),
    )
    signature = f"/people/{finding.person_id}/signature/"
    own = [("Omid", signature), ("Omid", f"/guides/{guide.pk}/")]
    line = [("Laleh", signature), ("Laleh", f"/guides/{guide.pk}/"), ("Laleh", f"/signature/changes/{change}/guide/")]
    return [*own, *line, ("Mina", "/people/patterns/")]


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_no_page_about_patterns_has_a_serious_barrier_or_is_wider_than_a_phone(
    open_as: Open, sample: Cast, patterns: int, language: str, theme: str
) -> None:
    assert barriers_and_widths(open_as, _pages(sample, patterns), language, theme) == {}


def test_no_page_about_patterns_is_wider_than_a_phone_in_polish(open_as: Open, sample: Cast, patterns: int) -> None:
    assert too_wide(open_as, _pages(sample, patterns), "pl") == {}
