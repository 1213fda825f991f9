"""Writing in the calendar: events, and which public holidays the site keeps. Every step can be undone."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from floorwalker.web.accounts.actions.doing import actor, require
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.events.models import Event, HolidayChange
from floorwalker.web.events.queries import Holiday
from floorwalker.web.events.rules import may_change_events
from floorwalker.web.events.signals import events_changed
from floorwalker.web.journal.actions import Facts, write

FACTS = ("kind", "name", "queue", "first", "last")


@transaction.atomic
def add_event(site: Site, facts: Mapping[str, Any], now: datetime, by: Viewer) -> Event:
    """A new event; `facts` as in `FACTS`."""
    require(may_change_events(by) and by.site == site)
    event = Event.objects.create(site=site, by=by.user, at=now, **facts)
    write(actor(by), "event.added", event.name, facts=_facts(event))
    _tell(event.site, _touched(event))
    return event


@transaction.atomic
def change_event(event: Event, facts: Mapping[str, Any], by: Viewer) -> Event:
    """Other facts of an event; what they were is kept for undoing."""
    require(may_change_events(by) and by.site == event.site)
    before = _facts(event)
    for name in FACTS:
        setattr(event, name, facts[name])
    if _facts(event) != before:
        event.before = before
        event.save()
        write(actor(by), "event.changed", event.name, facts=_facts(event))
        _tell(event.site, _touched(event))
    return event


@transaction.atomic
def remove_event(event: Event, by: Viewer) -> None:
    """Takes an event out of the calendar."""
    require(may_change_events(by) and by.site == event.site)
    event.removed = True
    event.save()
    write(actor(by), "event.removed", event.name, facts=_facts(event))
    _tell(event.site, _touched(event))


@transaction.atomic
def undo_event(event: Event, by: Viewer) -> None:
    """Takes the last step about an event back: its removal, its change, or that it was added at all."""
    require(may_change_events(by) and by.site == event.site)
    if event.removed:
        event.removed = False
    elif event.before is None:
        event.removed = True
    else:
        now = _facts(event)
        for name, value in event.before.items():
            setattr(event, name, date.fromisoformat(value) if name in ("first", "last") else value)
        event.before = now
    event.save()
    write(actor(by), "event.undone", event.name, facts=_facts(event))
    _tell(event.site, _touched(event))


@transaction.atomic
def keep_holiday(site: Site, holiday: Holiday, kept_on: date | None, by: Viewer) -> None:
    """A holiday is kept on `kept_on`: on its own day again, on another one, or (None) not at all."""
    day = holiday.day
    require(may_change_events(by) and by.site == site)
    facts: Facts = {"day": day.isoformat(), "to": kept_on.isoformat() if kept_on else ""}
    if kept_on == day:
        HolidayChange.objects.filter(site=site, day=day).delete()
        write(actor(by), "holiday.put_back", holiday.name, facts=facts)
    else:
        HolidayChange.objects.update_or_create(site=site, day=day, defaults={"moved_to": kept_on})
        if kept_on:
            write(actor(by), "holiday.moved", holiday.name, facts=facts)
        else:
            write(actor(by), "holiday.hidden", holiday.name, facts=facts)
    _tell(site)


def _tell(site: Site, queues: frozenset[str] = frozenset()) -> None:
    """What was known of days is stale for those who listen."""
    transaction.on_commit(partial(events_changed.send, sender=Site, site=site, queues=queues))


def _touched(event: Event) -> frozenset[str]:
    """The queue that an event is about, and was about before; none when it is or was about all of them."""
    queues = {event.queue, (event.before or {}).get("queue", event.queue)}
    return frozenset() if "" in queues else frozenset(queues)


def _facts(event: Event) -> Facts:
    return {name: value.isoformat() if isinstance(value := getattr(event, name), date) else value for name in FACTS}
