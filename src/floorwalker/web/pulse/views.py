"""Pulse: any measure, cut in any way, down to the contacts behind it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from floorwalker.core.measures import Unanswerable
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.intake.rules import may_bring_in
from floorwalker.web.journal.actions import looked_at_all
from floorwalker.web.pulse import wording
from floorwalker.web.pulse.asked import Asked, asked
from floorwalker.web.pulse.contact_page import contact_page
from floorwalker.web.pulse.exports import contacts_csv, numbers_csv
from floorwalker.web.pulse.pages import pulse_page
from floorwalker.web.pulse.queries import Desk, desk_of
from floorwalker.web.pulse.rows import rows_page, rows_to_save
from floorwalker.web.pulse.rules import may_open_pulse


@open_to(may_open_pulse)
def pulse(request: Any) -> HttpResponse:
    """One measure: over time, by one cut, by weekday and hour, with its passport."""
    desk = desk_of(request.viewer, request.reader)
    if desk.days is None:
        return render(request, "pulse/nothing_yet.html", {"may_import": may_bring_in(request.viewer)})
    try:
        ask = asked(request.GET, desk.days)
        page = pulse_page(ask, desk, desk.days, request.reader)
    except Unanswerable as reason:
        return _cannot(request, reason)
    _note_look(desk, ask)
    return render(request, "pulse/pulse.html", {"page": page})


@open_to(may_open_pulse)
def contacts(request: Any) -> HttpResponse:
    """The contacts behind a number, page by page."""
    desk = desk_of(request.viewer, request.reader)
    if desk.days is None:
        return redirect("pulse")
    try:
        ask = asked(request.GET, desk.days)
        page = rows_page(ask, desk, request.GET.get("after", ""), request.reader)
    except Unanswerable as reason:
        return _cannot(request, reason)
    _note_look(desk, ask)
    return render(request, "pulse/contacts.html", {"page": page})


@open_to(may_open_pulse)
def contact(request: Any, key: int) -> HttpResponse:
    """One contact."""
    page = contact_page(key, desk_of(request.viewer, request.reader), request.reader)
    if page is None:
        raise Http404
    return render(request, "pulse/contact.html", {"page": page})


@open_to(may_open_pulse)
def contacts_file(request: Any) -> HttpResponseBase:
    """The contacts behind a number as CSV."""
    desk = desk_of(request.viewer, request.reader)
    try:
        ask = asked(request.GET, desk.days or (request.viewer.on, request.viewer.on))
        frames = rows_to_save(ask, desk)
    except Unanswerable as reason:
        return _cannot(request, reason)
    _note_look(desk, ask)
    return contacts_csv(frames, ask)


@open_to(may_open_pulse)
def numbers(request: Any) -> HttpResponse:
    """The numbers of the page as CSV."""
    desk = desk_of(request.viewer, request.reader)
    try:
        ask = asked(request.GET, desk.days or (request.viewer.on, request.viewer.on))
        answer = desk.ask(ask.question(ask.cut))
    except Unanswerable as reason:
        return _cannot(request, reason)
    _note_look(desk, ask)
    return numbers_csv(answer, ask)


def _cannot(request: HttpRequest, reason: Unanswerable) -> HttpResponse:
    return render(request, "pulse/cannot.html", {"why": wording.unanswerable(reason)}, status=400)


def _note_look(desk: Desk, ask: Asked) -> None:
    """The own numbers of named people were opened: each of them can see who did."""
    agents = ask.values("agent") or (desk.agents() if ask.cut == "agent" else ())
    looked_at_all(desk.viewer.user, desk.people_named(agents), "pulse")
