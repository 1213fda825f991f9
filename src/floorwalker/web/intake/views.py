"""Bring in: choose files, check what they mean, watch them come in, undo."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.sources.reading import Unreadable
from floorwalker.warehouse.files import WarehouseFault
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.intake import actions
from floorwalker.web.intake.checking import check, parts_of, try_out
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.panels import check_panel, progress_panel
from floorwalker.web.intake.queries import earlier_import, imports_of, is_empty, sources_of
from floorwalker.web.intake.refusals import has_complete_list
from floorwalker.web.intake.refused_list import lines_of
from floorwalker.web.intake.report import gains, name_of, report_of, undo_sentences
from floorwalker.web.intake.rules import PEOPLE, may_bring_in, may_bring_in_kind
from floorwalker.web.intake.uploads import named, why_stopped
from floorwalker.web.intake.wording import failure_of, not_taken, state_of
from floorwalker.web.ui.reader import Reader

State = Import.State


@open_to(may_bring_in)
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """The list of imports, and the place to drop files."""
    if request.method == "POST":
        return _received(request)
    reader, viewer = _reader(request), _viewer(request)
    actions.settle_states(viewer.site)
    before = request.GET.get("before", "")
    listed = imports_of(viewer.site, reader, int(before) if before.isdigit() else None)
    limit = reader.number(settings.UPLOAD_LIMIT_BYTES / 1024**2)
    context = {
        "imports": listed,
        "limit": limit,
        "keep_days": reader.number(settings.UPLOAD_KEEP_DAYS),
        "may_sample": is_empty() and may_bring_in_kind(viewer, PEOPLE),
    }
    return render(request, "intake/bring_in.html", context)


@open_to(may_bring_in)
@require_POST
def bring_in_sample(request: HttpRequest) -> HttpResponse:
    """The sample centre, one click away as long as nothing else is here."""
    viewer = _viewer(request)
    if not is_empty():
        return redirect("bring-in")
    today = datetime.now(UTC).astimezone(ZoneInfo(viewer.site.tz)).date()
    return redirect("bring-in-import", actions.start_sample(viewer.site, viewer, today).pk)


@open_to(may_bring_in)
@require_GET
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One import in whatever state it is: to be checked, on its way, whole, failed, stopped, undone."""
    coming, reader = _import(request, pk), _reader(request)
    actions.settle_state(coming)
    context = {"coming": coming, "name": name_of(coming), "state": state_of(coming)}
    if coming.state == State.CHECKING:
        return _to_check(request, coming, context)
    context |= {"report": report_of(coming, reader), "has_list": has_complete_list(coming)}
    if coming.is_under_way:
        context["progress"] = progress_panel(coming, reader)
    return render(request, "intake/import.html", context)


@open_to(may_bring_in)
@require_POST
def decide_meaning(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down what was chosen and answered, and look again."""
    coming = _import(request, pk)
    _decide(request, coming)
    return redirect("bring-in-import", pk)


@open_to(may_bring_in)
@require_POST
def start_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down what was chosen, and let it come in if nothing is missing."""
    coming = _import(request, pk)
    if _decide(request, coming):
        try:
            actions.start(coming, _viewer(request))
        except actions.NotNow:
            messages.info(request, _("Something is still missing before it can come in. Please look below."))
        except (Unreadable, WarehouseFault):
            return redirect("bring-in-import", pk)  # that page says what is wrong with the file
    return redirect("bring-in-import", pk)


@open_to(may_bring_in)
@require_POST
def again_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again from the same files."""
    coming = _import(request, pk)
    try:
        coming = actions.again(coming, _viewer(request))
    except actions.NotNow as moved:
        messages.info(request, not_taken(moved.state))
    return redirect("bring-in-import", coming.pk)


@open_to(may_bring_in)
@require_http_methods(["GET", "POST"])
def undo_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what undoing will do; then let it be done."""
    coming, reader = _import(request, pk), _reader(request)
    if request.method == "POST":
        try:
            actions.ask_undo(coming, _viewer(request))
        except actions.NotNow as moved:
            messages.info(request, not_taken(moved.state))
        return redirect("bring-in-import", pk)
    if coming.state != State.WHOLE or coming.is_being_undone:
        return redirect("bring-in-import", pk)
    return render(
        request, "intake/undo.html", {"coming": coming, "name": name_of(coming), "sentences": undo_sentences(coming, reader)}
    )


@open_to(may_bring_in)
@require_POST
def throw_away_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an import of which nothing is visible."""
    coming = _import(request, pk)
    try:
        actions.throw_away(coming, _viewer(request))
    except actions.NotNow as moved:
        messages.info(request, not_taken(moved.state))
        return redirect("bring-in-import", pk)
    return redirect("bring-in")


@open_to(may_bring_in)
@require_GET
def refused_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Every refused row with its reason and what to try, for a spreadsheet."""
    coming = _import(request, pk)
    lines: Iterator[str] = lines_of(coming, _reader(request))
    response = StreamingHttpResponse((line.encode() for line in lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-{coming.pk}.csv"'
    return cast(HttpResponse, response)


def _received(request: HttpRequest) -> HttpResponse:
    stopped = why_stopped(request)
    files = [file for file in request.FILES.getlist("files") if isinstance(file, TemporaryUploadedFile)]
    if stopped or not files:
        messages.error(request, not_taken(stopped or "no_file", _reader(request)))
        return redirect("bring-in")
    made = actions.receive(_viewer(request), files)
    return redirect("bring-in-import", made[0].pk) if len(made) == 1 else redirect("bring-in")


def _to_check(request: HttpRequest, coming: Import, context: dict[str, object]) -> HttpResponse:
    reader = _reader(request)
    try:
        found = check(coming)
        trial = try_out(coming, found.meaning) if found.is_ready else None
        coming.mapping = parts_of(found.meaning) if found.meaning else {}  # for the words of this page; not saved
    except (Unreadable, WarehouseFault) as error:
        line = error.line if isinstance(error, Unreadable) else None
        failure = {"code": error.code, "facts": named(coming, error.facts), "line": line}
        context["failure"] = failure_of(failure, coming, reader)
        return render(request, "intake/unreadable.html", context)
    context |= {
        "panel": check_panel(coming, found, trial, reader),
        "sources": sources_of(coming.site),
        "earlier": earlier_import(coming, reader),
        "gains": gains(),
    }
    return render(request, "intake/check.html", context)


def _decide(request: HttpRequest, coming: Import) -> bool:
    """What the form says, of which only what differs from our own guess is a choice; false when the import has moved on."""
    posted = request.POST
    answers = {name.removeprefix("answer-"): str(value) for name, value in posted.items() if name.startswith("answer-")}
    chosen = {
        posted.get(f"name-{number}", ""): posted.get(f"column-{number}", "")
        for number in range(len([name for name in posted if name.startswith("was-")]))
        if posted.get(f"column-{number}", "") != posted.get(f"was-{number}", "")
    }
    kind = posted.get("kind", "") if posted.get("kind") != posted.get("was-kind") else ""
    try:
        actions.decide(coming, _viewer(request), source=posted.get("source", ""), kind=kind, chosen=chosen, answers=answers)
    except actions.NotNow as moved:
        messages.info(request, not_taken(moved.state))
        return False
    return True


def _import(request: HttpRequest, pk: int) -> Import:
    return get_object_or_404(Import.objects.select_related("site", "by"), pk=pk, site=_viewer(request).site)


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _reader(request: HttpRequest) -> Reader:
    reader: Reader = request.reader  # type: ignore[attr-defined]
    return reader
