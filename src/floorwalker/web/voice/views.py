"""What one owes and waits for, and one entry with its readers."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.actions import NotDone, require
from floorwalker.web.accounts.doors import anyone_signed_in, open_to
from floorwalker.web.accounts.models import Person
from floorwalker.web.journal.actions import looked_at_all
from floorwalker.web.voice import actions, queries, wording
from floorwalker.web.voice.forms import EntryForm, OwnerForm
from floorwalker.web.voice.models import Entry, State
from floorwalker.web.voice.pages import page
from floorwalker.web.voice.rules import may_change, may_write, readable

REFUSED = 422


@require_GET
@open_to(anyone_signed_in)
def follow_ups(request: Any) -> HttpResponse:
    """What I owe and what waits for me."""
    viewer, asked = request.viewer, request.GET
    last = asked.get("closed", "")
    shown = page(
        viewer,
        request.reader,
        asked.get("kind", ""),
        asked.get("state", ""),
        int(last) if last.isascii() and last.isdigit() and len(last) < 12 else None,
    )
    return render(request, "voice/follow_ups.html", {"page": shown, "may_write": may_write(viewer)})


@open_to(may_write)
def add(request: Any) -> HttpResponse:
    """Writes something down."""
    viewer, asked = request.viewer, request.GET
    start = {"owner": viewer.user.pk, "kind": asked.get("kind"), "about_person": asked.get("person")}
    form = EntryForm(viewer, request.POST or None, initial={name: value for name, value in start.items() if value})
    made: list[Entry] = []

    def written() -> None:
        given = dict(form.cleaned_data)
        made.append(actions.add(viewer, datetime.now(UTC), given.pop("kind"), given.pop("text"), **given))

    if request.method == "POST" and form.is_valid() and _tried(request, form, written):
        messages.success(request, gettext("It is written down."))
        return redirect("follow-up", made[0].pk)
    return render(request, "voice/add.html", {"form": form}, status=REFUSED if form.errors else 200)


@require_GET
@open_to(anyone_signed_in)
def follow_up(request: Any, pk: int) -> HttpResponse:
    """One entry; whoever it is about sees who opened it, unless it is confidential."""
    viewer, reader = request.viewer, request.reader
    line = queries.one(viewer, pk)
    if line is None:
        raise Http404
    if line.about_person_id and not line.confidential:
        looked_at_all(viewer.user, Person.objects.filter(pk=line.about_person_id), "follow_ups")
    facts = {
        "line": line,
        "where": wording.by(line, reader),
        "readers": wording.readers(line),
        "wait": wording.closed(line, reader) or wording.waited(line, reader),
        "due": wording.due(line, viewer.on, reader),
        "hand_on": OwnerForm(viewer, initial={"owner": line.owner_id, "due": line.due}) if line.may_change else None,
    }
    return render(request, "voice/follow_up.html", facts)


@require_POST
@open_to(anyone_signed_in)
def close(request: Any, pk: int) -> HttpResponse:
    """Closes an entry as done, answered or dropped."""
    viewer, now, words = request.viewer, datetime.now(UTC), request.POST.get("outcome", "")
    entry = _entry(request, pk)
    ways: dict[str, Callable[[], Entry]] = {
        State.DONE: lambda: actions.finish(entry, viewer, now, words),
        State.ANSWERED: lambda: actions.answer(entry, viewer, now, words),
        State.DROPPED: lambda: actions.drop(entry, viewer, now, words),
    }
    way = ways.get(request.POST.get("state", State.DONE))
    if way is None:
        raise Http404
    if not _tried(request, None, way):
        return redirect("follow-up", pk)
    return HttpResponseRedirect(f"{reverse('follow-ups')}?closed={pk}")


@require_POST
@open_to(anyone_signed_in)
def open_again(request: Any, pk: int) -> HttpResponse:
    """Takes a closing back."""
    actions.reopen(_entry(request, pk), request.viewer)
    messages.success(request, gettext("It is open again."))
    return redirect("follow-ups")


@require_POST
@open_to(anyone_signed_in)
def hand_on(request: Any, pk: int) -> HttpResponse:
    """Gives an entry to somebody, or another day."""
    entry = _entry(request, pk)
    require(may_change(request.viewer, entry))
    form = OwnerForm(request.viewer, request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("follow-up", pk)
    actions.assign(entry, form.cleaned_data["owner"], form.cleaned_data["due"], request.viewer)
    messages.success(request, gettext("It is handed on."))
    return redirect("follow-ups")


def _entry(request: Any, pk: int) -> Entry:
    """The entry; unknown and not yours to read look the same."""
    found = readable(request.viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _tried(request: Any, form: EntryForm | None, action: Callable[[], object]) -> bool:
    try:
        action()
    except NotDone as reason:
        said = wording.problem(reason)
        if form is None:
            messages.error(request, said)
        else:
            form.add_error(None, said)
        return False
    return True
