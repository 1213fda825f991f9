"""When placed time takes place: pure arithmetic on the clock of its zone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rhythm:
    """When a block takes place: see models.Placed, whose fields these are."""

    starts_at: datetime
    minutes: int
    tz: str
    weekdays: Sequence[int] = ()
    until: date | None = None
    skipped: frozenset[date] = frozenset()
    moved: Mapping[date, tuple[datetime, int]] | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.tz)

    @property
    def first_day(self) -> date:
        return self.starts_at.astimezone(self.zone).date()

    @property
    def time_of_day(self) -> time:
        return self.starts_at.astimezone(self.zone).time()


@dataclass(frozen=True)
class Occurrence:
    """One time that it takes place; `day` is the day on which it belongs, even when it was moved to another."""

    day: date
    starts_at: datetime
    ends_at: datetime


def local_start(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant of a time of day on a day. In the hour that a spring night leaves out it is the hour after; in the hour that
    an autumn night has twice it is the first one."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def first_on(day: date, at: time, tz: str, weekdays: Sequence[int] = ()) -> datetime:
    """The first start from `day` on that falls on one of the weekdays."""
    while weekdays and day.weekday() not in weekdays:
        day += DAY
    return local_start(day, at, ZoneInfo(tz))


def days_of(rhythm: Rhythm, first: date, last: date) -> Iterator[date]:
    """The days between `first` and `last` on which it belongs, skipped ones included."""
    if not rhythm.weekdays:
        if first <= rhythm.first_day <= last:
            yield rhythm.first_day
        return
    day = max(first, rhythm.first_day)
    end = min(last, rhythm.until) if rhythm.until else last
    while day <= end:
        if day.weekday() in rhythm.weekdays:
            yield day
        day += DAY


def on_day(rhythm: Rhythm, day: date) -> Occurrence | None:
    """What takes place for a day on which it belongs; None when that day is skipped."""
    if day in rhythm.skipped:
        return None
    if rhythm.moved and day in rhythm.moved:
        starts, minutes = rhythm.moved[day]
        return Occurrence(day, starts, starts + timedelta(minutes=minutes))
    starts = local_start(day, rhythm.time_of_day, rhythm.zone) if rhythm.weekdays else rhythm.starts_at
    return Occurrence(day, starts, starts + timedelta(minutes=rhythm.minutes))


def between(rhythm: Rhythm, since: datetime, until: datetime) -> list[Occurrence]:
    """Every time that begins before `until` and ends after `since`."""
    first, last = since.astimezone(rhythm.zone).date() - DAY, until.astimezone(rhythm.zone).date() + DAY
    days = {*days_of(rhythm, first, last), *(rhythm.moved or {})}
    found = [occurrence for day in sorted(days) if (occurrence := on_day(rhythm, day))]
    return sorted((each for each in found if each.starts_at < until and each.ends_at > since), key=lambda each: each.starts_at)


def is_over(rhythm: Rhythm, now: datetime) -> bool:
    """Whether nothing of it lies ahead."""
    if rhythm.weekdays and rhythm.until is None:
        return False
    last = rhythm.until if rhythm.weekdays and rhythm.until else rhythm.first_day
    furthest = max([last, *(starts.date() + DAY for starts, _minutes in (rhythm.moved or {}).values())])
    return not between(rhythm, now, datetime.combine(furthest + 2 * DAY, time(), UTC))
