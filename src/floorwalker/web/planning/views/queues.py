"""What each queue must reach."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from floorwalker.web.accounts.doors import open_to
from floorwalker.web.planning.plan_form import PlanForm
from floorwalker.web.planning.plan_lines import plan_lines
from floorwalker.web.planning.plans import plans_of, set_plan
from floorwalker.web.planning.queries import channels_of, queues_known
from floorwalker.web.planning.rules import may_open_people_needed, may_plan
from floorwalker.web.planning.tasks import ask

REFUSED = 422


@require_GET
@open_to(may_open_people_needed)
def queue_plans(request: Any) -> HttpResponse:
    """Every queue with what it must reach."""
    site = request.viewer.site
    plans = plans_of(site, queues_known(site), channels_of(site))
    context = {"lines": plan_lines(plans.values(), request.reader), "may_plan": may_plan(request.viewer)}
    return render(request, "planning/queue_plans.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_plan)
def queue_plan(request: Any) -> HttpResponse:
    """One queue, to be changed."""
    site, queue = request.viewer.site, request.GET.get("queue", "")
    if queue not in queues_known(site):
        raise Http404
    form = (
        PlanForm(request.POST) if request.method == "POST" else PlanForm.of(plans_of(site, [queue], channels_of(site))[queue])
    )
    if request.method == "POST" and form.is_valid():
        set_plan(site, queue, form.facts(), request.viewer)
        ask(site.pk, [queue])
        messages.success(request, gettext("It is kept. The coming days are worked out anew in the background."))
        return redirect("queue-plans")
    status = REFUSED if form.errors else 200
    return render(request, "planning/queue_plan.html", {"form": form, "queue": queue}, status=status)
