"""The calendar of events, written for one reader."""

from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.web.accounts.models import Site
from floorwalker.web.events import wording
from floorwalker.web.events.models import Event
from floorwalker.web.events.queries import Holiday, events_between, holidays_between
from floorwalker.web.ui.reader import Reader

HALF = timedelta(days=182)
AHEAD = timedelta(days=28)


@dataclass(frozen=True)
class EventLine:
    """One event of the list."""

    pk: str
    name: str
    kind: str
    place: str
    days: str
    by: str


@dataclass(frozen=True)
class HolidayLine:
    """One public holiday: its own day (for the address and in words), and where the site keeps it instead."""

    key: str
    name: str
    day: str
    is_hidden: bool
    moved_to: str


@dataclass(frozen=True)
class EventsPage:
    """Everything on the page; `earlier` and `later` are the days around which its neighbours lie."""

    sentence: str
    events: tuple[EventLine, ...]
    holidays: tuple[HolidayLine, ...]
    country_known: bool
    span: str
    earlier: str
    later: str


def events_page(site: Site, around: date, today: date, reader: Reader) -> EventsPage:
    """Half a year before and after a day."""
    first, last = around - HALF, around + HALF
    soon = events_between(site, today, today + AHEAD)
    free = [each for each in holidays_between(site, today, today + AHEAD) if each.kept_on and today <= each.kept_on]
    return EventsPage(
        sentence=wording.head(len(soon), len(free), reader),
        events=tuple(_event(each, reader) for each in reversed(events_between(site, first, last))),
        holidays=tuple(_holiday(each, reader) for each in holidays_between(site, first, last, reader.language)),
        country_known=bool(site.country),
        span=wording.days(first, last, reader),
        earlier=(around - 2 * HALF).isoformat(),
        later=(around + 2 * HALF).isoformat(),
    )


def _event(event: Event, reader: Reader) -> EventLine:
    return EventLine(
        pk=str(event.pk),
        name=event.name,
        kind=str(Event.Kind(event.kind).label),
        place=wording.place(event),
        days=wording.days(event.first, event.last, reader),
        by=str(event.by) if event.by else "",
    )


def _holiday(each: Holiday, reader: Reader) -> HolidayLine:
    return HolidayLine(
        key=each.day.isoformat(),
        name=each.name,
        day=reader.day(each.day, "full"),
        is_hidden=each.kept_on is None,
        moved_to=reader.day(each.kept_on, "full") if each.kept_on and each.is_changed else "",
    )
