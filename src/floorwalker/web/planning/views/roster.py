"""Who is planned when: look, bring in, take back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.sources.reading import Unreadable
from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.events.queries import kept_holidays
from floorwalker.web.intake.uploads import plain_name, why_stopped
from floorwalker.web.planning import rosters
from floorwalker.web.planning.asking import day_in, local_now, number_in, queue_in
from floorwalker.web.planning.forms import PatternForm
from floorwalker.web.planning.models import Roster
from floorwalker.web.planning.planned import touched_by
from floorwalker.web.planning.queries import queues_known
from floorwalker.web.planning.repeated import Pattern
from floorwalker.web.planning.roster_page import name_of, report_of, roster_page
from floorwalker.web.planning.roster_words import not_done
from floorwalker.web.planning.rules import may_open_roster, may_plan
from floorwalker.web.planning.tasks import ask

REFUSED = 422


@require_GET
@open_to(may_open_roster)
def roster(request: Any) -> HttpResponse:
    """The shifts of a day, and for planners the way to bring more in."""
    return _page(request, None)


def _page(request: Any, form: PatternForm | None, wrong: str = "") -> HttpResponse:
    viewer, reader = request.viewer, request.reader
    queues = queues_known(viewer.site)
    today = local_now(viewer.site).date()
    queue = queue_in(request.GET, queues)
    shown = roster_page(viewer, day_in(request.GET, today), queue, reader, number_in(request.GET, "page", 1, 999, 1))
    fresh = PatternForm(reader, queues, initial={"weekdays": ["0", "1", "2", "3", "4"], "since": today, "until": today})
    context = {
        "page": shown,
        "queues": queues,
        "queue": queue,
        "day": day_in(request.GET, today).isoformat(),
        "may_plan": may_plan(viewer),
        "form": form or fresh,
        "is_open": form is not None,
        "wrong": wrong,
    }
    return render(request, "planning/roster.html", context, status=REFUSED if form or wrong else 200)


@require_POST
@open_to(may_plan)
def roster_file(request: Any) -> HttpResponse:
    """Takes one roster file."""
    site = request.viewer.site
    try:
        stopped = why_stopped(request)
        file = request.FILES.get("file")
        if stopped or not isinstance(file, TemporaryUploadedFile):
            raise NotDone("roster_too_large" if stopped else "roster_none")
        path, name = Path(file.temporary_file_path()), plain_name(file.name or "")
        done = rosters.bring_in_file(site, path, name, queues_known(site), request.viewer, local_now(site))
    except NotDone as problem:
        return _page(request, None, not_done(problem))
    except Unreadable:
        return _page(request, None, not_done(NotDone("roster_unreadable")))
    ask(site.pk, touched_by(done))
    return redirect("roster-report", done.pk)


@require_POST
@open_to(may_plan)
def roster_pattern(request: Any) -> HttpResponse:
    """Plans the same shift on some weekdays."""
    site = request.viewer.site
    form = PatternForm(request.reader, queues_known(site), request.POST)
    if form.is_valid():
        pattern = _open_days(form.pattern(), request) if not form.cleaned_data["on_holidays"] else form.pattern()
        try:
            done = rosters.bring_in_pattern(site, pattern, request.viewer, local_now(site))
        except NotDone as problem:
            form.add_error(None, not_done(problem))
        else:
            ask(site.pk, touched_by(done))
            return redirect("roster-report", done.pk)
    return _page(request, form)


def _open_days(pattern: Pattern, request: Any) -> Pattern:
    years = range(pattern.since.year, min(pattern.until.year, pattern.since.year + 1) + 1)
    return replace(pattern, closed=frozenset(kept_holidays(request.viewer.site, years)))


@require_GET
@open_to(may_plan)
def roster_report(request: Any, pk: int) -> HttpResponse:
    """How one roster went."""
    found = get_object_or_404(Roster, pk=pk, site=request.viewer.site)
    context = {"roster": found, "name": name_of(found), "pk": str(found.pk), "report": report_of(found, request.reader)}
    return render(request, "planning/roster_report.html", context)


@require_POST
@open_to(may_plan)
def roster_undo(request: Any, pk: int) -> HttpResponse:
    """Takes a roster back."""
    found = get_object_or_404(Roster, pk=pk, site=request.viewer.site)
    touched = touched_by(found)
    try:
        rosters.undo(found, request.viewer, local_now(request.viewer.site))
    except NotDone as problem:
        messages.error(request, not_done(problem))
    else:
        ask(found.site_id, touched)
        messages.success(request, gettext("The roster is taken back. What had given way to it counts again."))
    return redirect("roster-report", found.pk)
