"""The calendar of events: read it, add to it, change it, take the last step back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.doors import open_to
from floorwalker.web.accounts.views.asking import REFUSED, back
from floorwalker.web.events import actions, wording
from floorwalker.web.events.forms import EventForm, MoveForm
from floorwalker.web.events.models import Event
from floorwalker.web.events.page import events_page
from floorwalker.web.events.queries import holidays_between
from floorwalker.web.events.rules import may_change_events, may_open_events

FARTHEST = timedelta(days=365 * 30)


@require_GET
@open_to(may_open_events)
def events(request: Any) -> HttpResponse:
    """Half a year before and after today, or the day in the address; after a step, with the way back."""
    site = request.viewer.site
    today = datetime.now(UTC).astimezone(ZoneInfo(site.tz)).date()
    around = _day(request.GET.get("around", ""), today)
    given = request.GET.get("told", "")
    may_change = may_change_events(request.viewer)
    last = Event.objects.filter(site=site, pk=given).first() if may_change and given.isascii() and given.isdigit() else None
    facts = {
        "page": events_page(site, around, today, request.reader),
        "may_change": may_change,
        "told": wording.told(last) if last else "",
        "undo": str(last.pk) if last else "",
        "move": MoveForm(auto_id=False),
    }
    return render(request, "events/events.html", facts)


def _day(given: str, today: date) -> date:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return today
    return day if abs(day - today) < FARTHEST else today


@open_to(may_change_events)
def add(request: Any) -> HttpResponse:
    """A new event."""
    form = EventForm(request.viewer.site, request.POST or None)
    if request.method == "POST" and form.is_valid():
        event = actions.add_event(request.viewer.site, form.cleaned_data, datetime.now(UTC), request.viewer)
        return _told(event)
    return render(request, "events/event_form.html", {"form": form}, status=REFUSED if form.errors else 200)


@open_to(may_change_events)
def change(request: Any, pk: int) -> HttpResponse:
    """Other facts of an event."""
    event = get_object_or_404(Event, pk=pk, site=request.viewer.site, removed=False)
    form = EventForm(event.site, request.POST) if request.method == "POST" else EventForm.of(event)
    if request.method == "POST" and form.is_valid():
        return _told(actions.change_event(event, form.cleaned_data, request.viewer))
    facts = {"form": form, "name": event.name}
    return render(request, "events/event_form.html", facts, status=REFUSED if form.errors else 200)


@require_POST
@open_to(may_change_events)
def remove(request: Any, pk: int) -> HttpResponse:
    """Takes an event out."""
    event = get_object_or_404(Event, pk=pk, site=request.viewer.site)
    actions.remove_event(event, request.viewer)
    return _told(event)


@require_POST
@open_to(may_change_events)
def undo(request: Any, pk: int) -> HttpResponse:
    """Takes the last step about an event back."""
    event = get_object_or_404(Event, pk=pk, site=request.viewer.site)
    actions.undo_event(event, request.viewer)
    return back(request, gettext("Taken back."), "events")


def _told(event: Event) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('events')}?told={event.pk}")


@require_POST
@open_to(may_change_events)
def holiday(request: Any, day: str) -> HttpResponse:
    """Hides a public holiday, moves it to the day given, or puts it back."""
    site = request.viewer.site
    own = _day(day, datetime.now(UTC).date())
    found = next((each for each in holidays_between(site, own, own) if each.day == own), None)
    if found is None:
        raise Http404
    step, form = request.POST.get("step", ""), MoveForm(request.POST)
    if step == "move" and not form.is_valid():
        return back(request, gettext("Nothing was moved: the day could not be read."), "events")
    kept_on = {"hide": None, "move": form.cleaned_data.get("to") if form.is_valid() else None}.get(step, own)
    actions.keep_holiday(site, found, kept_on, request.viewer)
    words = {
        "hide": gettext("The site works on this holiday as on any day. It can be put back below."),
        "move": gettext("The site keeps this holiday on the other day. It can be put back below."),
    }
    return back(request, words.get(step, gettext("The holiday is back on its own day.")), "events")
