"""Which days and hours to open a door in: quiet days first, in hours in which people are certified to be spare, if it is known.

A certificate says how many may leave a queue in each interval so that the day's goal is still met. Where there is none for a
day (it lies too far ahead, or nobody is planned yet), fewer contacts than usual are the next best reason.
"""

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

Course = Sequence[tuple[int, float]]
"""(minute of the day at which an interval begins, contacts)"""
Room = Sequence[tuple[int, int, int]]
"""(minute of the day at which an interval begins, its length, people who may leave)"""


@dataclass(frozen=True)
class QuietDay:
    """A day with the contacts expected on it and on the average day, and the best hour between morning and evening.

    `spare` is how many may leave the queues at any time of that hour; None where no certificate speaks for the day.
    """

    day: date
    start: time
    end: time
    expected: float
    average: float
    spare: int | None = None

    @property
    def is_quiet(self) -> bool:
        return self.expected < self.average * QUIETER


def quiet_days(
    courses: Mapping[date, Course], weekend: Sequence[int] = (), rooms: Mapping[date, Room] | None = None
) -> list[QuietDay]:
    """Quiet working days on which people are certified to be spare first, then quiet ones of which that is not known yet, then
    busier ones with room; in each the quietest first, six at most. A day that is certified to have no room is left out.

    `courses` holds for each day the contacts expected in each interval; `weekend` the weekdays (0 Monday) on which no host is
    there; `rooms` the certified room of each day that has a certificate.
    """
    working = {day: course for day, course in courses.items() if day.weekday() not in weekend}
    totals = {day: sum(contacts for _minute, contacts in course) for day, course in working.items()}
    open_days = {day: total for day, total in totals.items() if total > 0}
    if not open_days:
        return []
    average = sum(open_days.values()) / len(open_days)
    known = rooms or {}
    found = [
        each
        for day, total in open_days.items()
        if total >= HARDLY_OPEN * average and (each := _best(day, courses[day], total, average, known.get(day)))
    ]
    return sorted(found, key=lambda each: (_rank(each), each.expected, each.day))[:MOST]


def _rank(found: QuietDay) -> int:
    if found.is_quiet:
        return 0 if found.spare else 1
    return 2


def _best(day: date, course: Course, total: float, average: float, room: Room | None) -> QuietDay | None:
    hours = _hours(course)
    if room is None:
        start = min(hours, key=lambda hour: (hours[hour], hour), default=None) if total < average * QUIETER else None
        return None if start is None else QuietDay(day, _clock(start), _clock(start + OPEN_MINUTES), total, average)
    spare = {hour: found for hour in hours if (found := spare_in(room, hour, hour + OPEN_MINUTES))}
    start = min(spare, key=lambda hour: (-spare[hour], hours[hour], hour), default=None)
    if start is None:
        return None
    return QuietDay(day, _clock(start), _clock(start + OPEN_MINUTES), total, average, spare[start])


def spare_in(room: Room, start: int, end: int) -> int:
    """How many may leave at any time between two minutes of the day: none where not all of that time is certified."""
    within = [(minute, length, spare) for minute, length, spare in room if minute < end and minute + length > start]
    certified = sum(min(minute + length, end) - max(minute, start) for minute, length, _spare in within)
    return min((spare for _minute, _length, spare in within), default=0) if certified >= end - start else 0


def _hours(course: Course) -> dict[int, float]:
    """The contacts of each hour in which somebody is there for customers, by the minute at which it begins."""
    steps = sorted(course)
    length = min((later - earlier for (earlier, _), (later, _) in pairwise(steps)), default=OPEN_MINUTES)
    by_minute = dict(steps)
    busy = {minute for minute, contacts in steps if contacts > 0}
    return {
        start: sum(by_minute.get(minute, 0.0) for minute in range(start, start + OPEN_MINUTES, length))
        for start in range(EARLIEST, LATEST - OPEN_MINUTES + 1, 30)
        if {start, start + OPEN_MINUTES - length} <= busy
    }


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
