"""A manager adds a colleague, who chooses a password behind the link and reads who looked; in English and in Persian."""

import re

import pytest
from playwright.sync_api import expect

from floorwalker.web.accounts.models import Person, User
from tests.journeys.conftest import Open
from tests.journeys.test_pages import barriers_and_widths, too_wide

PAGES = (
    ("Mina", "/people/"),
    ("Mina", "/people/add/"),
    ("Mina", "/people/{omid}/"),
    ("Mina", "/people/{omid}/roles/{role}/"),
    ("Mina", "/teams/"),
    ("Mina", "/teams/{team}/"),
    ("Mina", "/me/"),
    ("Mina", "/site/"),
    ("Mina", "/journal/"),
    ("Mina", "/api/"),
    ("Omid", "/me/"),
    ("Omid", "/people/{omid}/"),
)


def places() -> list[tuple[str, str]]:
    omid = Person.objects.get(name="Omid")
    role = omid.memberships.get()
    return [(name, address.format(omid=omid.pk, role=role.pk, team=role.team_id)) for name, address in PAGES]


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_no_page_about_people_has_a_serious_barrier_or_is_wider_than_a_phone(open_as: Open, language: str, theme: str) -> None:
    assert barriers_and_widths(open_as, places(), language, theme) == {}


def test_no_page_about_people_is_wider_than_a_phone_in_polish(open_as: Open) -> None:
    assert too_wide(open_as, places(), "pl") == {}


def test_a_colleague_is_added_invited_and_signs_in(open_as: Open) -> None:
    page = open_as("Mina", "/people/add/")
    page.get_by_label("Name", exact=True).fill("Noor Rahimi")
    page.get_by_label("E-mail address").fill("noor@vistula.example")
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_text("Noor Rahimi is added.")).to_be_visible()

    page.get_by_text("Give a role").click()
    page.get_by_label("Role", exact=True).select_option("agent")
    page.get_by_label("Team", exact=True).select_option(label="Billing")
    page.get_by_role("button", name="Give this role").click()
    expect(page.get_by_role("row", name=re.compile("Agent.*Billing"))).to_be_visible()

    page.get_by_text("Make an account").click()
    page.get_by_role("button", name="Let them sign in").click()
    link = page.get_by_label("Link", exact=True).input_value()

    page.get_by_role("button", name="Sign out").click()
    page.goto(link)
    page.get_by_label("New password").fill("nine loud valleys")
    page.get_by_role("button", name="Keep this password and sign in").click()
    page.get_by_role("link", name="Noor Rahimi").click()
    expect(page.get_by_role("heading", name="Who looked at you")).to_be_visible()
    expect(page.get_by_text("A page about Noor Rahimi was opened")).to_be_visible()


def test_in_persian_a_role_is_ended_on_a_jalali_day(open_as: Open) -> None:
    omid = Person.objects.get(name="Omid")
    page = open_as("Mina", f"/people/{omid.pk}/roles/{omid.memberships.get().pk}/", "fa")
    assert page.evaluate("document.dir") == "rtl"
    page.get_by_label("تا", exact=True).fill("۱۴۰۵/۰۱/۳۱")
    page.get_by_role("button", name="این روزها را نگه دار").click()
    expect(page.get_by_text("۳۱ فروردین ۱۴۰۵")).to_be_visible()
    assert str(omid.memberships.get().until) == "2026-04-20"


def test_how_one_reads_changes_at_once(open_as: Open) -> None:
    page = open_as("Omid", "/me/")
    page.locator("#id_language").select_option("pl")
    page.get_by_label("Appearance").select_option("dark")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jak czytasz i co o Tobie wiadomo")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert User.objects.get(email="omid@vistula.example").language == "pl"
