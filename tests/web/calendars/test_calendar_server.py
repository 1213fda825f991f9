"""A real CalDAV server: what a second program of the same person finds in the calendar."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars import actions
from floorwalker.web.calendars.choosing import choose_ways
from floorwalker.web.calendars.invitation import stored
from floorwalker.web.calendars.models import Delivery, Ways
from floorwalker.web.calendars.sealing import unseal
from floorwalker.web.calendars.wording import Words
from tests.web.calendars.conftest import NAME, NOW, SECRET, Server
from tests.web.conftest import Cast

Carry = Callable[..., list[datetime | None]]
MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


@pytest.fixture
def chosen(laleh: Viewer, server: Server) -> Server:
    """Laleh's time goes to the server, and only there."""
    facts = {"by_mail": False, "by_caldav": True, "caldav_url": server.calendar, "caldav_user": NAME}
    choose_ways(laleh, facts, SECRET, NOW)
    return server


def events(server: Server) -> list[Calendar]:
    found = server.second_client().get_events()
    return [Calendar.from_ical(each.data).walk("VEVENT")[0] for each in found]  # type: ignore[union-attr]


def busy(server: Server, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """When a second program is told that Laleh is busy, in UTC: the server itself works out the days."""
    asked = server.second_client().freebusy_request(since, until)
    periods = Calendar.from_ical(asked.data).walk("VFREEBUSY")[0].get("FREEBUSY", [])  # type: ignore[union-attr]
    return sorted(period.dt for period in (periods if isinstance(periods, list) else [periods]))


def test_a_second_program_sees_the_block_as_busy(laleh: Viewer, chosen: Server, carry: Carry) -> None:
    actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW, weekdays=(0, 1), until=date(2026, 12, 8))
    assert carry() == [None]
    [found] = events(chosen)
    assert (found["TRANSP"], "ORGANIZER" in found, "ATTENDEE" in found) == ("OPAQUE", False, False)
    week = busy(chosen, datetime(2026, 11, 30, tzinfo=UTC), datetime(2026, 12, 5, tzinfo=UTC))
    assert [f"{begins:%d %H:%M} {ends - begins}" for begins, ends in week] == ["30 09:00 1:30:00", "01 09:00 1:30:00"]


def test_moved_it_moves_and_cancelled_it_goes(laleh: Viewer, chosen: Server, carry: Carry) -> None:
    placed = actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW)
    carry()
    actions.move(placed, MONDAY + timedelta(hours=2), 60, laleh, NOW)
    carry()
    [found] = events(chosen)
    assert (found.start, int(found["SEQUENCE"])) == (datetime(2026, 11, 30, 11, 0, tzinfo=UTC), 1)
    actions.cancel(placed, laleh, NOW)
    carry()
    assert events(chosen) == []
    actions.place_again(placed, laleh, NOW)
    carry()
    assert len(events(chosen)) == 1


@pytest.mark.parametrize(
    ("tz", "first", "local", "expected"),
    [
        ("Europe/Warsaw", date(2027, 3, 22), "10:00", ["09:00", "08:00"]),  # the clock goes forward on 28 March
        ("Europe/Warsaw", date(2027, 10, 25), "10:00", ["08:00", "09:00"]),  # and back on 31 October
        ("Asia/Seoul", date(2027, 3, 22), "10:00", ["01:00", "01:00"]),
        ("Asia/Taipei", date(2027, 3, 22), "10:00", ["02:00", "02:00"]),
        ("Asia/Shanghai", date(2027, 3, 22), "10:00", ["02:00", "02:00"]),
        ("Asia/Tehran", date(2027, 3, 15), "10:00", ["06:30", "06:30"]),  # no summer time since 2022
    ],
)
def test_a_weekly_block_keeps_its_hour_when_the_clock_changes(
    cast: Cast, laleh: Viewer, chosen: Server, carry: Carry, tz: str, first: date, local: str, expected: list[str]
) -> None:
    laleh.site.tz = tz
    hour, minute = (int(part) for part in local.split(":"))
    start = datetime(first.year, first.month, first.day, hour, minute, tzinfo=ZoneInfo(tz))
    until = first + timedelta(days=7)
    actions.place("unplanned", start, 90, [laleh.user], laleh, NOW, weekdays=(first.weekday(),), until=until)
    carry()
    seen = busy(chosen, datetime(first.year, first.month, first.day, tzinfo=UTC), start + timedelta(days=9))
    assert [f"{begins:%H:%M}" for begins, _ends in seen] == expected


def test_a_copy_that_came_on_another_way_is_written_over_and_taken_away(laleh: Viewer, chosen: Server, carry: Carry) -> None:
    """As when a mail program puts the mailed invitation into the same calendar: one identity stands there once."""
    placed = actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW)
    calendar = chosen.second_client()
    text = stored(placed, Words("From the mail"), NOW).decode()
    calendar.client.put(f"{chosen.calendar}from-the-mail.ics", text, {"Content-Type": "text/calendar"})  # type: ignore[union-attr]
    carry()
    assert [str(event["SUMMARY"]) for event in events(chosen)] == ["Unplanned time: no meetings"]
    actions.cancel(placed, laleh, NOW)
    carry()
    assert events(chosen) == []


def test_a_way_that_was_left_before_anything_arrived_is_tried_no_more(laleh: Viewer, server: Server, carry: Carry) -> None:
    placed = actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW)
    carry()
    assert Delivery.objects.get().problem == "mail.not_set_up"
    facts = {"by_mail": False, "by_caldav": True, "caldav_url": server.calendar, "caldav_user": NAME}
    choose_ways(laleh, facts, SECRET, NOW)
    assert carry() == [None, None]
    assert {each.way: each.problem for each in Delivery.objects.filter(guest__placed=placed)} == {"mail": "", "caldav": ""}


def test_a_server_that_is_down_is_tried_again_and_nothing_is_lost(laleh: Viewer, server: Server, carry: Carry) -> None:
    facts = {"by_mail": False, "by_caldav": True, "caldav_url": "http://127.0.0.1:9/laleh/", "caldav_user": NAME}
    choose_ways(laleh, facts, SECRET, NOW)
    placed = actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW)
    assert carry() == [NOW + timedelta(minutes=1)]
    assert Delivery.objects.get().problem == "caldav.down"
    actions.move(placed, MONDAY + timedelta(hours=1), 90, laleh, NOW)
    choose_ways(laleh, {**facts, "caldav_url": server.calendar}, "", NOW)
    carry()
    [found] = events(server)
    assert found.start == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("user", "password", "path", "problem"),
    [
        (NAME, "not the password", "", "caldav.refused"),
        (NAME, SECRET, "nowhere/", "caldav.no_calendar"),
    ],
)
def test_what_the_server_refuses_is_told_by_its_reason(
    laleh: Viewer, server: Server, carry: Carry, user: str, password: str, path: str, problem: str
) -> None:
    facts = {"by_mail": False, "by_caldav": True, "caldav_url": server.account + path, "caldav_user": user}
    ways = choose_ways(laleh, facts, password, NOW)
    ways.caldav_calendar = server.account + path
    ways.save()
    actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW)
    carry()
    assert Delivery.objects.get().problem == problem


def test_the_address_of_the_account_leads_to_its_first_calendar(as_laleh: Client, server: Server) -> None:
    page = as_laleh.post("/me/calendar/", given(server.account), follow=True).content.decode()
    assert "your calendar answers" in page
    assert Ways.objects.get().caldav_calendar.startswith(server.account)


def test_a_wrong_password_is_kept_and_told_on_the_page(as_laleh: Client, server: Server) -> None:
    page = as_laleh.post("/me/calendar/", {**given(server.calendar), "caldav_password": "wrong"}, follow=True).content.decode()
    assert "refused the name or the password" in page
    assert Ways.objects.get().by_caldav


def test_the_password_is_kept_sealed_and_never_shown(as_laleh: Client, server: Server) -> None:
    as_laleh.post("/me/calendar/", given(server.calendar))
    kept = Ways.objects.get()
    assert SECRET not in kept.caldav_secret
    assert unseal(kept.caldav_secret) == SECRET
    assert SECRET not in as_laleh.get("/me/calendar/").content.decode()


def test_a_server_that_is_not_allowed_here_is_not_asked(as_laleh: Client, server: Server, settings: object) -> None:
    settings.CALDAV_HOSTS = ["dav.vistula.example"]  # type: ignore[attr-defined]
    page = as_laleh.post("/me/calendar/", given(server.calendar), follow=True).content.decode()
    assert "not among those that are allowed" in page


def test_a_password_under_another_secret_asks_to_be_typed_again(
    laleh: Viewer, chosen: Server, carry: Carry, settings: object
) -> None:
    settings.SECRET_KEY = "another secret"  # type: ignore[attr-defined]
    actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW)
    carry()
    assert Delivery.objects.get().problem == "caldav.password_lost"


def given(url: str) -> dict[str, str]:
    return {"by_caldav": "on", "caldav_url": url, "caldav_user": NAME, "caldav_password": SECRET}
