"""How many people it takes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.web.accounts.doors import open_to
from floorwalker.web.planning.asking import address, day_in, local_now, number_in, queue_in
from floorwalker.web.planning.forecast_words import progress
from floorwalker.web.planning.people_page import people_page
from floorwalker.web.planning.queries import current_round, queues_known
from floorwalker.web.planning.rules import may_open_people_needed
from floorwalker.web.planning.sliders import sliders_of
from floorwalker.web.planning.staffing_day import WhatIf


@require_GET
@open_to(may_open_people_needed)
def people_needed(request: Any) -> HttpResponse:
    """Needed against planned, as it is or as it would be otherwise."""
    site, given = request.viewer.site, request.GET
    now, queues = local_now(site), queues_known(site)
    what = WhatIf(number_in(given, "volume", -50, 100), number_in(given, "aht", -180, 180), number_in(given, "sick", 0, 30))
    queue, day = queue_in(given, queues), day_in(given, now.date())
    context = {
        "page": people_page(site, queue, day, what, now, request.reader, plays=bool(given.get("play"))),
        "play": address(day=day.isoformat(), queue=queue, play="1", **what.asked),
        "queues": queues,
        "queue": queue,
        "day": day.isoformat(),
        "sliders": sliders_of(what, request.reader),
        "under_way": progress(current_round(site), request.reader),
        "is_otherwise": what.changes_something,
    }
    return render(request, "planning/people_needed.html", context)
