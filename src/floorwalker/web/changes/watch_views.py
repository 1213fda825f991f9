"""The watch list, and its steps."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.doors import open_to
from floorwalker.web.changes.forms import BudgetForm, MuteForm
from floorwalker.web.changes.ledger import ledger_of
from floorwalker.web.changes.queries import finding_seen
from floorwalker.web.changes.rules import may_choose_budget, may_open_changes, may_watch
from floorwalker.web.changes.watch_page import people_to_choose, watch_page
from floorwalker.web.changes.watching import assign, choose_budget, follow, mute


@require_GET
@open_to(may_open_changes)
def watch_list(request: Any) -> HttpResponse:
    """What is undecided, dearest first."""
    viewer = request.viewer
    today = datetime.now(UTC).astimezone(ZoneInfo(viewer.site.tz)).date()
    facts = {
        "page": watch_page(ledger_of(viewer), today, request.reader),
        "may_watch": may_watch(viewer),
        "may_choose": may_choose_budget(viewer),
        "mute": MuteForm(auto_id=False),
    }
    return render(request, "changes/watch.html", facts)


@require_POST
@open_to(may_watch)
def watch(request: Any, pk: int) -> HttpResponse:
    """One step about an undecided change: follow, leave, mute, hear, or assign."""
    finding, viewer, step = finding_seen(ledger_of(request.viewer), pk), request.viewer, request.POST.get("step", "")
    if finding is None:
        raise Http404
    if step in ("follow", "leave"):
        follow(finding, viewer, step == "follow")
        told = gettext("You hear of it in the digest.") if step == "follow" else gettext("You no longer follow it.")
    elif step == "hear":
        mute(finding, None, viewer)
        told = gettext("It is heard again.")
    elif step == "mute":
        form = MuteForm(request.POST)
        if not form.is_valid():
            messages.error(request, gettext("Nothing was muted: the day could not be read."))
            return redirect("change-watch-list")
        mute(finding, form.cleaned_data["until"], viewer)
        told = gettext("It is quiet until then, and stays on this list.")
    elif step == "assign":
        people = {str(each.pk): each for each in people_to_choose(viewer.site, viewer.on)}
        person = people.get(request.POST.get("person", ""))
        assign(finding, person, viewer)
        told = gettext("Somebody looks after it now.") if person else gettext("Nobody looks after it now.")
    else:
        return HttpResponseBadRequest()
    messages.success(request, told)
    return redirect("change-watch-list")


@require_POST
@open_to(may_choose_budget)
def budget(request: Any) -> HttpResponse:
    """How many false alarms a week are acceptable."""
    form = BudgetForm(request.POST)
    if form.is_valid():
        choose_budget(request.viewer.site, form.cleaned_data["per_week"], request.viewer)
        messages.success(request, gettext("The alarm budget is kept. All is judged anew in the background."))
    else:
        messages.error(request, gettext("Nothing was changed: write a number from 0 to 50, such as 0.5."))
    return redirect("change-watch-list")
