"""The one page that a manager opens in the morning; an agent's own; an executive's."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render

from floorwalker.web.accounts.doors import anyone_signed_in, open_to
from floorwalker.web.accounts.rules import may_read_site
from floorwalker.web.intake.rules import may_bring_in
from floorwalker.web.pulse.queries import desk_of
from floorwalker.web.today.desk_page import desk_page
from floorwalker.web.today.own_page import own_page
from floorwalker.web.today.rules import reads_by_week
from floorwalker.web.today.weeks_page import weeks_page
from floorwalker.web.voice.pages import panel


@open_to(anyone_signed_in)
def today(request: Any) -> HttpResponse:
    """Whatever this viewer needs in the morning."""
    viewer, reader = request.viewer, request.reader
    if not may_read_site(viewer) and not viewer.agent_names:
        return render(request, "today/no_role.html")
    desk = desk_of(viewer, reader)
    if desk.days is None:
        return render(request, "today/nothing_yet.html", {"may_import": may_bring_in(viewer)})
    now = datetime.now(UTC).astimezone(ZoneInfo(viewer.site.tz))
    if not may_read_site(viewer):
        return render(request, "today/own.html", {"page": own_page(desk, now.date(), reader), "waits": panel(viewer, reader)})
    if reads_by_week(viewer):
        return render(request, "today/weeks.html", {"page": weeks_page(desk, now.date(), reader)})
    return render(request, "today/desk.html", {"page": desk_page(desk, now, reader), "waits": panel(viewer, reader)})
