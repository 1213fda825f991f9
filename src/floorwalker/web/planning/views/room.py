"""Room to spare, certificates, and the record of promises."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.planning import promises
from floorwalker.web.planning.asking import day_in, local_now, queue_in
from floorwalker.web.planning.certificate_page import certificate_page, record_page
from floorwalker.web.planning.certifying import CONFIDENCES, USUAL_CONFIDENCE
from floorwalker.web.planning.forecast_words import progress
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.queries import current_round, queues_known
from floorwalker.web.planning.room_page import Asked, room_page
from floorwalker.web.planning.room_words import not_done
from floorwalker.web.planning.rules import may_open_people_needed, may_plan


@require_GET
@open_to(may_open_people_needed)
def room(request: Any) -> HttpResponse:
    """How many may leave each queue in the coming week."""
    site, given = request.viewer.site, request.GET
    queues, today = queues_known(site), local_now(site).date()
    confidence = next((each for each in CONFIDENCES if f"{each:g}" == given.get("confidence", "")), USUAL_CONFIDENCE)
    day = day_in(given, today) if given.get("day") else None
    asked = Asked(queue_in(given, queues), day, confidence)
    context = {
        "page": room_page(site, asked, today, request.reader),
        "queues": queues,
        "queue": asked.queue,
        "day": day.isoformat() if day else "",
        "confidence": f"{confidence:g}",
        "under_way": progress(current_round(site), request.reader),
        "may_plan": may_plan(request.viewer),
    }
    return render(request, "planning/room.html", context)


@require_GET
@open_to(may_open_people_needed)
def certificate(request: Any, pk: int) -> HttpResponse:
    """One certificate."""
    site = request.viewer.site
    found = get_object_or_404(Certificate.objects.select_related("by__person", "site"), pk=pk, site=site)
    page = certificate_page(found, local_now(site), may_plan(request.viewer), request.reader)
    return render(request, "planning/certificate.html", {"page": page, "pk": str(found.pk), "queue": found.queue})


@require_POST
@open_to(may_plan)
def certificate_promise(request: Any, pk: int) -> HttpResponse:
    """Gives the word."""
    return _changed(request, pk, promises.promise, gettext("The word is given: this certificate stays as it is."))


@require_POST
@open_to(may_plan)
def certificate_take_back(request: Any, pk: int) -> HttpResponse:
    """Takes the word back."""
    return _changed(request, pk, promises.take_back, gettext("The word is taken back."))


def _changed(request: Any, pk: int, action: Any, told: str) -> HttpResponse:
    found = get_object_or_404(Certificate, pk=pk, site=request.viewer.site)
    try:
        action(found, request.viewer, local_now(request.viewer.site))
    except NotDone as problem:
        messages.error(request, not_done(problem))
    else:
        messages.success(request, told)
    return redirect("certificate", pk)


@require_GET
@open_to(may_open_people_needed)
def record(request: Any) -> HttpResponse:
    """Kept and broken promises."""
    site = request.viewer.site
    queues = queues_known(site)
    queue = queue_in(request.GET, queues)
    context = {"page": record_page(site, queue, request.reader), "queues": queues, "queue": queue}
    return render(request, "planning/record.html", context)
