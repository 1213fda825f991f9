"""Every page of Today and Pulse, looked at by a machine: no barrier, nothing wider than the screen, nothing blocked."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import Open

SERIOUS = ("serious", "critical")
PAGES = (
    ("Mina", "/"),
    ("Omid", "/"),
    ("Viktor", "/"),
    ("Mina", "/pulse/?measure=aht&by=agent"),
    ("Mina", "/pulse/contacts/?measure=aht"),
    ("Mina", "/changes/"),
    ("Mina", "/changes/watch/"),
    ("Mina", "/changes/digest/"),
    ("Mina", "/events/"),
    ("Mina", "/events/add/"),
    ("Mina", "/nowhere/"),
    ("Omid", "/bring-in/"),
    ("Mina", "/pulse/?measure=happiness"),
)


def violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical, with the place."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found if each["impact"] in SERIOUS]


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_no_page_has_a_serious_barrier(open_as: Open, language: str, theme: str) -> None:
    found = {f"{name} {address}": violations(open_as(name, address, language, theme)) for name, address in PAGES}
    assert {place: barriers for place, barriers in found.items() if barriers} == {}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_page_is_wider_than_a_phone(open_as: Open, language: str) -> None:
    widths = {}
    for name, address in PAGES:
        page = open_as(name, address, language, width=390)
        widths[f"{name} {address}"] = page.evaluate("document.documentElement.scrollWidth")
    assert {place: width for place, width in widths.items() if width > 390} == {}


def test_the_browser_blocks_nothing_of_ours(open_as: Open) -> None:
    page = open_as("Mina", "/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in ("/", "/pulse/"):
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + address, wait_until="networkidle")
    assert said == []
