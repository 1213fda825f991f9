"""The page of unplanned blocks, written for its reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from floorwalker.web.calendars import pages as calendars
from floorwalker.web.calendars.invitation import rhythm_of
from floorwalker.web.calendars.models import Placed
from floorwalker.web.calendars.queries import ahead_of, ways_of
from floorwalker.web.calendars.times import Occurrence, between
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.routines import wording
from floorwalker.web.routines.courses import Week, week_ahead
from floorwalker.web.routines.models import UNPLANNED
from floorwalker.web.routines.peaks import Peak, peaks
from floorwalker.web.ui.reader import Reader

LISTED = timedelta(days=35)


@dataclass(frozen=True)
class Kept:
    """Unplanned time of a usual week: minutes, and the part of the week's contacts that come then."""

    minutes: float
    contacts: float
    share: float


@dataclass(frozen=True)
class Row:
    """One weekday: when its peak is, and what comes then."""

    weekday: str
    peak: str
    contacts: str


@dataclass(frozen=True)
class Page:
    """Everything on the page but the form."""

    sentence: str
    lede: str
    proposed: tuple[Peak, ...]
    rows: tuple[Row, ...]
    placed: tuple[calendars.Card, ...]
    kept_on: frozenset[int]
    has_a_way: bool


@dataclass(frozen=True)
class Day:
    """One coming day of a block, which may be skipped."""

    day: str
    words: str


def block_page(desk: Desk, now: datetime, reader: Reader) -> Page:
    """The peaks of a usual week, and what is kept free of them."""
    user = desk.viewer.user
    week = week_ahead(desk, desk.viewer.on)
    found = peaks(week.curves)
    standing = ahead_of(user, now, UNPLANNED)
    kept = kept_in(week, standing)
    ways = ways_of(user)
    in_order = sorted(found, key=lambda peak: (peak.weekday - reader.week_start) % 7)
    return Page(
        sentence=wording.head(kept.minutes, kept.share, found, week.total, reader),
        lede=wording.lede(week.is_forecast, found),
        proposed=tuple(in_order),
        rows=tuple(_row(peak, reader) for peak in in_order),
        placed=calendars.ahead(user, reader, now, UNPLANNED),
        kept_on=frozenset(day for each in standing for day in each.weekdays),
        has_a_way=bool(ways.chosen or ways.feed_digest),
    )


def _row(peak: Peak, reader: Reader) -> Row:
    return Row(reader.weekday(peak.weekday), wording.span(peak.start, peak.end, reader), wording.of_the_day(peak, reader))


def kept_in(week: Week, placed: Sequence[Placed]) -> Kept:
    """What blocks keep free of a usual week."""
    minutes = contacts = 0.0
    for each in placed:
        rhythm = rhythm_of(each)
        start = rhythm.time_of_day.hour * 60 + rhythm.time_of_day.minute
        for weekday in rhythm.weekdays:
            minutes += rhythm.minutes
            curve = week.curves.get(weekday)
            contacts += curve.between(start, start + rhythm.minutes) if curve else 0.0
    return Kept(minutes, contacts, contacts / week.total if week.total else 0.0)


def coming_days(placed: Placed, now: datetime, reader: Reader) -> list[Day]:
    """The days of a block in the next five weeks."""
    zone = rhythm_of(placed).zone
    return [_day(each, zone, reader) for each in between(rhythm_of(placed), now, now + LISTED)]


def _day(each: Occurrence, zone: object, reader: Reader) -> Day:
    starts, ends = (at.astimezone(zone) for at in (each.starts_at, each.ends_at))  # type: ignore[arg-type]
    words = {"day": reader.day(starts.date(), "full"), "from": reader.time(starts), "to": reader.time(ends)}
    return Day(each.day.isoformat(), gettext("%(day)s, %(from)s to %(to)s") % words)
