"""A time zone as iCalendar writes it.

The library's own description of a zone lets summer time begin an hour late and lists single days, which several calendars do
not read. Here each change stands at its true local time, as a yearly rule where the zone has one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

HOUR = timedelta(hours=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """One change of a zone's clock. `local` is read on the clock before it."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


def described(tz: str, first: datetime, last: datetime) -> Timezone:
    """The zone from the year before `first` to the year after `last`."""
    found = Timezone()
    found.add("tzid", tz)
    changes = _changes(tz, first.year - 1, last.year + 2)
    for same in _grouped(changes):
        found.add_component(_part(same))
    if not changes:
        local = first.astimezone(ZoneInfo(tz))
        still = Change(datetime(1970, 1, 1), _offset(local), _offset(local), local.tzname() or tz, False)  # noqa: DTZ001
        found.add_component(_part([still]))
    return found


@cache
def _changes(tz: str, since: int, until: int) -> tuple[Change, ...]:
    """Every change of the clock from one year's beginning to another's; zones change on the quarter of an hour."""
    zone, found = ZoneInfo(tz), []
    at, end = datetime(since, 1, 1, tzinfo=UTC), datetime(until, 1, 1, tzinfo=UTC)
    while at < end:
        step = at + HOUR
        if _offset(at.astimezone(zone)) != _offset(step.astimezone(zone)):
            found.append(_change(zone, at))
        at = step
    return tuple(found)


def _change(zone: ZoneInfo, hour: datetime) -> Change:
    before = _offset(hour.astimezone(zone))
    quarters = (hour + timedelta(minutes=15 * step) for step in range(1, 5))
    at = next(each for each in quarters if _offset(each.astimezone(zone)) != before)
    after = at.astimezone(zone)
    return Change((at + before).replace(tzinfo=None), before, _offset(after), after.tzname() or "", bool(after.dst()))


def _grouped(changes: Sequence[Change]) -> list[list[Change]]:
    groups: dict[tuple[timedelta, timedelta, str, bool], list[Change]] = {}
    for each in changes:
        groups.setdefault((each.before, each.after, each.name, each.is_summer), []).append(each)
    return list(groups.values())


def _part(same: Sequence[Change]) -> TimezoneDaylight | TimezoneStandard:
    first = same[0]
    part = TimezoneDaylight() if first.is_summer else TimezoneStandard()
    part.add("dtstart", first.local)
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    part.add("tzname", first.name)
    if len(same) > 1:
        rule = _rule(same)
        part.add("rrule", rule) if rule else part.add("rdate", [each.local for each in same[1:]])
    return part


def _rule(same: Sequence[Change]) -> vRecur | None:
    """The yearly rule that gives all of them: the same weekday, counted from the start or the end of one month."""
    months = {(each.local.month, each.local.weekday(), each.local.time()) for each in same}
    years = [each.local.year for each in same]
    if len(months) != 1 or years != list(range(years[0], years[0] + len(years))):
        return None
    first = same[0].local
    for nth in ({(each.local.day - 1) // 7 + 1 for each in same}, {_from_end(each.local) for each in same}):
        if len(nth) == 1:
            return vRecur({"freq": "yearly", "bymonth": first.month, "byday": f"{nth.pop()}{WEEKDAYS[first.weekday()]}"})
    return None


def _from_end(day: datetime) -> int:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return -((following.date() - day.date()).days - 1) // 7 if (following.date() - day.date()).days > 7 else -1


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()
