"""What people do with placed time in their own calendars is followed where it is theirs alone, else asked about."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars import actions, following
from floorwalker.web.calendars.calendar_server import fetch
from floorwalker.web.calendars.choosing import choose_ways
from floorwalker.web.calendars.invitation import rhythm_of, stored, uid_of
from floorwalker.web.calendars.models import Delivery, Guest, Placed
from floorwalker.web.calendars.reading_back import GONE, OTHERWISE, read, takes_place_alike
from floorwalker.web.calendars.trouble import NotDelivered
from floorwalker.web.calendars.wording import Words
from tests.web.calendars.conftest import NAME, NOW, SECRET, Server
from tests.web.conftest import Cast

Carry = Callable[..., list[datetime | None]]
WARSAW = ZoneInfo("Europe/Warsaw")
MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=WARSAW)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def chosen(laleh: Viewer, server: Server) -> Server:
    facts = {"by_mail": False, "by_caldav": True, "caldav_url": server.calendar, "caldav_user": NAME}
    choose_ways(laleh, facts, SECRET, NOW)
    return server


@pytest.fixture
def block(laleh: Viewer, chosen: Server, carry: Carry) -> Placed:
    placed = actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW, weekdays=(0, 1))
    carry()
    return placed


def edit(server: Server, change: Callable[[str], str]) -> None:
    """Another program of the same person changes the one event of the calendar."""
    [copy] = server.second_client().get_events()
    copy.data = change(copy.data)
    copy.save(increase_seqno=False)


def fresh(placed: Placed) -> Placed:
    return Placed.objects.get(pk=placed.pk)


def test_what_nobody_touched_is_left_in_peace(laleh: Viewer, block: Placed) -> None:
    assert following.look_for(laleh.user, LATER) == 0
    assert fresh(block).sequence == 0


def test_a_block_that_its_owner_moved_in_the_calendar_moves_here_and_is_not_written_again(
    laleh: Viewer, chosen: Server, block: Placed, carry: Carry
) -> None:
    edit(chosen, lambda text: text.replace("T100000", "T140000").replace("T113000", "T150000"))
    assert following.look_for(laleh.user, LATER) == 1
    assert (rhythm_of(fresh(block)).time_of_day.hour, fresh(block).minutes) == (14, 60)
    assert Delivery.objects.get().found == "followed"
    carry(LATER)
    assert following.look_for(laleh.user, LATER) == 0
    actions.skip_day(fresh(block), date(2026, 12, 1), laleh, LATER)
    carry(LATER)
    [copy] = chosen.second_client().get_events()
    assert Calendar.from_ical(copy.data).walk("VEVENT")[0].start.hour == 14  # type: ignore[union-attr]


def test_one_day_that_was_taken_out_or_moved_alone_is_followed(laleh: Viewer, chosen: Server, block: Placed) -> None:
    one = "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261125T080000Z\r\nRECURRENCE-ID;TZID=Europe/Warsaw:20261207T100000\r\n"
    one += "DTSTART:20261208T150000Z\r\nDURATION:PT30M\r\nSUMMARY:Moved\r\nEND:VEVENT\r\nEND:VCALENDAR"
    taken = "RRULE:FREQ=WEEKLY;BYDAY=MO,TU\r\nEXDATE;TZID=Europe/Warsaw:20261201T100000"

    def changed(text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n").replace("RRULE:FREQ=WEEKLY;BYDAY=MO,TU", taken)
        return text.replace("END:VCALENDAR", one.format(uid=uid_of(block)))

    edit(chosen, changed)
    following.look_for(laleh.user, LATER)
    kept = fresh(block)
    assert (kept.skipped, kept.moved) == (["2026-12-01"], {"2026-12-07": ["2026-12-08T15:00:00+00:00", 30]})


def test_a_block_that_was_taken_out_is_asked_about_and_not_put_back(
    laleh: Viewer, chosen: Server, block: Placed, carry: Carry, as_laleh: Client
) -> None:
    [copy] = chosen.second_client().get_events()
    copy.delete()
    assert following.look_for(laleh.user, LATER) == 1
    assert following.look_for(laleh.user, LATER) == 0
    carry(LATER)
    assert (chosen.second_client().get_events(), fresh(block).is_cancelled) == ([], False)
    assert "You took it out of your own calendar" in as_laleh.get("/time/unplanned/").content.decode()

    as_laleh.post(f"/me/calendar/{block.pk}/leave/")
    carry(LATER)
    assert (following.look_for(laleh.user, LATER), chosen.second_client().get_events()) == (0, [])
    as_laleh.post(f"/me/calendar/{block.pk}/put-back/")
    carry(datetime.now(UTC) + timedelta(seconds=1))
    assert len(chosen.second_client().get_events()) == 1


def test_time_that_is_shared_is_never_moved_by_one_of_its_guests_alone(
    cast: Cast, laleh: Viewer, chosen: Server, carry: Carry
) -> None:
    slot = actions.place("conversation", MONDAY, 20, [laleh.user, cast.user("Omid")], laleh, NOW)
    carry()
    edit(chosen, lambda text: text.replace("T090000Z", "T080000Z"))
    assert following.look_for(laleh.user, LATER) == 1
    assert (fresh(slot).starts_at, Delivery.objects.get(way="caldav").found) == (MONDAY.astimezone(UTC), "otherwise")


def test_from_a_server_that_is_down_nothing_is_concluded(laleh: Viewer, block: Placed) -> None:
    laleh.user.calendar_ways.delete()
    facts = {"by_mail": False, "by_caldav": True, "caldav_url": "http://127.0.0.1:1/laleh/", "caldav_user": NAME}
    choose_ways(laleh, facts, SECRET, NOW)
    with pytest.raises(NotDelivered):
        following.look_for(laleh.user, LATER)
    following.look_at_all(LATER)
    assert (Delivery.objects.get().found, fresh(block).sequence) == ("", 0)


def test_from_a_calendar_that_is_gone_as_a_whole_nothing_is_concluded(laleh: Viewer, chosen: Server, block: Placed) -> None:
    chosen.second_client().delete()
    with pytest.raises(NotDelivered):
        fetch(Guest.objects.get())


PLAIN = "FREQ=WEEKLY;BYDAY=MO,TU"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PLAIN, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU"),
        (PLAIN, "FREQ=MONTHLY;BYDAY=1MO"),
        (PLAIN, "FREQ=WEEKLY;COUNT=4;BYDAY=MO,TU"),
        ("DTSTART;TZID=Europe/Warsaw", "DTSTART;TZID=Asia/Seoul"),
        ("DTSTART;TZID=Europe/Warsaw:20261130T100000", "DTSTART;VALUE=DATE:20261130"),
        ("BEGIN:VCALENDAR", "no calendar at all"),
    ],
)
def test_what_placed_time_cannot_be_is_told_apart(laleh: Viewer, before: str, after: str) -> None:
    placed = actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW, weekdays=(0, 1))
    text = stored(placed, Words("Kept free"), NOW).decode()
    assert before in text
    assert read(text.replace(before, after), uid_of(placed), placed.tz) == OTHERWISE


def test_a_declined_invitation_counts_as_taken_out(laleh: Viewer) -> None:
    placed = actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW)
    text = stored(placed, Words("Kept free"), NOW).decode()
    declined = text.replace("END:VEVENT", "ATTENDEE;PARTSTAT=DECLINED:mailto:laleh@vistula.example\r\nEND:VEVENT")
    assert read(declined, uid_of(placed), placed.tz) == GONE


@pytest.mark.parametrize("tz", ["Europe/Warsaw", "Asia/Seoul", "Asia/Taipei", "Asia/Shanghai", "Asia/Tehran"])
@pytest.mark.parametrize("clock", [(2, 30), (10, 0), (23, 45)])
def test_what_was_written_reads_back_the_same_across_changes_of_the_clock(
    laleh: Viewer, tz: str, clock: tuple[int, int]
) -> None:
    laleh.site.tz = tz
    first = datetime(2027, 3, 1, *clock, tzinfo=ZoneInfo(tz))
    weekdays, until = (0, 6), date(2027, 11, 28)
    placed = actions.place("unplanned", first, 90, [laleh.user], laleh, NOW, weekdays=weekdays, until=until)
    actions.skip_day(placed, date(2027, 3, 28), laleh, NOW)
    placed = actions.move_day(fresh(placed), date(2027, 10, 31), datetime(2027, 10, 31, 1, 30, tzinfo=UTC), 30, laleh, NOW)
    found = read(stored(placed, Words("Kept free"), NOW).decode(), uid_of(placed), tz).rhythm
    assert found is not None
    assert takes_place_alike(found, rhythm_of(placed), datetime(2027, 2, 1, tzinfo=UTC))
