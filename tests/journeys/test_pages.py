"""Every page of Today and Pulse, looked at by a machine: no barrier, nothing wider than the screen, nothing blocked."""

from collections.abc import Iterable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.journeys.conftest import Open

DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=900)
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


def barriers_and_widths(
    open_as: Open, pages: Iterable[tuple[str, str]], language: str, theme: str
) -> dict[str, list[str] | int]:
    """What is wrong on which page: serious barriers on a desk, or how much wider it is than a phone. Each is loaded once."""
    opened: dict[str, Page] = {}
    found: dict[str, list[str] | int] = {}
    for name, address in pages:
        if name in opened:
            opened[name].set_viewport_size(DESK)
            opened[name].goto(address)
        else:
            opened[name] = open_as(name, address, language, theme)
        found[f"{name} {address}"] = violations(opened[name]) or _too_wide(opened[name])
    return {place: wrong for place, wrong in found.items() if wrong}


def too_wide(open_as: Open, pages: Iterable[tuple[str, str]], language: str) -> dict[str, int]:
    """Pages that are wider than a phone, with how much."""
    found = {f"{name} {address}": _too_wide(open_as(name, address, language, width=390)) for name, address in pages}
    return {place: more for place, more in found.items() if more}


def _too_wide(page: Page) -> int:
    page.set_viewport_size(PHONE)
    return max(int(page.evaluate("document.documentElement.scrollWidth")) - PHONE["width"], 0)


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_no_page_has_a_serious_barrier_or_is_wider_than_a_phone(open_as: Open, language: str, theme: str) -> None:
    assert barriers_and_widths(open_as, PAGES, language, theme) == {}


def test_the_browser_blocks_nothing_of_ours(open_as: Open) -> None:
    page = open_as("Mina", "/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in ("/", "/pulse/"):
        page.goto(address, wait_until="networkidle")
    assert said == []
