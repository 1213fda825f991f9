"""A roster comes in: every row taken or refused with its reason, the earlier plan gives way, and all of it can be undone."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.journal.models import Entry
from floorwalker.web.planning import rosters
from floorwalker.web.planning.asking import local_now
from floorwalker.web.planning.drafts import Known, read
from floorwalker.web.planning.models import Roster, Shift
from floorwalker.web.planning.planned import per_interval, presences
from floorwalker.web.planning.repeated import Pattern
from tests.web.conftest import Cast
from tests.web.planning.conftest import LAST, MONDAY, NOW

PEOPLE = {
    "omid": Known(1),
    "samira": Known(2, hired_on=date(2026, 12, 1)),
    "jun": Known(3, left_on=date(2026, 10, 31)),
}
HEAD, SPAN = "Person,Start,End,Queue\n", "2026-11-23 08:00,2026-11-23 16:00"
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        place = tmp_path / "roster.csv"
        place.write_text(text)
        return place

    return written


@pytest.fixture
def planner(cast: Cast) -> Viewer:
    return viewer_of(cast.user("Mateusz"), cast.site, LAST)


def refused(path: Path) -> list[tuple[int, str]]:
    return [(int(each["line"]), str(each["code"])) for each in read(path, PEOPLE, ["Billing"]).refused]


def test_a_row_becomes_a_shift(write: Write) -> None:
    found = read(write("Person,Start,End,Queue\nOmid,2026-11-23 08:00,2026-11-23 16:00,billing\n"), PEOPLE, ["Billing"])
    [shift] = found.drafts
    assert (shift.person, shift.day, shift.start, shift.end, shift.queue) == (1, MONDAY, 480, 960, "Billing")


def test_days_may_stand_in_a_column_of_their_own_and_nights_end_on_the_next(write: Write) -> None:
    found = read(write("Date;From;To;Skill;People\n23.11.2026;22:00;6:00;Billing;4\n24.11.2026;8;16;Billing;2\n"), PEOPLE, [])
    assert [(each.start, each.end, each.people) for each in found.drafts] == [(1320, 1800, 4), (480, 960, 2)]


def test_persian_headers_digits_and_jalali_days_are_read(write: Write) -> None:
    found = read(
        write("نام,تاریخ,شروع,پایان,صف\nomid,۱۴۰۵/۰۹/۰۲,۸:۰۰,۱۶:۰۰,Billing\nomid,۱۴۰۵/۰۹/۰۳,۸:۰۰,۱۶:۰۰,Billing\n"), PEOPLE, []
    )
    assert [each.day for each in found.drafts] == [MONDAY, date(2026, 11, 24)]


def test_every_bad_row_is_refused_with_its_reason(write: Write) -> None:
    rows = [
        "Person,Start,End,Queue,Breaks",
        "Omid,2026-11-23 08:00,2026-11-23 16:00,Billing,12:00-12:30",
        "Omid,2026-11-23 15:00,2026-11-23 17:00,Billing,",
        "Nobody,2026-11-23 08:00,2026-11-23 16:00,Billing,",
        "Samira,2026-11-23 08:00,2026-11-23 16:00,Billing,",
        "Jun,2026-11-23 08:00,2026-11-23 16:00,Billing,",
        "Omid,2026-11-24 16:00,2026-11-24 08:00,Billing,",
        "Omid,2026-11-24 08:00,2026-11-25 08:00,Billing,",
        "Omid,2026-11-25 08:00,2026-11-25 16:00,,",
        "Omid,2026-11-26 08:00,2026-11-26 16:00,Billing,7:00-7:30",
        "Omid,2026-11-27 08:00,2026-11-27 16:00,Billing,soon",
    ]
    assert refused(write("\n".join(rows) + "\n")) == [
        (3, "overlaps"),
        (4, "person_unknown"),
        (5, "person_not_here_yet"),
        (6, "person_left"),
        (7, "ends_before_start"),
        (8, "too_long"),
        (9, "queue_missing"),
        (10, "breaks_outside"),
        (11, "breaks_unreadable"),
    ]


def test_a_queue_in_which_nothing_ever_came_is_told_but_taken(write: Write) -> None:
    found = read(write("Person,Start,End,Queue\nOmid,2026-11-23 08:00,2026-11-23 16:00,Sales\n"), PEOPLE, ["Billing"])
    assert found.queues_unknown == {"Sales": 1}
    assert len(found.drafts) == 1


def test_a_file_without_the_needed_columns_is_not_taken(cast: Cast, write: Write, planner: Viewer) -> None:
    with pytest.raises(NotDone, match="roster_columns"):
        rosters.bring_in_file(cast.site, write("a,b\n1,2\n"), "week.csv", [], planner, NOW)
    assert not Roster.objects.exists()


def test_the_same_file_twice_changes_nothing(cast: Cast, write: Write, planner: Viewer) -> None:
    file = write("Person,Start,End,Queue\nOmid,2026-11-23 08:00,2026-11-23 16:00,Billing\n")
    rosters.bring_in_file(cast.site, file, "week.csv", [], planner, NOW)
    again = rosters.bring_in_file(cast.site, file, "week.csv", [], planner, NOW)
    assert (again.counts["kept"], again.counts["unchanged"]) == (0, 1)
    assert rosters.in_force(cast.site).count() == 1


def test_a_later_plan_takes_the_place_of_an_earlier_one_and_undo_brings_it_back(
    cast: Cast, write: Write, planner: Viewer
) -> None:
    first = "Person,Start,End,Queue\nOmid,2026-11-23 08:00,2026-11-23 16:00,Billing\n"
    rosters.bring_in_file(cast.site, write(first), "one.csv", [], planner, NOW)
    later = rosters.bring_in_file(cast.site, write(first.replace("08:00", "10:00")), "two.csv", [], planner, NOW)
    assert later.counts["replaced"] == 1
    assert [each.start for each in rosters.in_force(cast.site)] == [600]
    rosters.undo(later, planner, NOW)
    assert [each.start for each in rosters.in_force(cast.site)] == [480]
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "roster.brought_in",
        "roster.brought_in",
        "roster.undone",
    ]
    with pytest.raises(NotDone, match="roster_undone"):
        rosters.undo(later, planner, NOW)


def test_a_pattern_plans_the_chosen_weekdays_and_leaves_closed_days_out(cast: Cast, planner: Viewer) -> None:
    pattern = Pattern((0, 1, 2, 3, 4), 480, 960, 6, "Billing", MONDAY, date(2026, 12, 6), 0, frozenset({date(2026, 11, 25)}))
    done = rosters.bring_in_pattern(cast.site, pattern, planner, NOW)
    assert done.counts["kept"] == 9
    there = presences(cast.site, MONDAY, MONDAY)[MONDAY]
    assert per_interval(there, ["Billing"], [450, 480, 930, 960], 30)["Billing"].tolist() == [0, 6, 6, 0]


def test_the_breaks_of_a_pattern_come_one_after_the_other(cast: Cast, planner: Viewer) -> None:
    rosters.bring_in_pattern(cast.site, Pattern((0,), 480, 960, 4, "Billing", MONDAY, MONDAY, 30), planner, NOW)
    counts = per_interval(presences(cast.site, MONDAY, MONDAY)[MONDAY], ["Billing"], range(480, 960, 30), 30)["Billing"]
    assert counts.sum() == 4 * 16 - 4
    assert counts.min() >= 3 - 1e-9


def test_a_pattern_on_no_day_at_all_is_not_kept(cast: Cast, planner: Viewer) -> None:
    with pytest.raises(NotDone, match="pattern_no_day"):
        rosters.bring_in_pattern(cast.site, Pattern((6,), 480, 960, 1, "Billing", MONDAY, MONDAY), planner, NOW)


def test_a_night_shift_counts_on_both_days_and_two_queues_share_a_person(cast: Cast, write: Write, planner: Viewer) -> None:
    file = write("Person,Start,End,Queue\nOmid,2026-11-23 22:00,2026-11-24 06:00,Billing; Support\n")
    rosters.bring_in_file(cast.site, file, "night.csv", ["Billing", "Support"], planner, NOW)
    there = presences(cast.site, MONDAY, date(2026, 11, 24))
    assert {(each.queue, each.start, each.end, each.people) for each in there[MONDAY]} == {
        ("Billing", 1320, 1440, 0.5),
        ("Support", 1320, 1440, 0.5),
    }
    assert {(each.start, each.end) for each in there[date(2026, 11, 24)]} == {(0, 360)}


def test_only_those_who_plan_bring_in_rosters(cast: Cast, write: Write) -> None:
    with pytest.raises(PermissionDenied):
        rosters.bring_in_file(cast.site, write("a\n"), "a.csv", [], viewer_of(cast.user("Laleh"), cast.site, LAST), NOW)


def test_a_planner_drops_a_file_reads_the_report_and_takes_it_back(centre: Cast, as_mateusz: Client) -> None:
    rows = f"{HEAD}Omid,{SPAN},Billing\nNobody,{SPAN},Billing\n".encode()
    answer = as_mateusz.post("/time/roster/file/", {"file": SimpleUploadedFile("week.csv", rows)}, follow=True)
    page = answer.content.decode()
    assert "One row was refused. Shifts planned: 1." in page
    assert "is nobody whom we know" in page
    shown = as_mateusz.get("/time/roster/?day=2026-11-23").content.decode()
    assert "Omid" in shown
    undone = as_mateusz.post(f"/time/roster/{Roster.objects.get().pk}/undo/", follow=True).content.decode()
    assert "This roster was taken back." in undone


def test_a_planner_types_a_pattern(centre: Cast, as_mateusz: Client) -> None:
    given = {
        "queue": "Billing",
        "people": "6",
        "weekdays": ["0", "1", "2", "3", "4"],
        "start": "08:00",
        "end": "16:00",
        "break_minutes": "0",
        "since": "2026-11-23",
        "until": "2026-11-27",
    }
    page = as_mateusz.post("/time/roster/pattern/", given, follow=True).content.decode()
    assert "5 shifts are planned, and no row was refused." in page
    wrong = as_mateusz.post("/time/roster/pattern/", {**given, "until": "2026-11-20"})
    assert wrong.status_code == 422
    assert "The last day is before the first." in wrong.content.decode()


def test_a_lead_reads_names_of_the_own_team_only(centre: Cast, planner: Viewer, write: Write, as_petra: Client) -> None:
    rows = f"{HEAD}Omid,{SPAN},Billing\nTomek,{SPAN},Support\n"
    rosters.bring_in_file(centre.site, write(rows), "week.csv", [], planner, NOW)
    page = as_petra.get("/time/roster/?day=2026-11-23").content.decode()
    assert "Tomek" in page
    assert "Omid" not in page


def test_people_who_left_after_they_were_planned_are_not_counted_and_the_page_says_so(cast: Cast, as_mina: Client) -> None:
    site, omid = cast.site, cast.person("Omid")
    day = local_now(site).date() + timedelta(1)
    roster = Roster.objects.create(site=site, kind="file", name="week.csv", at=local_now(site))
    Shift.objects.create(roster=roster, site=site, day=day, start=480, end=960, queue="Billing", person=omid)
    assert presences(site, day, day)
    omid.left_on = day - timedelta(1)
    omid.save()
    assert not presences(site, day, day)
    assert "who will no longer work here then: it is not counted." in as_mina.get("/time/roster/").content.decode()
