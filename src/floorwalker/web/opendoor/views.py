"""The open door: for guests to take a slot, for hosts to open it, tell about it and see who comes."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.accounts.models import Person
from floorwalker.web.accounts.views.asking import REFUSED, found, reader_of, site_of, viewer_of
from floorwalker.web.opendoor import actions, new_page, pages, queries, rules
from floorwalker.web.opendoor.forms import DoorForm, OutcomeForm
from floorwalker.web.opendoor.models import Booking, Opening, Slot
from floorwalker.web.opendoor.wording import sentence


@require_GET
@open_to(rules.may_come)
def doors(request: HttpRequest) -> HttpResponse:
    """Doors to come and the viewer's own times; for hosts also who has never come, as numbers."""
    page = pages.doors_page(viewer_of(request), reader_of(request), datetime.now(UTC))
    return render(request, "opendoor/doors.html", {"page": page})


@open_to(rules.may_open_doors)
def new(request: HttpRequest) -> HttpResponse:
    """Quiet days to choose from, and the hours of one."""
    viewer, reader, now = viewer_of(request), reader_of(request), datetime.now(UTC)
    form = DoorForm(viewer, reader, request.POST or None, initial=new_page.chosen(request.GET.dict()))
    if request.method == "POST" and form.is_valid():
        try:
            opening = new_page.planned(form, viewer, now)
        except NotDone as problem:
            form.add_error(None, sentence(problem))
        else:
            messages.success(request, gettext("The door is planned. Nobody knows yet: announce it when the hours are right."))
            return redirect("open-door-day", opening.pk)
    facts = {"form": form, "proposed": new_page.proposed(site_of(request), reader, viewer.on)}
    return render(request, "opendoor/new.html", facts, status=REFUSED if form.errors else 200)


@require_GET
@open_to(rules.may_come)
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """One open door: free slots for guests, for the host who comes and what became of it."""
    viewer, now = viewer_of(request), datetime.now(UTC)
    door = found(queries.door(viewer, pk, now))
    page = pages.door_page(door, viewer, reader_of(request))
    return render(request, "opendoor/day.html", {"page": page, "sends_mail": settings.SENDS_MAIL})


@require_POST
@open_to(rules.may_open_doors)
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Tells everybody who may come."""
    opening, viewer, now = _opening(request, pk), viewer_of(request), datetime.now(UTC)

    def told() -> str:
        count = actions.announce(opening, viewer, now)
        facts = {"people": reader_of(request).number(count)}
        if not settings.SENDS_MAIL:
            return gettext("It is announced on this page. This installation sends no mail, so tell people yourself.")
        return ngettext("%(people)s person is told by mail.", "%(people)s people are told by mail.", count) % facts

    return _done(request, told, pk)


@require_POST
@open_to(rules.may_open_doors)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Calls the whole door off."""
    opening, note = _opening(request, pk), request.POST.get("note", "")

    def told() -> str:
        actions.close_door(opening, note, viewer_of(request), datetime.now(UTC))
        return gettext("The open door is called off. Whoever had a slot or waited for one is told.")

    return _done(request, told, pk)


@require_POST
@open_to(rules.may_come)
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a slot, for oneself or, as a lead, for somebody of one's team."""
    viewer = viewer_of(request)
    slot = get_object_or_404(Slot.objects.select_related("opening"), pk=pk)
    opening = _opening(request, slot.opening_id)

    def told() -> str:
        guest = _guest(request)
        actions.book(slot, guest, viewer, datetime.now(UTC))
        time = {"time": reader_of(request).instant(slot.starts_at), "name": guest.name}
        if guest.pk == viewer.user.person_id:
            return gettext("The slot is yours: %(time)s.") % time
        return gettext("The slot is kept for %(name)s: %(time)s.") % time

    return _done(request, told, opening.pk)


@require_POST
@open_to(rules.may_come)
def wait(request: HttpRequest, pk: int) -> HttpResponse:
    """On the waiting list, or off it."""
    opening, viewer = _opening(request, pk), viewer_of(request)

    def told() -> str:
        if "stop" in request.POST:
            actions.stop_waiting(opening, _guest(request), viewer)
            return gettext("Taken off the waiting list.")
        actions.wait(opening, _guest(request), viewer, datetime.now(UTC))
        return gettext("On the waiting list. The next slot that becomes free goes to whoever waits longest, with a mail.")

    return _done(request, told, pk)


@require_POST
@open_to(rules.may_come)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives one slot back."""
    viewer = viewer_of(request)
    booking = get_object_or_404(rules.known_bookings(viewer).select_related("opening"), pk=pk)

    def told() -> str:
        actions.cancel(booking, request.POST.get("note", ""), viewer, datetime.now(UTC))
        return gettext("The slot is given back, and the other side is told.")

    return _done(request, told, booking.opening_id)


@require_POST
@open_to(rules.may_open_doors)
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a visit."""
    viewer = viewer_of(request)
    mine = Booking.objects.filter(opening__site=viewer.site, opening__host=viewer.person)
    booking = get_object_or_404(mine.select_related("opening", "slot"), pk=pk)
    form = OutcomeForm(request.POST)

    def told() -> str:
        if form.is_valid():
            given = form.cleaned_data
            actions.note_outcome(booking, given["came"], given["kind"], given["text"], viewer, datetime.now(UTC))
            return gettext("Noted.")
        return gettext("Choose what became of it.")

    return _done(request, told, booking.opening_id)


def _done(request: HttpRequest, action: Callable[[], str], pk: int) -> HttpResponseRedirect:
    """Does it and goes back to the door's page, which tells what happened or why nothing did."""
    try:
        messages.success(request, action())
    except NotDone as problem:
        messages.error(request, sentence(problem))
    return redirect("open-door-day", pk)


def _opening(request: HttpRequest, pk: int) -> Opening:
    """The opening; one that the viewer may not know of is as if there were none."""
    return found(queries.door(viewer_of(request), pk, datetime.now(UTC))).opening


def _guest(request: HttpRequest) -> Person:
    """Who shall come: the viewer unless somebody else is named."""
    viewer = viewer_of(request)
    chosen = _number(request, "guest") or viewer.user.person_id
    return get_object_or_404(rules.guests_of(viewer), pk=chosen)


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
