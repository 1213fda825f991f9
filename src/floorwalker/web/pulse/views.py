"""Pulse: any measure, cut in any way, down to the contacts behind it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from floorwalker.core.measures import Unanswerable
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.accounts.rules import may_import
from floorwalker.web.journal.actions import looked
from floorwalker.web.pulse import wording
from floorwalker.web.pulse.asked import Asked, asked
from floorwalker.web.pulse.exports import numbers_csv
from floorwalker.web.pulse.pages import pulse_page
from floorwalker.web.pulse.queries import Desk, desk_of
from floorwalker.web.pulse.rules import may_open_pulse


@open_to(may_open_pulse)
def pulse(request: Any) -> HttpResponse:
    """One measure: over time, by one cut, by weekday and hour, with its passport."""
    desk = desk_of(request.viewer, request.reader)
    if desk.days is None:
        return render(request, "pulse/nothing_yet.html", {"may_import": may_import(request.viewer)})
    try:
        ask = asked(request.GET, desk.days)
        page = pulse_page(ask, desk, desk.days, request.reader)
    except Unanswerable as reason:
        return _cannot(request, reason)
    _note_look(desk, ask)
    return render(request, "pulse/pulse.html", {"page": page})


@open_to(may_open_pulse)
def contacts(request: Any) -> HttpResponse:
    """The contacts behind a number."""
    return render(request, "pulse/contacts.html")


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
    """The numbers of one named person were opened: that person can see who did."""
    agents = ask.values("agent")
    if len(agents) == 1 and (person := desk.person_named(agents[0])):
        looked(desk.viewer.user, person, "pulse")
