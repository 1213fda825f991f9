"""The floor walk on the phone: a small page, and three addresses to which taps and words are sent, now or later."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.pulse.queries import desk_of
from floorwalker.web.routines import visits, wording
from floorwalker.web.routines.floor import floor_page, local
from floorwalker.web.routines.models import Found
from floorwalker.web.routines.rules import may_walk
from floorwalker.web.voice import wording as voice

REFUSED, NOT_YOURS = 422, 403
WORKER = Path(__file__).parent.parent / "static" / "routines" / "worker.js"
IN_VOICE = "voice."


@require_GET
@open_to(may_walk)
def floor_walk(request: Any) -> HttpResponse:
    """Whom to see, where to start, what is owed."""
    viewer, reader = request.viewer, request.reader
    page = floor_page(desk_of(viewer, reader), local(datetime.now(UTC), reader.tz), reader)
    facts = {"page": page, "open": request.GET.get("open", ""), "owner": str(viewer.user.pk), "new_key": str(uuid4())}
    return render(request, "routines/floor_walk.html", facts)


@require_GET
def worker(_request: Any) -> HttpResponse:
    """What keeps the page on the phone; it stands at this address because it may keep only what lies beside it."""
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_POST
@open_to(may_walk)
def visit(request: Any) -> HttpResponse:
    """One visit; `key` says which, so that sending it again does no harm."""
    now, given = datetime.now(UTC), request.POST
    at = _moment(given.get("at", "")) or now
    person, found = given.get("person", ""), given.get("found", "")
    if not (person.isascii() and person.isdigit() and len(person) < 12) or found not in Found.values:
        return _refused(NotDone("visit.unknown"))
    return _kept(request, lambda key: visits.keep_visit(request.viewer, key, int(person), found, at, now))


@require_POST
@open_to(may_walk)
def words(request: Any) -> HttpResponse:
    """A word about a visit."""
    text = request.POST.get("text", "")
    return _kept(request, lambda key: visits.word_visit(request.viewer, key, text, datetime.now(UTC)))


@require_POST
@open_to(may_walk)
def undo(request: Any) -> HttpResponse:
    """Takes a visit back."""
    return _kept(request, lambda key: visits.undo_visit(request.viewer, key, datetime.now(UTC)))


def _kept(request: Any, action: Callable[[UUID], object]) -> HttpResponse:
    """Does it, and says so to the script; without a script, back to the list.

    What was tapped on a page of somebody else's, and is sent after another person signed in, is not theirs to say: it waits.
    """
    if request.POST.get("owner", str(request.viewer.user.pk)) != str(request.viewer.user.pk):
        return JsonResponse({"kept": False}, status=NOT_YOURS)
    try:
        action(UUID(request.POST.get("key", "")))
    except ValueError:
        return _refused(NotDone("visit.unknown"))
    except NotDone as reason:
        return _refused(reason)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"kept": True})
    return redirect("floor-walk")


def _refused(reason: NotDone) -> HttpResponse:
    said = voice.problem(reason) if reason.code.startswith(IN_VOICE) else wording.problem(reason)
    return JsonResponse({"kept": False, "said": said}, status=REFUSED)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
