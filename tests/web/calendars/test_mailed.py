"""Invitations by mail: what a calendar program reads from them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars import actions
from floorwalker.web.calendars.models import Delivery, Placed, Ways
from tests.web.calendars.conftest import NOW, Post, calendar_part
from tests.web.conftest import Cast

Carry = Callable[..., list[datetime | None]]
MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


def weekly(laleh: Viewer, **more: object) -> Placed:
    facts = {"weekdays": (0, 1), "until": date(2027, 4, 30), **more}
    return actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW, **facts)  # type: ignore[arg-type]


def event(calendar: Calendar) -> Calendar:
    return calendar.walk("VEVENT")[0]


def test_an_invitation_is_a_request_that_a_calendar_takes_as_busy(cast: Cast, laleh: Viewer, post: Post, carry: Carry) -> None:
    placed = weekly(laleh)
    carry()
    [(mail, calendar)] = post.invitations()
    found = event(calendar)
    part = calendar_part(mail)
    assert (mail["To"], part.get_param("method"), part.get_content_charset()) == ("laleh@vistula.example", "REQUEST", "utf-8")
    assert (calendar["METHOD"], found["TRANSP"], found["STATUS"], int(found["SEQUENCE"])) == (
        "REQUEST",
        "OPAQUE",
        "CONFIRMED",
        0,
    )
    assert found["ORGANIZER"] == "mailto:desk@vistula.example"
    assert found["ATTENDEE"] == "mailto:laleh@vistula.example"
    assert found["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert str(placed.uid) in found["UID"]
    assert "10:00" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_a_change_and_a_cancelling_follow_with_a_higher_sequence(laleh: Viewer, post: Post, carry: Carry) -> None:
    placed = weekly(laleh)
    carry()
    actions.move(placed, MONDAY + timedelta(hours=1), 60, laleh, NOW, weekdays=(0,))
    carry()
    actions.cancel(placed, laleh, NOW)
    carry()
    said = [(calendar["METHOD"], int(event(calendar)["SEQUENCE"])) for _mail, calendar in post.invitations()]
    assert said == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert len({event(calendar)["UID"] for _mail, calendar in post.invitations()}) == 1
    assert event(post.invitations()[-1][1])["STATUS"] == "CANCELLED"


def test_each_state_is_mailed_once_however_often_the_worker_comes_by(laleh: Viewer, post: Post, carry: Carry) -> None:
    placed = weekly(laleh)
    for _time in range(3):
        carry()
    actions.cancel(placed, laleh, NOW)
    actions.cancel(placed, laleh, NOW)
    for _time in range(3):
        carry()
    assert len(post.got) == 2


def test_what_is_cancelled_before_it_was_mailed_is_never_mailed(laleh: Viewer, post: Post, carry: Carry) -> None:
    actions.cancel(weekly(laleh), laleh, NOW)
    assert carry() == [None]
    assert post.got == []


def test_two_quick_changes_are_one_mail(laleh: Viewer, post: Post, carry: Carry) -> None:
    placed = weekly(laleh)
    actions.skip_day(placed, date(2026, 12, 7), laleh, NOW)
    carry()
    [(_mail, calendar)] = post.invitations()
    assert int(event(calendar)["SEQUENCE"]) == 1


def test_a_skipped_and_a_moved_day_are_told_as_such(laleh: Viewer, post: Post, carry: Carry) -> None:
    placed = weekly(laleh)
    actions.skip_day(placed, date(2026, 12, 7), laleh, NOW)
    actions.move_day(placed, date(2026, 12, 8), datetime(2026, 12, 9, 14, 0, tzinfo=UTC), 30, laleh, NOW)
    carry()
    series, moved = post.invitations()[0][1].walk("VEVENT")
    assert series["EXDATE"].dts[0].dt == datetime(2026, 12, 7, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
    assert moved["RECURRENCE-ID"].dt == datetime(2026, 12, 8, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
    assert moved.start == datetime(2026, 12, 9, 14, 0, tzinfo=UTC)


def test_a_single_time_is_written_in_utc_and_needs_no_zone(laleh: Viewer, post: Post, carry: Carry) -> None:
    actions.place("unplanned", MONDAY, 15, [laleh.user], laleh, NOW)
    carry()
    [(mail, calendar)] = post.invitations()
    assert b"DTSTART:20261130T090000Z" in calendar_part(mail).get_payload(decode=True)
    assert calendar.walk("VTIMEZONE") == []


def test_a_private_slot_tells_each_guest_of_nobody_else(cast: Cast, laleh: Viewer, post: Post, carry: Carry) -> None:
    host, agent = cast.user("Viktor"), cast.user("Omid")
    actions.place("conversation", MONDAY, 20, [host, agent], laleh, NOW, title="Conversation", private=True)
    carry()
    got = {mail["To"]: event(calendar) for mail, calendar in post.invitations()}
    assert set(got) == {"viktor@vistula.example", "omid@vistula.example"}
    for to, found in got.items():
        assert (found["ATTENDEE"], found["CLASS"], found["ATTENDEE"].params["PARTSTAT"]) == (
            f"mailto:{to}",
            "PRIVATE",
            "NEEDS-ACTION",
        )


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Kept free"),
        ("pl", "Czas zarezerwowany"),
        ("ko", "비워 둔 시간"),
        ("zh-hant", "保留時間"),
        ("fa", "زمان نگه‌داشته"),
    ],
)
def test_a_mail_speaks_the_language_of_whoever_gets_it(
    cast: Cast, laleh: Viewer, post: Post, carry: Carry, language: str, subject: str
) -> None:
    User.objects.filter(pk=cast.user("Omid").pk).update(language=language)
    actions.place("time", MONDAY, 90, [User.objects.get(pk=cast.user("Omid").pk)], laleh, NOW)
    carry()
    [(mail, calendar)] = post.invitations()
    assert (mail["Subject"], str(event(calendar)["SUMMARY"])) == (subject, subject)


def test_in_persian_the_day_is_a_jalali_one(cast: Cast, laleh: Viewer, post: Post, carry: Carry) -> None:
    User.objects.filter(pk=laleh.user.pk).update(language="fa")
    actions.place("time", MONDAY, 90, [User.objects.get(pk=laleh.user.pk)], laleh, NOW)
    carry()
    assert "۹ آذر ۱۴۰۵" in post.got[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_without_a_mail_server_nothing_is_lost_and_it_goes_once_there_is_one(
    laleh: Viewer, post: Post, carry: Carry, settings: object
) -> None:
    settings.SENDS_MAIL = False  # type: ignore[attr-defined]
    weekly(laleh)
    assert carry() == [NOW + timedelta(minutes=1)]
    assert Delivery.objects.get().problem == "mail.not_set_up"
    settings.SENDS_MAIL = True  # type: ignore[attr-defined]
    carry(NOW + timedelta(minutes=1))
    assert len(post.got) == 1


def test_an_address_that_takes_no_mail_is_told_and_the_pauses_grow(laleh: Viewer, post: Post, carry: Carry) -> None:
    post.refuses = "550 No such mailbox"
    weekly(laleh)
    at = NOW
    pauses = []
    for _try in range(4):
        [again] = carry(at)
        assert again is not None
        pauses.append(again - at)
        at = again
    assert Delivery.objects.get().problem == "mail.refused"
    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert carry(at - timedelta(seconds=1)) == [None]


def test_a_mail_server_that_is_down_is_tried_again(laleh: Viewer, post: Post, carry: Carry, settings: object) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1  # type: ignore[attr-defined]
    weekly(laleh)
    carry()
    assert Delivery.objects.get().problem == "mail.down"
    settings.EMAIL_PORT = port  # type: ignore[attr-defined]
    carry(NOW + timedelta(minutes=1))
    assert (len(post.got), Delivery.objects.get().problem) == (1, "")


def test_a_worker_that_was_stopped_on_the_way_is_followed_by_another(laleh: Viewer, post: Post, carry: Carry) -> None:
    weekly(laleh)
    Delivery.objects.update(claimed_until=NOW + timedelta(minutes=3))
    carry()
    assert post.got == []
    carry(NOW + timedelta(minutes=3))
    assert len(post.got) == 1


def test_invitations_go_to_the_address_that_was_chosen(laleh: Viewer, post: Post, carry: Carry) -> None:
    Ways.objects.create(user=laleh.user, mail_to="laleh.calendar@vistula.example")
    weekly(laleh)
    carry()
    assert post.got[0]["To"] == "laleh.calendar@vistula.example"
