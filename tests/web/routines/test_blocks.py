"""Peaks found, blocks placed on them, and the note that tells the boss why."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.calendars.models import Placed
from floorwalker.web.planning.lane import lane_of
from floorwalker.web.planning.models import Expected
from floorwalker.web.pulse.queries import desk_of
from floorwalker.web.routines.block_page import block_page, kept_in
from floorwalker.web.routines.blocks import Wish, move_block, place_blocks
from floorwalker.web.routines.courses import week_ahead
from floorwalker.web.routines.models import Note
from floorwalker.web.routines.note_text import draft
from floorwalker.web.routines.peaks import Curve, busiest_hour, curve_of, peaks
from floorwalker.web.ui.reader import Reader
from tests.web import small_centre
from tests.web.calendars.conftest import Post, post
from tests.web.conftest import Cast

__all__ = ["post"]

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LAST = date(2026, 11, 21)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def mina(cast: Cast) -> Viewer:
    return viewer_of(cast.user("Mina"), cast.site, NOW.date())


@pytest.fixture
def centre(mina: Viewer) -> Viewer:
    """Ten weeks in which Mondays peak from 10:00 to 11:00."""
    small_centre.bring_in(LAST, 10)
    return mina


def test_the_peak_is_the_stretch_with_the_most_contacts() -> None:
    curve = Curve(8 * 60, 30, (10, 20, 60, 50, 20, 10, 10, 10))
    [peak] = peaks({0: curve}, 60)
    assert (peak.start, peak.end, peak.contacts, round(peak.share, 3)) == (9 * 60, 10 * 60, 110, 0.579)


def test_a_quiet_day_has_no_peak() -> None:
    assert [peak.weekday for peak in peaks({0: Curve(600, 60, (100.0,)), 6: Curve(600, 60, (24.0,))})] == [0]
    assert peaks({}) == []


def test_a_day_shorter_than_the_block_is_kept_whole() -> None:
    [peak] = peaks({0: Curve(600, 30, (5, 6))})
    assert (peak.start, peak.contacts) == (600, 11)


def test_a_cut_step_counts_by_its_part() -> None:
    assert Curve(600, 30, (30, 60)).between(615, 645) == 45


def test_a_curve_has_zeros_where_nothing_came() -> None:
    assert curve_of([(600, 8), (630, 4), (690, 2)], 2) == Curve(600, 30, (4, 2, 0, 1))
    assert curve_of([], 2) is None


def test_the_busiest_hour_lies_ahead() -> None:
    curve = Curve(8 * 60, 30, (50, 50, 10, 10, 30, 20))
    assert busiest_hour(curve, 0) == (480, 100)
    assert busiest_hour(curve, 9 * 60) == (600, 50)
    assert busiest_hour(curve, 11 * 60) is None


def test_peaks_come_from_recent_weeks_as_long_as_there_is_no_forecast(centre: Viewer) -> None:
    page = block_page(desk_of(centre, Reader("en")), NOW, Reader("en"))
    monday = page.proposed[0]
    assert (monday.weekday, monday.start in range(9 * 60 + 30, 10 * 60 + 1), monday.minutes) == (0, True, 90)
    assert len(page.rows) == 6
    assert "last eight weeks" in page.lede


def test_peaks_come_from_the_forecast_where_there_is_one(centre: Viewer) -> None:
    curve = {"minutes": [600, 630, 660, 690], "length": 30, "mean": [10, 80, 90, 20]}
    for weeks in range(4):
        Expected.objects.create(site=centre.site, day=TUESDAY + timedelta(weeks=weeks), curve=curve)
    week = week_ahead(desk_of(centre, Reader("en")), NOW.date())
    [peak] = peaks(week.curves)
    assert (week.is_forecast, peak.weekday, peak.start, peak.contacts) == (True, 1, 630, 190)


def test_weekdays_with_the_same_hours_become_one_weekly_block(mina: Viewer) -> None:
    wishes = [Wish(0, 600, 690), Wish(1, 600, 690), Wish(4, 570, 660)]
    placed = place_blocks(wishes, date(2026, 11, 23), date(2027, 3, 31), mina, NOW)
    assert [(each.weekdays, each.minutes) for each in placed] == [([4], 90), ([0, 1], 90)]
    assert {each.purpose for each in placed} == {"unplanned"}


def test_a_second_tap_places_nothing_twice(mina: Viewer) -> None:
    wishes = [Wish(0, 600, 690)]
    place_blocks(wishes, date(2026, 11, 23), None, mina, NOW)
    with pytest.raises(NotDone) as refused:
        place_blocks(wishes, date(2026, 11, 23), None, mina, NOW)
    assert (refused.value.code, Placed.objects.count()) == ("blocks.there_already", 1)


@pytest.mark.parametrize(
    ("wishes", "code"),
    [([], "blocks.none"), ([Wish(0, 690, 600)], "blocks.reversed"), ([Wish(0, 600, 602)], "time.too_short")],
)
def test_wishes_that_make_no_sense_are_refused(mina: Viewer, wishes: list[Wish], code: str) -> None:
    with pytest.raises(NotDone) as refused:
        place_blocks(wishes, date(2026, 11, 23), None, mina, NOW)
    assert refused.value.code == code


def test_only_those_who_run_the_floor_keep_blocks(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        place_blocks([Wish(0, 600, 690)], date(2026, 11, 23), None, viewer_of(cast.user("Viktor"), cast.site, NOW.date()), NOW)


def test_a_moved_block_keeps_its_identity(mina: Viewer) -> None:
    [placed] = place_blocks([Wish(0, 600, 690)], date(2026, 11, 23), None, mina, NOW)
    moved = move_block(placed, 540, 600, [1, 2], date(2026, 11, 24), None, mina, NOW)
    assert (moved.uid, moved.sequence, moved.weekdays, moved.minutes) == (placed.uid, 1, [1, 2], 60)
    assert moved.starts_at == datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


def test_what_is_kept_is_told_with_its_part_of_the_contacts(centre: Viewer) -> None:
    [placed] = place_blocks([Wish(0, 600, 660)], date(2026, 11, 23), None, centre, NOW)
    desk = desk_of(centre, Reader("en"))
    kept = kept_in(week_ahead(desk, NOW.date()), [placed])
    # Four quarters of ten contacts, against five days of 40 quarters with four, and Monday's 24 more.
    assert (kept.minutes, kept.contacts, round(kept.share, 4)) == (60, 40, round(40 / (6 * 160 + 24), 4))
    assert "You keep 1 hour a week free; 4%" in block_page(desk, NOW, Reader("en")).sentence


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "free of meetings"), ("pl", "wolne od spotkań"), ("fa", "از جلسه خالی"), ("ko", "회의를 잡지 않습니다")],
)
def test_the_note_speaks_the_language_of_the_boss_and_holds_the_numbers(centre: Viewer, language: str, words: str) -> None:
    place_blocks([Wish(0, 600, 660)], date(2026, 11, 23), None, centre, NOW)
    text = draft(desk_of(centre, Reader("en")), NOW, language).text
    assert words in text
    assert ("۱۰:۰۰" if language == "fa" else "10:00") in text
    assert ("۴۰" if language == "fa" else "40") in text


def test_without_a_mail_server_the_note_stays_and_opens_elsewhere(centre: Viewer, as_mina: Client) -> None:
    given = {"to": "boss@vistula.example", "subject": "Hours", "text": "As I wrote it.", "language": "en"}
    answer = as_mina.post("/time/unplanned/note/", given)
    page = answer.content.decode()
    assert (answer.status_code, "As I wrote it." in page, "mailto:boss@vistula.example" in page) == (422, True, True)
    assert not Note.objects.exists()


def test_a_note_that_the_mail_server_refuses_stays_as_typed(centre: Viewer, as_mina: Client, post: Post) -> None:
    post.refuses = "550 No such mailbox"
    given = {"to": "boss@vistula.example", "subject": "Hours", "text": "As I wrote it.", "language": "en"}
    page = as_mina.post("/time/unplanned/note/", given).content.decode()
    assert "did not take the note" in page
    assert "As I wrote it." in page


def test_a_subject_of_several_lines_becomes_one(centre: Viewer, as_mina: Client, post: Post) -> None:
    given = {"to": "boss@vistula.example", "subject": "Hours\r\nBcc: all@vistula.example", "text": "x", "language": "en"}
    as_mina.post("/time/unplanned/note/", given)
    assert [mail["Bcc"] for mail in post.got] == [None]


def test_without_contacts_the_page_says_what_is_missing(mina: Viewer, as_mina: Client) -> None:
    assert "There is no peak to see yet." in as_mina.get("/time/unplanned/").content.decode()


def test_a_day_is_left_out_and_a_cancelled_block_stands_again(centre: Viewer, as_mina: Client) -> None:
    today = datetime.now(UTC).date()
    [placed] = place_blocks([Wish(day, 600, 690) for day in range(7)], today, None, centre, datetime.now(UTC))
    day = (today + timedelta(days=2)).isoformat()
    as_mina.post(f"/time/unplanned/{placed.pk}/skip/", {"day": day})
    as_mina.post(f"/time/unplanned/{placed.pk}/skip/", {"day": day})
    placed.refresh_from_db()
    assert (placed.skipped, placed.sequence) == ([day], 1)
    page = as_mina.post(f"/time/unplanned/{placed.pk}/cancel/", follow=True).content.decode()
    assert f"/time/unplanned/{placed.pk}/again/" in page
    as_mina.post(f"/time/unplanned/{placed.pk}/again/")
    placed.refresh_from_db()
    assert not placed.is_cancelled


def test_somebody_elses_block_is_not_there(centre: Viewer, as_laleh: Client) -> None:
    [placed] = place_blocks([Wish(0, 600, 690)], date(2036, 11, 23), None, centre, NOW)
    assert as_laleh.get(f"/time/unplanned/{placed.pk}/").status_code == 404
    assert as_laleh.post(f"/time/unplanned/{placed.pk}/cancel/").status_code == 404


def test_a_block_stands_in_the_lane_of_today_in_few_words(mina: Viewer) -> None:
    place_blocks([Wish(0, 600, 690)], date(2026, 11, 23), None, mina, NOW)
    [block] = lane_of(mina, date(2026, 11, 23), Reader("en", "Europe/Warsaw"))
    assert (block.start, block.end, block.label, block.note, block.kind) == (600, 690, "Unplanned", "no meetings", "kept")
