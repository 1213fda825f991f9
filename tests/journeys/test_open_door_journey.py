"""A manager opens a door and announces it; an agent takes a slot on a phone; in English and in Persian."""

import pytest
from playwright.sync_api import expect

from floorwalker.web.opendoor.models import Booking, Opening
from tests.journeys.conftest import Open
from tests.journeys.test_pages import violations

pytestmark = pytest.mark.usefixtures("django_db_reset_sequences", "planned")

WORDS = {
    "en": ("Plan this open door", "Announce this open door", "Take this slot", "Yours", "Give it back"),
    "fa": ("برنامه‌ریزی این در باز", "اعلام این در باز", "گرفتن این نوبت", "نوبت شما", "پس دادن"),
}


def open_door_on_a_quiet_day(open_as: Open, language: str) -> Opening:
    plan, announce, *_rest = WORDS[language]
    page = open_as("Mina", "/time/open-door/new/", language)
    page.locator("aside .plain-list a").first.click()
    page.locator("[name=place]").fill("Room 4")
    page.get_by_role("button", name=plan).click()
    page.get_by_role("button", name=announce).click()
    expect(page.locator(".messages")).to_be_visible()
    return Opening.objects.get()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_agent_takes_a_slot_on_a_phone_and_gives_it_back(open_as: Open, language: str) -> None:
    opening = open_door_on_a_quiet_day(open_as, language)
    assert opening.expected is not None
    assert opening.average is not None
    assert opening.expected < opening.average
    take, yours, back = WORDS[language][2:]
    phone = open_as("Omid", f"/time/open-door/{opening.pk}/", language, width=390)
    phone.get_by_text(take, exact=True).nth(1).click()
    expect(phone.locator(".seats .state[data-firm]")).to_have_text(yours)
    assert Booking.objects.get().slot == opening.slots.all()[1]
    phone.get_by_role("button", name=back).click()
    expect(phone.locator(".seats .state[data-firm]")).to_have_count(0)


@pytest.mark.parametrize(("language", "theme", "width"), [("en", "light", 1280), ("fa", "dark", 390)])
def test_no_page_of_the_open_door_has_a_serious_barrier(open_as: Open, language: str, theme: str, width: int) -> None:
    opening = open_door_on_a_quiet_day(open_as, language)
    places = (("Mina", "/time/open-door/"), ("Mina", "/time/open-door/new/"), ("Mina", f"/time/open-door/{opening.pk}/"))
    for name, address in (*places, ("Laleh", f"/time/open-door/{opening.pk}/")):
        page = open_as(name, address, language, theme, width)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
