"""Which days are proposed for an open door."""

from datetime import date, time

from floorwalker.web.opendoor.quiet_days import quiet_days, spare_in

MONDAY = date(2035, 3, 5)


def course(morning: float, noon: float, afternoon: float) -> list[tuple[int, float]]:
    """Half-hours from 8:00 to 18:00: until 12:00, until 14:00, until 18:00."""
    return [(minute, morning if minute < 720 else noon if minute < 840 else afternoon) for minute in range(480, 1080, 30)]


def test_the_quietest_day_comes_first_with_its_quietest_hour() -> None:
    days = {date(2035, 3, 5 + number): course(*each) for number, each in enumerate([(20, 20, 20), (10, 9, 10), (14, 14, 8)])}
    found = quiet_days(days)
    assert [(each.day.day, each.start, each.end) for each in found] == [
        (6, time(12), time(13)),
        (7, time(14), time(15)),
    ]
    assert (found[0].expected, round(found[0].average)) == (196, 276)


def test_days_as_busy_as_usual_are_not_proposed() -> None:
    assert quiet_days({date(2035, 3, 5 + number): course(10, 10, 10) for number in range(5)}) == []


def test_a_holiday_is_no_quiet_day() -> None:
    days = {date(2035, 3, 5 + number): course(10, 10, 10) for number in range(5)} | {date(2035, 3, 10): course(1, 1, 1)}
    assert [each.day.day for each in quiet_days(days)] == []


def test_a_day_without_a_course_is_not_proposed() -> None:
    assert quiet_days({}) == []
    assert quiet_days({MONDAY: []}) == []


def test_a_day_on_which_everybody_is_there_in_the_night_only_has_no_hour() -> None:
    night = [(minute, 5.0) for minute in range(0, 360, 30)]
    assert quiet_days({MONDAY: night, date(2035, 3, 6): course(20, 20, 20)}) == []


def test_nobody_opens_a_door_at_the_weekend() -> None:
    days = {date(2035, 3, 5 + number): course(10 - number, 10, 10) for number in range(7)}
    assert [each.day.day for each in quiet_days(days, weekend=(5, 6))] == [9, 8]


def room(*spare: int) -> list[tuple[int, int, int]]:
    """Half-hours from 9:00 on."""
    return [(540 + 30 * number, 30, each) for number, each in enumerate(spare)]


def test_certified_room_comes_before_quiet_days_that_are_not_certified_and_those_before_busier_ones() -> None:
    quiet, quieter, busy, busy_without_room = (date(2035, 3, 5 + number) for number in range(4))
    days = {quiet: course(9, 9, 9), quieter: course(8, 8, 8), busy: course(14, 14, 14), busy_without_room: course(15, 15, 15)}
    rooms = {quiet: room(0, 2, 2, 1), busy: room(1, 1), busy_without_room: room(0, 1, 0)}
    found = quiet_days(days, rooms=rooms)
    assert [(each.day, each.start, each.spare) for each in found] == [
        (quiet, time(9, 30), 2),
        (quieter, time(9, 0), None),
        (busy, time(9, 0), 1),
    ]


def test_a_quiet_day_that_is_certified_to_have_no_room_is_not_proposed() -> None:
    days = {MONDAY: course(8, 8, 8), date(2035, 3, 6): course(14, 14, 14)}
    assert quiet_days(days, rooms={MONDAY: room(0, 0, 0, 0)}) == []


def test_room_holds_only_for_time_that_is_certified_from_end_to_end() -> None:
    assert spare_in(room(2, 1, 3), 540, 600) == 1
    assert spare_in(room(2, 1, 3), 600, 630) == 3
    assert spare_in(room(2, 1, 3), 600, 660) == 0
    assert spare_in([], 540, 600) == 0
