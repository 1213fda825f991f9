"""What will come."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.doors import open_to
from floorwalker.web.planning.asking import day_in, local_now, number_in, queue_in
from floorwalker.web.planning.forecast_page import SPANS, Asked, forecast_page
from floorwalker.web.planning.keeping import drop_forecast, keep_forecast
from floorwalker.web.planning.models import Snapshot
from floorwalker.web.planning.queries import current_round, queues_known
from floorwalker.web.planning.rules import may_open_forecast, may_plan, reads_days_only
from floorwalker.web.planning.tasks import ask


@require_GET
@open_to(may_open_forecast)
def forecast(request: Any) -> HttpResponse:
    """A day or the coming weeks, of one queue or all."""
    viewer, site = request.viewer, request.viewer.site
    now, queues = local_now(site), queues_known(site)
    span = request.GET.get("span", "")
    asked = Asked(
        queue=queue_in(request.GET, queues),
        day=day_in(request.GET, now.date()),
        span=span if span in SPANS else "",
        then=number_in(request.GET, "then", 0, 99_999),
    )
    shown = forecast_page(site, asked, now, reads_days_only(viewer), request.reader)
    context = {
        "page": shown,
        "queues": queues,
        "asked": asked,
        "day": "" if asked.span else asked.day.isoformat(),
        "may_plan": may_plan(viewer),
        "kept": [(each, str(each.pk)) for each in Snapshot.objects.filter(site=site, by__isnull=False)[:20]],
        "back": request.get_full_path(),
    }
    return render(request, "planning/forecast.html", context)


@require_POST
@open_to(may_plan)
def forecast_keep(request: Any) -> HttpResponse:
    """Keeps the forecast of this moment."""
    keep_forecast(request.viewer.site, request.POST.get("note", ""), request.viewer, local_now(request.viewer.site))
    messages.success(request, gettext("The forecast of this moment is kept."))
    return redirect("forecast")


@require_POST
@open_to(may_plan)
def forecast_drop(request: Any, pk: int) -> HttpResponse:
    """Lets a kept forecast go."""
    snapshot = get_object_or_404(Snapshot, pk=pk, site=request.viewer.site, by__isnull=False)
    drop_forecast(snapshot, request.viewer)
    messages.success(request, gettext("The kept forecast is gone."))
    return redirect("forecast")


@require_POST
@open_to(may_plan)
def forecast_again(request: Any) -> HttpResponse:
    """Works everything out anew in the background."""
    round_ = current_round(request.viewer.site)
    if round_ is None or not round_.is_under_way:
        ask(request.viewer.site.pk)
    messages.success(request, gettext("The coming days are worked out anew in the background."))
    return redirect("forecast")
