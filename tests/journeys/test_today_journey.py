"""The morning: sign in, read the page, change the language with one click, on a desk and on a phone."""

import re
from typing import Any

from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Open
from tests.web.conftest import PASSWORD, Cast


def test_a_manager_signs_in_and_reads_the_peak(live_server: Any, browser: Browser, sample: Cast) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_label("E-mail address").fill("mina@vistula.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The peak")
    expect(page.get_by_role("img", name="Contacts expected today")).to_be_visible()
    assert page.locator("ul.figures li").count() >= 5
    context.close()


def test_one_click_changes_the_language_and_stays_on_the_page(open_as: Open) -> None:
    page = open_as("Mina", "/pulse/?measure=aht")
    page.get_by_role("button", name="فارسی").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "fa")
    expect(page).to_have_url(re.compile("measure=aht"))
    page.get_by_role("button", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_one_click_changes_the_language_on_a_phone_too(open_as: Open) -> None:
    page = open_as("Omid", "/", width=390)
    page.locator("footer").get_by_role("button", name="polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")


def test_a_phone_has_its_places_at_the_end_of_the_screen(open_as: Open) -> None:
    page = open_as("Mina", "/", width=390)
    page.locator("nav.tabs").get_by_role("link", name="Pulse").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Service level was")
    page.locator("nav.tabs").get_by_role("link", name="Floor walk").click()
    expect(page.get_by_role("heading", name="Not seen for a while")).to_be_visible()
    page.locator("nav.tabs summary").press("Enter")
    page.locator("nav.tabs").get_by_role("link", name="Unplanned blocks").press("Enter")
    page.locator("nav.within summary").get_by_text("Unplanned blocks").click()
    page.locator("nav.within").get_by_role("link", name="Open door").click()
    expect(page.get_by_role("heading", name="Who has never come")).to_be_visible()


def test_from_a_number_of_yesterday_to_pulse(open_as: Open) -> None:
    page = open_as("Mina", "/")
    page.get_by_role("link", name="Average handle time").first.click()
    expect(page).to_have_url(re.compile("/pulse/.*measure=aht"))


def test_an_agent_reads_own_numbers_and_who_looked(open_as: Open) -> None:
    page = open_as("Omid", "/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You helped")
    expect(page.get_by_role("heading", name="Who looked at my numbers")).to_be_visible()


def test_the_first_key_leads_past_the_frame(open_as: Open) -> None:
    page = open_as("Mina", "/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_dark_is_dark(open_as: Open) -> None:
    grounds = {theme: _ground(open_as("Mina", "/", theme=theme)) for theme in ("light", "dark")}
    assert grounds["light"] > 200
    assert grounds["dark"] < 60


def _ground(page: Any) -> int:
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return int(re.findall(r"\d+", colour)[0])
