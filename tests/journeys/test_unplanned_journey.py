"""From Today to an unplanned block in a real calendar, and a floor walk on a bad line; in English and in Persian."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Event
from playwright.sync_api import Error, Page, expect

from floorwalker.web.accounts.models import Person
from floorwalker.web.calendars.delivering import deliver
from floorwalker.web.calendars.models import Delivery, Placed
from floorwalker.web.routines.models import Visit
from floorwalker.web.voice.models import Entry
from tests.journeys.conftest import Open
from tests.journeys.test_pages import barriers_and_widths, too_wide
from tests.web.calendars.conftest import NAME, SECRET, Post, Server, post, radicale, server

__all__ = ["post", "radicale", "server"]

PAGES = tuple(
    ("Mina", address)
    for address in (
        "/time/unplanned/",
        "/time/unplanned/note/",
        "/floor-walk/",
        "/time/interruptions/",
        "/follow-ups/",
        "/me/calendar/",
    )
)
UNTIL_KEPT = """async () => {
  for (let tries = 0; tries < 200; tries++) {
    const shelf = await caches.open("floor-walk");
    if ((await shelf.match("/floor-walk/")) && (await shelf.keys()).length > 6) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("The page, its four styles, its script and its mark are not kept.");
}"""


def carry() -> None:
    """What the worker does in a moment."""
    for pk in Delivery.objects.values_list("pk", flat=True):
        deliver(pk, datetime.now(UTC) + timedelta(seconds=1))


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_no_page_of_the_routine_has_a_serious_barrier_or_is_wider_than_a_phone(
    open_as: Open, language: str, theme: str
) -> None:
    assert barriers_and_widths(open_as, PAGES, language, theme) == {}


def test_no_page_of_the_routine_is_wider_than_a_phone_in_polish(open_as: Open) -> None:
    assert too_wide(open_as, PAGES, "pl") == {}


def choose_the_server(page: Page, server: Server) -> None:
    page.get_by_role("link", name="How they reach it").click()
    page.get_by_label("Straight into a calendar server (CalDAV)").check()
    page.get_by_label("Address of the calendar or of the account").fill(server.calendar)
    page.get_by_label("Name on the calendar server").fill(NAME)
    page.get_by_label("Password on the calendar server").fill(SECRET)
    page.get_by_role("button", name="Keep and test this").click()
    expect(page.get_by_text("your calendar answers")).to_be_visible()


def place_monday(page: Page) -> None:
    for day in page.get_by_role("checkbox").all():
        day.uncheck()
    page.get_by_label("Monday", exact=True).check()
    page.get_by_label("Monday, from").fill("10:00")
    page.get_by_label("Monday, until").fill("11:30")
    page.get_by_role("button", name="Place these blocks in my calendar").click()
    expect(page.get_by_text("Placed. Your calendar gets it in a moment.")).to_be_visible()
    carry()


def stands(server: Server) -> Event:
    """The one event that a second program finds in the calendar."""
    [found] = server.second_client().get_events()
    return event(Calendar.from_ical(found.data))  # type: ignore[union-attr]


def event(calendar: Calendar) -> Event:
    return calendar.walk("VEVENT")[0]


def test_a_manager_goes_from_today_to_a_block_in_a_calendar_server_and_a_mailed_invitation(
    open_as: Open, server: Server, post: Post
) -> None:
    page = open_as("Mina", "/")
    page.get_by_role("navigation", name="Main").first.get_by_role("link", name="Time").click()
    page.get_by_role("navigation", name="In this part").get_by_role("link", name="Unplanned blocks").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("of a week’s contacts come in")
    address = page.url
    choose_the_server(page, server)
    page.goto(address)
    place_monday(page)

    [(mail, calendar)] = post.invitations()
    for found in (stands(server), event(calendar)):
        assert (found["TRANSP"], found.start.hour, found["RRULE"]["BYDAY"]) == ("OPAQUE", 10, ["MO"])
    assert mail["To"] == "mina@vistula.example"
    page.reload()
    expect(page.get_by_text("arrived on").first).to_be_visible()


def test_a_block_is_moved_cancelled_and_placed_again_in_every_calendar(open_as: Open, server: Server, post: Post) -> None:
    page = open_as("Mina", "/time/unplanned/")
    address = page.url
    choose_the_server(page, server)
    page.goto(address)
    place_monday(page)
    page.get_by_role("link", name="Move it").click()
    page.get_by_label("Begins").fill("09:00")
    page.get_by_role("button", name="Move this block").click()
    carry()
    assert stands(server).start.hour == 9

    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_text("Cancelled. Your calendar frees it in a moment.")).to_be_visible()
    carry()
    assert server.second_client().get_events() == []
    page.get_by_role("button", name="Undo").click()
    carry()
    assert stands(server).start.hour == 9
    assert [each["METHOD"] for _mail, each in post.invitations()] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST"]


def test_in_persian_a_block_is_placed_on_jalali_days(open_as: Open, post: Post) -> None:
    page = open_as("Mina", "/time/unplanned/", "fa")
    assert page.evaluate("document.dir") == "rtl"
    page.get_by_label("از", exact=True).fill("۱۴۱۵/۰۱/۰۱")
    page.get_by_role("button", name="این زمان‌ها را در تقویمم بگذار").click()
    expect(page.get_by_text("گذاشته شد.")).to_be_visible()
    assert {placed.starts_at.year for placed in Placed.objects.all()} == {2036}
    expect(page.get_by_text(re.compile("فروردین")).first).to_be_visible()
    carry()
    assert {str(mail["Subject"]).strip() for mail in post.got} == {"زمان پیش‌بینی‌نشده: بدون جلسه"}


def test_a_note_goes_to_the_boss_in_their_language(open_as: Open, post: Post) -> None:
    page = open_as("Mina", "/time/unplanned/note/")
    page.get_by_label("Language of your boss").select_option("pl")
    page.get_by_role("button", name="Write it anew").click()
    expect(page.get_by_label("Note")).to_have_value(re.compile("wolne od spotkań"))
    page.get_by_label("Your boss’s mail address").fill("boss@vistula.example")
    page.get_by_role("button", name="Send to my boss").click()
    expect(page.get_by_text("Sent to boss@vistula.example.")).to_be_visible()
    [mail] = post.got
    assert (mail["To"], mail["Reply-To"]) == ("boss@vistula.example", "mina@vistula.example")
    assert "%" in mail.get_content()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_floor_walk_without_a_line_loses_nothing(open_as: Open, language: str) -> None:
    words = {
        "en": (
            "A tool is in the way",
            "Add a word",
            "Not sent yet. It is kept",
            "There is no line. This is the list as it was",
        ),
        "fa": ("ابزاری مانع است", "توضیحی بیفزایید", "هنوز فرستاده نشده است", "ارتباط قطع است. این فهرست به وضع"),
    }
    tool, add, waits, aged = words[language]
    page = open_as("Laleh", "/floor-walk/", language, width=390, has_touch=True)
    page.evaluate(UNTIL_KEPT)
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text(aged)).to_be_visible()
    line = page.locator(f'[data-person="{Person.objects.get(name="Omid").pk}"]')
    line.locator(".who").tap()
    line.get_by_role("button", name=tool).tap()
    line.get_by_label(add).fill("The meter photo does not open.")
    expect(page.get_by_text(waits)).to_be_visible()
    assert not Visit.objects.exists()

    page.reload()
    expect(page.get_by_text(waits)).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text(waits)).to_be_hidden()
    expect(page.get_by_text(aged)).to_be_hidden()
    visit = Visit.objects.get()
    assert visit.entry is not None
    assert (visit.person.name, visit.entry.kind, visit.entry.text) == ("Omid", "friction", "The meter photo does not open.")


def test_what_is_kept_of_the_walk_is_gone_once_its_reader_has_signed_out(open_as: Open) -> None:
    page = open_as("Laleh", "/floor-walk/")
    page.evaluate(UNTIL_KEPT)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("caches.keys()") == []
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_"):
        page.goto(page.url.split("/sign-in")[0] + "/floor-walk/")


def test_a_visit_that_is_taken_back_before_the_line_returns_leaves_nothing_open(open_as: Open) -> None:
    page = open_as("Laleh", "/floor-walk/", width=390, has_touch=True)
    page.context.set_offline(True)
    line = page.locator(f'[data-person="{Person.objects.get(name="Omid").pk}"]')
    line.locator(".who").tap()
    line.get_by_role("button", name="I owe an answer").tap()
    line.get_by_role("button", name="Undo").tap()
    page.context.set_offline(False)
    expect(page.locator("#waiting")).to_be_hidden()
    assert Visit.objects.get().undone_at is not None
    assert Entry.objects.get().state == "dropped"


def test_a_tap_after_the_session_ended_waits_until_one_has_signed_in_again(open_as: Open) -> None:
    page = open_as("Laleh", "/floor-walk/", width=390, has_touch=True)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    line = page.locator(f'[data-person="{Person.objects.get(name="Omid").pk}"]')
    line.locator(".who").tap()
    line.get_by_role("button", name="Has an idea").tap()
    expect(page.get_by_text("sign in again in another window")).to_be_visible()
    assert not Visit.objects.exists()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    expect(page.locator("#waiting")).to_be_hidden(timeout=15_000)
    assert Visit.objects.get().found == "idea"


def test_the_floor_walk_is_a_small_page(open_as: Open) -> None:
    """The page with its script, as it travels: under 40 kB, whatever else the browser keeps."""
    page = open_as("Mina", "/", width=390)
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(page.url + "floor-walk/", wait_until="networkidle")
    own = {url: size for url, size in sizes.items() if url.endswith(("/floor-walk/", "walk.js"))}
    assert len(own) == 2
    assert sum(own.values()) < 40_000
    assert not any("htmx" in url for url in sizes)
