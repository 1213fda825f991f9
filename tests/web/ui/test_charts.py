"""The chart grammar: dots inside and rings outside, time that runs with reading, a finding and a table for each picture."""

import re
from dataclasses import replace
from datetime import date, timedelta

from floorwalker.core.measures import Unit
from floorwalker.web.ui.charts import (
    Day,
    Hand,
    People,
    Quarter,
    Table,
    Week,
    WeekDay,
    WeekWords,
    Words,
    customers,
    heat_map,
    number_line,
    over_days,
    profile,
    sparkline,
    week,
)
from floorwalker.web.ui.charts.dots import dot_size
from floorwalker.web.ui.charts.lines import runs
from floorwalker.web.ui.charts.placing import Box, within
from floorwalker.web.ui.charts.scale import Scale
from floorwalker.web.ui.charts.stairs import Stairs
from floorwalker.web.ui.charts.week import wrapped
from floorwalker.web.ui.reader import Reader

ENGLISH = Hand(Reader("en"), Unit.SECONDS)
PERSIAN = Hand(Reader("fa"), Unit.SECONDS)
TABLE = Table("Days", ("Day", "Value"), (("Monday", "5:00"),))
WORDS = Words("Contacts expected", "100 today", "90 to 110", "so far", "busiest, 9:00 to 10:00", "9:00 to 10:00")


def circles(svg: str) -> list[tuple[str, float]]:
    """Class and place of each circle."""
    return [(css, float(x)) for css, x in re.findall(r'<circle class="([^"]*)" cx="([-\d.]+)"', svg)]


def test_a_number_in_its_usual_range_is_a_dot_and_one_outside_a_ring() -> None:
    assert [css for css, _ in circles(number_line(ENGLISH, 350, 335, 368, "inside").wide)] == ["dot"]
    assert [css for css, _ in circles(number_line(ENGLISH, 382, 335, 368, "outside").wide)] == ["dot out"]


def test_a_number_far_outside_stays_on_the_picture() -> None:
    ((_css, x),) = circles(number_line(ENGLISH, 99_999, 335, 368, "far").wide)
    assert 0 < x < 240


def test_both_ends_of_the_range_are_named() -> None:
    svg = number_line(ENGLISH, 350, 335, 368, "inside").wide
    assert ">5:35<" in svg
    assert ">6:08<" in svg


def test_a_picture_tells_its_finding_to_those_who_do_not_see_it() -> None:
    svg = number_line(ENGLISH, 350, 335, 368, 'usual "5:35" to 6:08').wide
    assert 'role="img" aria-label="usual &quot;5:35&quot; to 6:08"' in svg


def test_a_line_is_mirrored_for_those_who_read_from_the_right() -> None:
    ((_, left),) = circles(number_line(ENGLISH, 382, 335, 368, "").wide)
    ((_, right),) = circles(number_line(PERSIAN, 382, 335, 368, "").wide)
    assert left + right == 240


def days(values: list[float | None]) -> list[Day]:
    start = date(2026, 11, 2)
    return [Day(start + timedelta(days=step), f"{step}", value, 300, 400) for step, value in enumerate(values)]


def test_a_day_outside_its_usual_range_is_a_ring() -> None:
    picture = over_days(ENGLISH, days([350, 420, 360]), "finding", "shaded", "", TABLE)
    assert [css for css, _ in circles(picture.wide)] == ["dot", "dot out", "dot"]


def test_a_day_without_a_value_is_a_gap() -> None:
    picture = over_days(ENGLISH, days([350, None, 360, 370]), "finding", "shaded", "", TABLE)
    assert len(circles(picture.wide)) == 3
    assert len(re.findall(r'class="line thin"', picture.wide)) == 2


def test_the_middle_half_of_a_range_is_drawn_within_it() -> None:
    ranged = [replace(day, low=300, high=400, inner=(330, 370)) for day in days([350, 360, 340])]

    assert over_days(ENGLISH, ranged, "finding", "shaded", "", TABLE).wide.count('class="band inner"') == 1
    assert "band inner" not in over_days(ENGLISH, days([350, 360, 340]), "finding", "shaded", "", TABLE).wide


def test_the_oldest_day_is_at_the_right_in_persian_and_at_the_left_for_those_who_wish_it() -> None:
    places = {
        hand: [x for _, x in circles(over_days(hand, days([350, 360]), "", "", "", TABLE).wide)]
        for hand in (ENGLISH, PERSIAN, Hand(Reader("fa", time_from_left=True), Unit.SECONDS))
    }
    assert [xs[0] < xs[1] for xs in places.values()] == [True, False, True]


def test_a_phone_gets_its_own_drawing_with_the_last_two_weeks() -> None:
    picture = over_days(ENGLISH, days([350.0] * 60), "finding", "shaded", "", TABLE)
    assert len(circles(picture.wide)) == 60
    assert len(circles(picture.narrow)) == 14
    assert picture.behind == TABLE
    assert len(circles(over_days(ENGLISH, days([350.0] * 60), "", "", "", TABLE, on_a_phone=60).narrow)) == 60


def test_lines_are_broken_at_unknown_points() -> None:
    assert runs([(0, 1.0), (1, 2.0), (2, None), (3, 4.0)]) == [[(0, 1.0), (1, 2.0)], [(3, 4.0)]]
    assert runs([(0, None)]) == []


def test_a_sparkline_ends_with_the_last_known_value() -> None:
    svg = sparkline(ENGLISH, [300.0, 310.0, 333.0, None], 290, 340, "finding").wide
    assert ">5:33<" in svg


def test_the_course_of_a_day_shows_what_came_so_far_and_where_we_are() -> None:
    quarters = [Quarter(minute, 10, 8, 12, 11 if minute < 540 else None) for minute in range(480, 720, 15)]
    picture = profile(Hand(Reader("en")), quarters, (540, 600), 545, "finding", WORDS, TABLE)
    assert ">9:05<" in picture.wide
    assert ">so far<" in picture.wide
    assert 'class="kept-for"' in picture.wide


def test_now_is_not_drawn_before_the_day_begins() -> None:
    quarters = [Quarter(minute, 10, 8, 12) for minute in range(480, 720, 15)]
    assert "now-ground" not in profile(Hand(Reader("en")), quarters, (540, 600), 300, "", WORDS, TABLE).wide


def test_a_week_by_hour_begins_on_the_sites_first_day_and_ends_with_the_last_known_hour() -> None:
    hand = Hand(Reader("en", week_start=5))
    heat = heat_map(hand, {(0, 8): 10.0, (5, 10): 30.0}, {(5, 10): "/there"}, "caption", [(6, 9)])
    assert heat.weekdays[0] == "Sat"
    assert [hour for hour, _cells in heat.rows] == ["8:00", "9:00", "10:00"]
    assert heat.rows[2][1][0].words == "30"
    assert heat.rows[2][1][0].level == 4
    assert heat.rows[2][1][0].url == "/there"


def test_hours_before_and_after_the_first_number_are_left_out() -> None:
    heat = heat_map(Hand(Reader("en")), {(0, 8): 10.0, (0, 10): 5.0}, {}, "caption", [(1, 3), (1, 9), (2, 23)])
    assert [hour for hour, _cells in heat.rows] == ["8:00", "9:00", "10:00"]


def test_an_hour_with_too_few_contacts_has_no_shade_and_no_number() -> None:
    heat = heat_map(Hand(Reader("en")), {(0, 8): 10.0}, {}, "caption", [(1, 8)])
    assert heat.rows[0][1][1].words == "·"
    assert heat.rows[0][1][1].level is None


def test_a_dot_stands_for_more_customers_where_there_are_many() -> None:
    assert dot_size([Week("", "", 100, 10, 0)]) == 1
    assert dot_size([Week("", "", 1000, 100, 0)]) == 10


def test_each_customer_is_a_dot_a_ring_or_a_faint_ring() -> None:
    picture = customers(Hand(Reader("en")), [Week("week", "6 customers", 3, 2, 1)], "finding", TABLE)
    assert [css for css, _ in circles(picture.wide)] == ["dot"] * 3 + ["dot back"] * 2 + ["dot hollow"]


def test_words_from_outside_are_escaped() -> None:
    svg = customers(Hand(Reader("en")), [Week("<script>", "", 1, 0, 0)], "<b>", TABLE).wide
    assert "<script>" not in svg
    assert "<b>" not in svg


def stairs(need: list[float], planned: list[float]) -> People:
    low, high = [each - 1 for each in need], [each + 1 for each in need]
    return People(need, low, high, planned, "", (), "needed, with doubt", "planned", (540, 600, "2 people short at 9:00"))


def test_words_stand_over_no_line_and_over_no_other_words() -> None:
    across, down = Scale(480, 720, 0, 400), Scale(0, 14, 200, 40)
    drawn = Stairs(stairs([4.0, 9, 5, 4], [8.0, 7, 6, 10]), [480, 540, 600, 660], 60, across, down)
    room = drawn.words(Box(0, 400, 0, 200))
    room.take("2 people short at 9:00", 150, 20)
    boxes = [place.box for _words, place in drawn.names(room)]
    assert not any(one.meets(other) for one in boxes for other in room.taken if other is not one)
    for box in boxes:
        for line in room.lines:
            inside = within(line, box.start, box.end)
            assert max(inside) <= box.top or min(inside) >= box.bottom


def test_a_week_has_its_days_beside_one_another_and_on_a_phone_one_under_another() -> None:
    people = stairs([4.0, 9, 5, 4], [8.0, 7, 6, 10])
    listed = [WeekDay(f"day {number}", [480, 540, 600, 660], 60, people, [0, 0, 1, number], "1 h") for number in range(3)]
    drawn = week(Hand(Reader("fa")), listed, WeekWords("People", "Room to spare"), "finding", Table("", (), ()))
    assert drawn.wide.count('class="room"') == drawn.narrow.count('class="room"') == 5
    places = [
        [float(x) for x in re.findall(r'x="([0-9.]+)" y="[0-9.]+" text-anchor="start">day', svg)]
        for svg in (drawn.wide, drawn.narrow)
    ]
    assert places[0] == sorted(places[0], reverse=True)
    assert len(set(places[1])) == 1


def test_words_are_wrapped_to_the_margin() -> None:
    assert wrapped("Room to spare", 54) == ["Room to", "spare"]
    assert wrapped("可抽出人力", 54) == ["可抽出人", "力"]
