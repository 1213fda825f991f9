"""Which days to open a door on: those with fewer contacts than usual, in the hours in which people can best be spared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

QUIETER = 0.99
"""A day is quiet when it brings less than this share of the average day."""
HARDLY_OPEN = 0.35
"""Below this share it is a holiday or a day on which few are at work: nobody would come."""
MOST = 6
EARLIEST, LATEST = 9 * 60, 17 * 60
"""Between these times most people of a shift are there, and so is the host."""
OPEN_MINUTES = 60


@dataclass(frozen=True)
class QuietDay:
    """A day with the contacts expected on it and on the average day, and the quietest hour between morning and evening."""

    day: date
    start: time
    end: time
    expected: float
    average: float


def quiet_days(courses: Mapping[date, Sequence[tuple[int, float]]], weekend: Sequence[int] = ()) -> list[QuietDay]:
    """The quietest working days first, six at most.

    `courses` holds for each day the contacts expected in each interval, as (minute of the day at which it begins, contacts);
    `weekend` the weekdays (0 Monday) on which no host is there.
    """
    working = {day: course for day, course in courses.items() if day.weekday() not in weekend}
    totals = {day: sum(contacts for _minute, contacts in course) for day, course in working.items()}
    open_days = {day: total for day, total in totals.items() if total > 0}
    if not open_days:
        return []
    average = sum(open_days.values()) / len(open_days)
    shares = {day: total / average for day, total in open_days.items()}
    quiet = sorted((day for day, share in shares.items() if HARDLY_OPEN <= share < QUIETER), key=lambda day: (shares[day], day))
    found = [(day, _quietest_hour(courses[day])) for day in quiet]
    return [
        QuietDay(day, _clock(start), _clock(start + OPEN_MINUTES), totals[day], average)
        for day, start in found
        if start is not None
    ][:MOST]


def _quietest_hour(course: Sequence[tuple[int, float]]) -> int | None:
    """The minute at which the hour with the fewest contacts begins, of those hours in which somebody is there for customers."""
    steps = sorted(course)
    length = min((later - earlier for (earlier, _), (later, _) in pairwise(steps)), default=OPEN_MINUTES)
    by_minute = dict(steps)
    busy = {minute for minute, contacts in steps if contacts > 0}
    hours = {
        start: [by_minute.get(minute, 0.0) for minute in range(start, start + OPEN_MINUTES, length)]
        for start in range(EARLIEST, LATEST - OPEN_MINUTES + 1, 30)
        if {start, start + OPEN_MINUTES - length} <= busy
    }
    return min(hours, key=lambda start: (sum(hours[start]), start), default=None)


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
