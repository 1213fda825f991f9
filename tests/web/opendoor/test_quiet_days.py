"""Which days are proposed for an open door."""

from datetime import date, time

from floorwalker.web.opendoor.quiet_days import quiet_days

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
