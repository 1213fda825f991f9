"""What really changed, what to leave alone, and the story behind it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.doors import open_to
from floorwalker.web.changes.actions import rule, take_ruling_back, tell_story
from floorwalker.web.changes.cards import changes_page
from floorwalker.web.changes.change_page import change_page
from floorwalker.web.changes.ledger import Ledger, ledger_of
from floorwalker.web.changes.models import Finding, Ruling
from floorwalker.web.changes.queries import asked, finding_seen
from floorwalker.web.changes.rules import may_open_changes, may_rule, may_tell_story
from floorwalker.web.events.queries import events_near
from floorwalker.web.pulse.queries import desk_of


@require_GET
@open_to(may_open_changes)
def changes(request: Any) -> HttpResponse:
    """The changes of the site and of every place that the viewer may see, latest first."""
    given = request.GET.get("page", "1")
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    ledger = ledger_of(request.viewer)
    shown = changes_page(ledger, asked(request.GET.dict(), ledger), page, request.reader)
    may_tell = may_tell_story(request.viewer)
    return render(request, "changes/changes.html", {"page": shown, "may_tell": may_tell, "back": request.get_full_path()})


@require_GET
@open_to(may_open_changes)
def change(request: Any, pk: int) -> HttpResponse:
    """One change, with everything that is known about it."""
    ledger = Ledger(desk_of(request.viewer, request.reader))
    facts = {
        "page": change_page(_seen(ledger, pk), ledger, request.reader),
        "may_tell": may_tell_story(request.viewer),
        "may_rule": may_rule(request.viewer),
        "back": request.get_full_path(),
    }
    return render(request, "changes/change.html", facts)


@require_POST
@open_to(may_tell_story)
def story(request: Any, pk: int) -> HttpResponse:
    """Keeps one sentence about a change; an empty one takes the story back."""
    finding = _seen(ledger_of(request.viewer), pk)
    near = {str(each.pk): each for each in events_near(finding.site, finding.onset, finding.place.in_("queue"))}
    event = near.get(request.POST.get("event", ""))
    kept = tell_story(finding, request.POST.get("text", ""), request.viewer, datetime.now(UTC), event)
    messages.success(request, gettext("The story is kept.") if kept else gettext("This change has no story now."))
    return _back(request, finding)


@require_POST
@open_to(may_rule)
def ruling(request: Any, pk: int) -> HttpResponse:
    """Rules about a change, or takes the ruling back."""
    finding, kind = _seen(ledger_of(request.viewer), pk), request.POST.get("kind", "")
    if kind == "back":
        take_ruling_back(finding, request.viewer)
        messages.success(request, gettext("The ruling is taken back. All is judged anew in the background."))
        return _back(request, finding)
    if kind not in Ruling.Kind.values:
        return HttpResponseBadRequest()
    rule(finding, kind, request.viewer, datetime.now(UTC))
    messages.success(request, gettext("The ruling is kept, and can be taken back. All is judged anew in the background."))
    return _back(request, finding)


def _seen(ledger: Ledger, pk: int) -> Finding:
    finding = finding_seen(ledger, pk)
    if finding is None:
        raise Http404
    return finding


def _back(request: Any, finding: Finding) -> HttpResponseRedirect:
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("changes")
    return HttpResponseRedirect(f"{back}#change-{finding.pk}")
