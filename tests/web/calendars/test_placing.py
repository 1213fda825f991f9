"""Placing, moving and cancelling; the feed; and what makes no sense."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.calendars import actions, queries
from floorwalker.web.calendars.choosing import new_feed, revoke_feed
from floorwalker.web.calendars.models import Delivery, Placed
from floorwalker.web.calendars.tasks import carry
from floorwalker.web.calendars.times import Rhythm, between
from floorwalker.web.calendars.zone import described
from floorwalker.web.journal.models import Entry
from tests.web.calendars.conftest import NOW, Post
from tests.web.conftest import Cast

WARSAW = ZoneInfo("Europe/Warsaw")
MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=WARSAW)


def placed(laleh: Viewer, **more: object) -> Placed:
    return actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("starts", "minutes", "more", "code"),
    [
        (NOW - timedelta(hours=3), 60, {}, "time.past"),
        (MONDAY, 4, {}, "time.too_short"),
        (MONDAY, 24 * 60 + 1, {}, "time.too_short"),
        (MONDAY, 60, {"weekdays": (0,), "until": date(2026, 11, 29)}, "time.reversed"),
        (MONDAY, 60, {"weekdays": (6,), "until": date(2026, 12, 1)}, "time.never"),
    ],
)
def test_a_time_that_makes_no_sense_is_refused(
    laleh: Viewer, starts: datetime, minutes: int, more: dict[str, object], code: str
) -> None:
    with pytest.raises(NotDone) as refused:
        actions.place("unplanned", starts, minutes, [laleh.user], laleh, NOW, **more)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not Placed.objects.exists()


def test_a_weekly_block_begins_on_its_first_weekday(laleh: Viewer) -> None:
    assert placed(laleh, weekdays=(2,)).starts_at == datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


def test_only_who_placed_it_and_guests_change_it(cast: Cast, laleh: Viewer) -> None:
    slot = actions.place("open_door", MONDAY, 20, [cast.user("Viktor"), cast.user("Omid")], laleh, NOW)
    with pytest.raises(PermissionDenied):
        actions.cancel(slot, viewer_of(cast.user("Mina"), cast.site, NOW.date()), NOW)
    assert actions.cancel(slot, viewer_of(cast.user("Omid"), cast.site, NOW.date()), NOW).is_cancelled


def test_a_private_time_does_not_say_in_the_journal_whose_it_is(cast: Cast, laleh: Viewer) -> None:
    actions.place("open_door", MONDAY, 20, [cast.user("Omid")], laleh, NOW, private=True)
    assert [(line.verb, line.actor, line.about_person) for line in Entry.objects.all()] == [("time.placed", None, None)]


def test_the_same_time_again_is_no_change(laleh: Viewer) -> None:
    block = placed(laleh, weekdays=(0,))
    assert actions.move(block, MONDAY, 90, laleh, NOW, weekdays=(0,)).sequence == 0
    assert actions.move(block, MONDAY, 60, laleh, NOW, weekdays=(0,)).sequence == 1


def test_what_was_cancelled_cannot_be_moved_but_placed_again(laleh: Viewer) -> None:
    block = actions.cancel(placed(laleh), laleh, NOW)
    with pytest.raises(NotDone) as refused:
        actions.move(block, MONDAY, 60, laleh, NOW)
    assert refused.value.code == "time.cancelled"
    assert not actions.place_again(block, laleh, NOW).is_cancelled


def test_a_day_without_the_block_cannot_be_skipped(laleh: Viewer) -> None:
    with pytest.raises(NotDone) as refused:
        actions.skip_day(placed(laleh, weekdays=(0,)), date(2026, 12, 1), laleh, NOW)
    assert refused.value.code == "time.not_on_that_day"


def test_busy_times_come_in_order_with_skipped_and_moved_days(laleh: Viewer) -> None:
    block = placed(laleh, weekdays=(0, 1))
    actions.skip_day(block, date(2026, 12, 1), laleh, NOW)
    actions.move_day(block, date(2026, 12, 7), datetime(2026, 12, 4, 13, 0, tzinfo=UTC), 30, laleh, NOW)
    found = queries.busy(laleh.user, NOW, datetime(2026, 12, 9, tzinfo=UTC))
    assert [f"{each.time.starts_at:%d %H:%M}" for each in found] == ["30 09:00", "04 13:00", "08 09:00"]


@pytest.mark.parametrize(
    ("day", "clock", "starts"),
    [
        (date(2027, 3, 28), "02:30", "01:30"),  # the hour that is left out: an hour later on the clock
        (date(2027, 3, 28), "10:00", "08:00"),
        (date(2027, 10, 31), "02:30", "00:30"),  # the hour that comes twice: the first of the two
        (date(2027, 10, 31), "10:00", "09:00"),
    ],
)
def test_days_of_23_and_25_hours(day: date, clock: str, starts: str) -> None:
    hour, minute = (int(part) for part in clock.split(":"))
    first = datetime(2027, 1, 3, hour, minute, tzinfo=WARSAW)
    [found] = between(
        Rhythm(first, 60, "Europe/Warsaw", (6,)),
        datetime.combine(day, datetime.min.time(), UTC),
        datetime.combine(day, datetime.max.time(), UTC),
    )
    assert (f"{found.starts_at:%H:%M}", found.ends_at - found.starts_at) == (starts, timedelta(hours=1))


@pytest.mark.parametrize("tz", ["Europe/Warsaw", "Asia/Tehran", "Asia/Seoul", "America/New_York", "Africa/Casablanca"])
def test_a_described_zone_tells_the_time_as_the_zone_does(tz: str) -> None:
    """Every hour of two years, read back through the description."""
    whole = Calendar()
    whole.add_component(described(tz, datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 11, 1, tzinfo=UTC)))
    read = Calendar.from_ical(whole.to_ical()).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    hours = (datetime(2026, 6, 1, tzinfo=UTC) + timedelta(hours=step) for step in range(0, 24 * 365 * 2, 1))
    locals_ = (hour.astimezone(ZoneInfo(tz)) for hour in hours)
    wrong = [
        local for local in locals_ if local.replace(tzinfo=read).utcoffset() != local.utcoffset() and not _is_double(local)
    ]
    assert wrong == []


def _is_double(local: datetime) -> bool:
    """In the hour that comes twice, or beside the one left out, a clock alone does not say which it is."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def test_the_feed_holds_what_stands_and_dies_with_its_address(laleh: Viewer, stranger: Client) -> None:
    block = placed(laleh, weekdays=(0,))
    actions.cancel(placed(laleh, weekdays=(4,)), laleh, NOW)
    key = new_feed(laleh)
    answer = stranger.get(f"/calendar/{key}.ics")
    calendar = Calendar.from_ical(answer.content)
    assert [(str(found["UID"]).split("@")[0], found["TRANSP"]) for found in calendar.walk("VEVENT")] == [
        (str(block.uid), "OPAQUE")
    ]
    newer = new_feed(laleh)
    assert stranger.get(f"/calendar/{key}.ics").status_code == 404
    assert stranger.get(f"/calendar/{newer}.ics").status_code == 200
    revoke_feed(laleh)
    assert stranger.get(f"/calendar/{newer}.ics").status_code == 404


def test_a_closed_account_has_no_feed(laleh: Viewer, stranger: Client) -> None:
    key = new_feed(laleh)
    laleh.user.is_active = False
    laleh.user.save()
    assert stranger.get(f"/calendar/{key}.ics").status_code == 404


def test_a_page_says_how_each_copy_is_getting_on_and_tries_again(laleh: Viewer, as_laleh: Client) -> None:
    actions.place("unplanned", datetime.now(UTC) + timedelta(days=2), 90, [laleh.user], laleh, datetime.now(UTC))
    Delivery.objects.update(problem="mail.down", problem_at=NOW, next_at=NOW + timedelta(hours=6))
    page = as_laleh.get("/me/calendar/").content.decode()
    assert "The mail server did not answer." in page
    as_laleh.post(f"/me/calendar/{Placed.objects.get().pk}/again/")
    assert Delivery.objects.get().next_at != NOW + timedelta(hours=6)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"by_caldav": "on"}, "Which calendar?"),
        ({"by_caldav": "on", "caldav_url": "ftp://x/"}, "An address begins with"),
        ({"by_mail": "on", "mail_to": "nowhere"}, "valid email"),
    ],
)
def test_bad_input_is_told_beside_its_field(as_laleh: Client, given: dict[str, str], told: str) -> None:
    answer = as_laleh.post("/me/calendar/", given)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)


def test_nobody_tries_somebody_elses_time_again(laleh: Viewer, sign_in: Callable[[str], Client]) -> None:
    assert sign_in("Petra").post(f"/me/calendar/{placed(laleh).pk}/again/").status_code == 404


def test_the_worker_carries_it_and_comes_back_only_while_there_is_something_to_do(laleh: Viewer, post: Post) -> None:
    """As the worker runs it: each run first asks for another look, should it be stopped on the way."""
    actions.place("time", datetime.now(UTC) + timedelta(days=2), 90, [laleh.user], laleh, datetime.now(UTC))
    waiting = DBTaskResult.objects.filter(status="READY")
    pk = Delivery.objects.get().pk
    assert waiting.count() == 1
    for _run in range(3):
        carry.func(pk)
    assert (len(post.got), waiting.count()) == (1, 2)


def test_what_is_held_about_a_person_holds_no_secret(laleh: Viewer, as_laleh: Client) -> None:
    placed(laleh, weekdays=(0,))
    new_feed(laleh)
    held = as_laleh.get("/me/everything.json").json()["calendars"]
    assert set(held["ways"]) == {"by_mail", "mail_to", "by_caldav", "caldav_url", "caldav_user"}
    assert [each["weekdays"] for each in held["placed"]] == [[0]]
