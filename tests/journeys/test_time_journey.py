"""From Today to the coming days: the forecast, who is needed, a certificate that becomes a promise, a roster from a file."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from floorwalker.web.planning.asking import local_now
from floorwalker.web.planning.models import Certificate
from tests.journeys.conftest import Open
from tests.journeys.test_pages import barriers_and_widths
from tests.web.conftest import Cast

ADDRESSES = (
    "/",
    "/time/forecast/",
    "/time/forecast/?span=year",
    "/time/people/?queue=Billing",
    "/time/queues/",
    "/time/queue/?queue=Chat",
    "/time/room/",
    "/time/promises/",
    "/time/roster/",
)


pytestmark = pytest.mark.usefixtures("django_db_reset_sequences")


def test_a_manager_goes_from_today_to_a_promise(open_as: Open, planned: Cast) -> None:
    page = open_as("Mina", "/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The peak")
    expect(page.get_by_role("img", name=re.compile("The peak"))).to_be_visible()
    page.get_by_role("navigation", name="Main").first.get_by_role("link", name="Time").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("contacts today")
    page.get_by_role("link", name="People needed").click()
    expect(page.get_by_role("heading", name="Queue by queue")).to_be_visible()
    page.get_by_role("link", name="Room to spare").click()
    ahead = Certificate.objects.filter(made="ahead", confidence=0.9, promised_at=None, day__gt=local_now(planned.site).date())
    found = next(each for each in ahead if each.grants)
    page.locator(f'a[href="/time/room/{found.pk}/"]').click()
    page.get_by_role("button", name="Promise this room").click()
    expect(page.get_by_text("The word is given")).to_be_visible()
    page.get_by_role("button", name="Take the word back").click()
    expect(page.get_by_text("The word is taken back.")).to_be_visible()


def test_a_slider_answers_at_once_and_survives_a_reload(open_as: Open, planned: Cast) -> None:
    day = (local_now(planned.site).date() + timedelta(1)).isoformat()
    page = open_as("Mina", f"/time/people/?queue=Billing&day={day}")
    before = page.get_by_role("table").last.inner_text()
    page.get_by_label(re.compile("More or fewer contacts")).press("End")
    expect(page).to_have_url(re.compile("volume=100"))
    expect(page.get_by_text("as it would be otherwise")).to_be_visible()
    assert page.get_by_role("table").last.inner_text() != before
    page.reload()
    expect(page.locator('output[for="volume"]')).to_have_text("+100%")
    page.get_by_role("link", name="Back to what is expected").click()
    expect(page.locator('output[for="volume"]')).to_have_text("0%")


def test_a_planner_brings_in_a_roster_on_a_desk(open_as: Open, planned: Cast, tmp_path: Path) -> None:
    day = (local_now(planned.site).date() + timedelta(20)).isoformat()
    file = tmp_path / "week.csv"
    file.write_text(f"Person,Start,End,Queue\nOmid,{day} 08:00,{day} 16:00,Billing\nNobody,{day} 08:00,{day} 16:00,Billing\n")
    page = open_as("Mateusz", "/time/roster/")
    page.get_by_label("Drop a file here, or choose it").set_input_files(file)
    page.get_by_role("button", name="Bring in this roster").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("One row was refused.")
    expect(page.get_by_role("cell", name="Nobody", exact=True)).to_be_visible()
    page.get_by_role("button", name="Take this roster back").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("This roster was taken back.")


def test_in_persian_the_day_runs_from_the_right_and_days_are_jalali(open_as: Open, planned: Cast) -> None:
    page = open_as("Mina", "/time/forecast/", "fa")
    expect(page.get_by_role("heading", level=1)).to_contain_text("امروز نزدیک")
    figure = page.locator("figure .wide-only svg.picture").first
    expect(figure).to_have_attribute("direction", "rtl")
    hours = figure.locator("text").filter(has_text=re.compile("^[۰-۹]+:۰۰$")).all()[:3]
    boxes = [hour.bounding_box() for hour in hours]
    places = [box["x"] for box in boxes if box]
    assert len(places) == 3
    assert places == sorted(places, reverse=True)
    page.get_by_role("link", name="نفرات لازم").click()
    expect(page.locator("p.spans")).to_contain_text(
        re.compile("[۰-۹]+ (فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند)")
    )


def test_no_page_of_time_has_a_serious_barrier_or_is_wider_than_a_phone(open_as: Open, planned: Cast) -> None:
    certificate = Certificate.objects.filter(made="ahead").first()
    assert certificate is not None
    pages = [("Mina", address) for address in (*ADDRESSES, f"/time/room/{certificate.pk}/")]
    for language, theme in (("en", "light"), ("fa", "dark")):
        assert barriers_and_widths(open_as, pages, language, theme) == {}
