"""The calendar's sentences."""

from datetime import date

from django.utils.translation import gettext, ngettext, pgettext

from floorwalker.web.events.models import Event
from floorwalker.web.ui.reader import Reader


def head(events: int, holidays: int, reader: Reader) -> str:
    """What lies ahead, in one sentence."""
    if not events and not holidays:
        return gettext("No event and no public holiday in the next four weeks.")
    numbers = {"n": reader.number(holidays), "events": reader.number(events)}
    if not events:
        return _free_days(holidays) % numbers
    if not holidays:
        return ngettext("One event in the next four weeks.", "%(events)s events in the next four weeks.", events) % numbers
    return gettext("In the next four weeks, events: %(events)s, public holidays: %(n)s.") % numbers


def _free_days(count: int) -> str:
    return ngettext("One public holiday in the next four weeks.", "%(n)s public holidays in the next four weeks.", count)


def days(first: date, last: date, reader: Reader) -> str:
    """One day, or from the first to the last."""
    if first == last:
        return reader.day(first, "long")
    return gettext("%(first)s to %(last)s") % {"first": reader.day(first, "long"), "last": reader.day(last, "long")}


def place(event: Event) -> str:
    """Its queue, or the whole site."""
    return f"\u2068{event.queue}\u2069" if event.queue else pgettext("beside the names of queues", "Whole site")


def told(event: Event) -> str:
    """The last step about an event, in words that stand beside the button which takes it back."""
    name = {"name": f"\u2068{event.name}\u2069"}
    if event.removed:
        return gettext("%(name)s is no longer in the calendar.") % name
    if event.before is None:
        return gettext("%(name)s is in the calendar now.") % name
    return gettext("%(name)s is changed.") % name
