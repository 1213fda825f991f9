"""What a copy of placed time says after its owner had it in hands: moved, cut short, single days taken out, declined.

Only what placed time can be is read: once, or weekly on some weekdays. Anything else (every second week, another zone's clock)
is told apart, never guessed at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from floorwalker.web.calendars.times import DAY, Rhythm, between, days_of, local_start
from floorwalker.web.calendars.zone import WEEKDAYS

SEEN_AHEAD = timedelta(days=400)
"""Two rhythms are the same when everything in this time is; summer time has come and gone by then."""
Part = Any
"""An event, as icalendar read it."""
PLAIN = {"FREQ", "BYDAY", "UNTIL", "WKST", "INTERVAL"}


@dataclass(frozen=True)
class Copy:
    """`rhythm` is None when it takes place in a way that placed time does not know."""

    is_gone: bool = False
    rhythm: Rhythm | None = None


GONE, OTHERWISE = Copy(is_gone=True), Copy()


def read(text: str, uid: str, tz: str) -> Copy:
    """The copy with this identity in an object of a calendar server, on the clock of `tz`."""
    try:
        events = [each for each in Calendar.from_ical(text).walk("VEVENT") if str(each.get("UID")) == uid]
        main = next((each for each in events if "RECURRENCE-ID" not in each), None)
        if main is None or _is_off(main):
            return GONE
        return Copy(rhythm=_rhythm(main, [each for each in events if each is not main], tz))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return OTHERWISE


def takes_place_alike(one: Rhythm, other: Rhythm, now: datetime) -> bool:
    """Whether the same times lie ahead, however the two are written."""
    until = now + SEEN_AHEAD
    return _times(one, now, until) == _times(other, now, until)


def _times(rhythm: Rhythm, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    return [(each.starts_at, each.ends_at) for each in between(rhythm, since, until)]


def _is_off(event: Part) -> bool:
    """Cancelled, or declined by whoever it was sent to."""
    guests = event.get("ATTENDEE", [])
    answers = {str(each.params.get("PARTSTAT", "")) for each in (guests if isinstance(guests, list) else [guests])}
    return str(event.get("STATUS", "")) == "CANCELLED" or answers == {"DECLINED"}


def _rhythm(main: Part, others: Sequence[Part], tz: str) -> Rhythm | None:
    zone = ZoneInfo(tz)
    starts, minutes = _start(main, zone), _minutes(main, zone)
    rule = main.get("RRULE")
    if rule is None:
        return Rhythm(starts, minutes, tz)
    weekdays = _weekdays(rule, starts.astimezone(zone))
    if weekdays is None or not _keeps_time(main, zone):
        return None
    until = rule.get("UNTIL")
    last = _day(until[0], zone) if until else None
    skipped = {_day(each.dt, zone) for each in _listed(main.get("EXDATE"))}
    rhythm = Rhythm(starts, minutes, tz, weekdays, last)
    moved = {}
    for each in others:
        day = _day(each["RECURRENCE-ID"].dt, zone)
        if _is_off(each):
            skipped.add(day)
        elif (time := (_start(each, zone), _minutes(each, zone))) != (
            local_start(day, rhythm.time_of_day, zone),
            minutes,
        ):
            moved[day] = time
    known = set(days_of(rhythm, rhythm.first_day, max({*skipped, *moved}, default=rhythm.first_day)))
    return Rhythm(
        starts,
        minutes,
        tz,
        weekdays,
        last,
        frozenset(skipped & known - moved.keys()),
        {day: moved[day] for day in moved.keys() & known},
    )


def _weekdays(rule: dict[str, list[Any]], starts: datetime) -> tuple[int, ...] | None:
    """The weekdays of a rule that says no more than that; None otherwise."""
    named = [str(each) for each in rule.get("BYDAY", [])]
    frequency = [str(each) for each in rule["FREQ"]]
    if set(rule) - PLAIN or rule.get("INTERVAL", [1]) != [1] or any(each not in WEEKDAYS for each in named):
        return None
    if frequency == ["DAILY"]:
        return tuple(sorted(WEEKDAYS.index(each) for each in named)) or tuple(range(7))
    if frequency == ["WEEKLY"]:
        return tuple(sorted(WEEKDAYS.index(each) for each in named)) or (starts.weekday(),)
    return None


def _keeps_time(event: Part, zone: ZoneInfo) -> bool:
    """Whether the clock that it follows goes as the zone's does, all through the year."""
    own = _stamp(event["DTSTART"].dt, zone).tzinfo
    local = _start(event, zone).astimezone(own)
    wall = [local.replace(tzinfo=None) + each * 28 * DAY for each in range(14)]
    return all(each.replace(tzinfo=own).utcoffset() == each.replace(tzinfo=own).astimezone(zone).utcoffset() for each in wall)


def _start(event: Part, zone: ZoneInfo) -> datetime:
    return _stamp(event["DTSTART"].dt, zone).astimezone(UTC)


def _minutes(event: Part, zone: ZoneInfo) -> int:
    if "DURATION" in event:
        length: timedelta = event["DURATION"].dt
    else:
        length = _stamp(event["DTEND"].dt, zone).astimezone(UTC) - _start(event, zone)
    return round(length.total_seconds() / 60)


def _stamp(given: datetime | date, zone: ZoneInfo) -> datetime:
    """A whole day is no placed time; a time without a zone is one of the owner's own clock."""
    if not isinstance(given, datetime):
        raise TypeError("a whole day")
    return given if given.tzinfo else given.replace(tzinfo=zone)


def _day(given: datetime | date, zone: ZoneInfo) -> date:
    return _stamp(given, zone).astimezone(zone).date() if isinstance(given, datetime) else given


def _listed(exceptions: Any) -> Iterable[Any]:
    several = exceptions if isinstance(exceptions, list) else [exceptions] if exceptions else []
    return [each for one in several for each in one.dts]
