"""Placed time as iCalendar: an invitation by mail (iTIP), an object on a calendar server, a feed to subscribe to."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vRecur, vText

from floorwalker import __version__
from floorwalker.web.calendars.models import Placed
from floorwalker.web.calendars.times import Rhythm, days_of, local_start, on_day
from floorwalker.web.calendars.wording import Words
from floorwalker.web.calendars.zone import WEEKDAYS, described

HOST = "floorwalker"
FEED_FRESH = timedelta(hours=1)


def rhythm_of(placed: Placed) -> Rhythm:
    """When it takes place."""
    moved = {
        date.fromisoformat(day): (datetime.fromisoformat(starts), int(minutes))
        for day, (starts, minutes) in placed.moved.items()
    }
    return Rhythm(
        starts_at=placed.starts_at,
        minutes=placed.minutes,
        tz=placed.tz,
        weekdays=tuple(placed.weekdays),
        until=placed.until,
        skipped=frozenset(date.fromisoformat(day) for day in placed.skipped),
        moved=moved,
    )


def uid_of(placed: Placed) -> str:
    """How calendars know it; the same on every way, so that a calendar reached twice shows it once."""
    return f"{placed.uid}@{HOST}"


def mailed(placed: Placed, words: Words, to: str, now: datetime, is_own: bool) -> bytes:
    """An iTIP message: REQUEST for a new or changed time, CANCEL when it is off. `is_own`: the guest placed it themselves."""
    method = "CANCEL" if placed.is_cancelled else "REQUEST"
    calendar = _calendar(method)
    for event in _events(placed, words, now):
        _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
        organizer = vCalAddress(f"mailto:{sender}")
        organizer.params["CN"] = vText(placed.site.name)
        event.add("organizer", organizer)
        guest = vCalAddress(f"mailto:{to}")
        guest.params.update(
            {
                "ROLE": "REQ-PARTICIPANT",
                "RSVP": "TRUE" if settings.READS_ANSWERS else "FALSE",
                "PARTSTAT": "ACCEPTED" if is_own else "NEEDS-ACTION",
            }
        )
        event.add("attendee", guest)
        calendar.add_component(event)
    _describe_zones(calendar, [placed])
    return bytes(calendar.to_ical())


def stored(placed: Placed, words: Words, now: datetime) -> bytes:
    """What a calendar server keeps. It names no organizer and no guest, so that the server sends no mail of its own."""
    calendar = _calendar("")
    for event in _events(placed, words, now):
        calendar.add_component(event)
    _describe_zones(calendar, [placed])
    return bytes(calendar.to_ical())


def feed(standing: Iterable[tuple[Placed, Words]], name: str, now: datetime) -> bytes:
    """All of a person's placed time, to subscribe to."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", FEED_FRESH, {"VALUE": "DURATION"})
    every = list(standing)
    for placed, words in every:
        for event in _events(placed, words, now):
            calendar.add_component(event)
    _describe_zones(calendar, [placed for placed, _words in every])
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//Floorwalker//Floorwalker {__version__}//EN")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    return calendar


def _events(placed: Placed, words: Words, now: datetime) -> Iterable[Event]:
    """The time itself, and one more event for each day that was moved: in UTC, for an hour may come twice on the clock."""
    rhythm, zone = rhythm_of(placed), ZoneInfo(placed.tz)
    ends_at = rhythm.starts_at + timedelta(minutes=rhythm.minutes)
    if not rhythm.weekdays:
        found = on_day(rhythm, rhythm.first_day)
        starts, ends = (found.starts_at, found.ends_at) if found else (rhythm.starts_at, ends_at)
        yield _event(placed, words, now, starts.astimezone(UTC), ends.astimezone(UTC))
        return
    series = _event(placed, words, now, rhythm.starts_at.astimezone(zone), ends_at.astimezone(zone))
    series.add("rrule", _rule(rhythm, zone))
    for day in sorted(rhythm.skipped):
        series.add("exdate", local_start(day, rhythm.time_of_day, zone).astimezone(zone))
    yield series
    for day in sorted(rhythm.moved or {}):
        if (found := on_day(rhythm, day)) is not None:
            one = _event(placed, words, now, found.starts_at.astimezone(UTC), found.ends_at.astimezone(UTC))
            one.add("recurrence-id", local_start(day, rhythm.time_of_day, zone).astimezone(zone))
            yield one


def _event(placed: Placed, words: Words, now: datetime, starts: datetime, ends: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(placed))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("created", placed.made_at.astimezone(UTC))
    event.add("last-modified", placed.changed_at.astimezone(UTC))
    event.add("sequence", placed.sequence)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", words.summary)
    if words.description:
        event.add("description", words.description)
    event.add("status", "CANCELLED" if placed.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if placed.is_cancelled else "OPAQUE")
    event.add("class", "PRIVATE" if placed.private else "PUBLIC")
    event.add("x-microsoft-cdo-busystatus", "FREE" if placed.is_cancelled else "BUSY")
    return event


def _rule(rhythm: Rhythm, zone: ZoneInfo) -> vRecur:
    rule = {"freq": "weekly", "byday": [WEEKDAYS[day] for day in sorted(rhythm.weekdays)]}
    if rhythm.until:
        last = max(days_of(rhythm, rhythm.first_day, rhythm.until), default=rhythm.first_day)
        return vRecur({**rule, "until": local_start(last, rhythm.time_of_day, zone).astimezone(UTC)})
    return vRecur(rule)


def _describe_zones(calendar: Calendar, every: Iterable[Placed]) -> None:
    """Describes each zone that a weekly time stands in; single times are written in UTC and need none."""
    spans: dict[str, list[date]] = {}
    for placed in every:
        if placed.weekdays:
            spans.setdefault(placed.tz, []).extend((placed.starts_at.date(), placed.until or placed.starts_at.date()))
    for tz, days in spans.items():
        first, last = (datetime.combine(day, time(), UTC) for day in (min(days), max(days)))
        calendar.subcomponents.insert(0, described(tz, first, last))
