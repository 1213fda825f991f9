"""A manager asks for a number, cuts it, and looks at the contacts behind it; with scripts and without, and in Persian."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Open


def test_a_cut_changes_the_page_and_the_address_and_keeps_the_focus(open_as: Open) -> None:
    page = open_as("Mina", "/pulse/")
    page.get_by_label("Cut", exact=True).focus()
    page.get_by_label("Cut", exact=True).select_option("channel")
    expect(page.get_by_role("heading", name="By channel")).to_be_visible()
    expect(page).to_have_url(re.compile("by=channel"))
    expect(page.get_by_label("Cut", exact=True)).to_be_focused()


def test_a_measure_chosen_is_said_at_once_and_survives_a_reload(open_as: Open) -> None:
    page = open_as("Mina", "/pulse/")
    page.get_by_label("Measure", exact=True).select_option("aht")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Average handle time was")
    said = page.get_by_role("heading", level=1).inner_text()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(said)


def test_a_question_that_makes_no_sense_is_answered_with_its_reason(open_as: Open) -> None:
    page = open_as("Mina", "/pulse/?measure=aht&by=agent")
    page.get_by_label("Measure", exact=True).select_option("tenure")
    expect(page.get_by_role("alert")).to_have_text(re.compile("This measure is not cut by person."))


def test_an_hour_chosen_in_the_week_stays_chosen_for_the_next_measure(open_as: Open) -> None:
    page = open_as("Mina", "/pulse/?measure=offered&hour=10")
    page.get_by_label("Measure", exact=True).select_option("answered")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Contacts answered: ")
    expect(page).to_have_url(re.compile("hour=10"))


def test_from_a_number_to_one_contact(open_as: Open) -> None:
    page = open_as("Mina", "/pulse/?measure=aht&by=queue")
    page.locator("table.cut tbody tr").first.get_by_role("link").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What lies behind “Average handle time”")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="How it went")).to_be_visible()


def test_everything_works_without_scripts(open_as: Open) -> None:
    page = open_as("Mina", "/pulse/", java_script_enabled=False)
    page.get_by_label("Cut", exact=True).select_option("weekday")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="By weekday", exact=True)).to_be_visible()


def test_the_picture_can_be_read_as_a_table(open_as: Open) -> None:
    page = open_as("Mina", "/pulse/?measure=offered")
    page.get_by_text("Read this picture as a table").first.click()
    expect(page.locator("details.behind table").first).to_be_visible()


def test_numbers_are_downloaded(open_as: Open) -> None:
    page = open_as("Mina", "/pulse/?measure=offered&by=queue")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download these numbers (CSV)").click()
    assert download.value.suggested_filename.startswith("offered-queue-")
    assert download.value.path().read_text("utf-8-sig").startswith("queue,offered,offered.n")


def test_in_persian_the_page_runs_from_the_right_in_persian_words_digits_and_days(open_as: Open) -> None:
    page = open_as("Mina", "/pulse/?measure=aht", "fa")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    title = page.get_by_role("heading", level=1).inner_text()
    assert re.search("[۰-۹]", title)
    assert not re.search("[0-9]", title)
    assert "میانگین زمان رسیدگی" in title
    dots = page.locator("figure .wide-only circle")
    first, last = dots.first.bounding_box(), dots.last.bounding_box()
    assert first
    assert last
    assert first["x"] > last["x"]
