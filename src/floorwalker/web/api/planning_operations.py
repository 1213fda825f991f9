"""Operations about the coming days: they read what the last round has kept, by the same rules as the pages."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest

from floorwalker.web.api.asking import viewer_in
from floorwalker.web.api.operations import answers_at, require
from floorwalker.web.api.planning_schemas import (
    CertificateAnswer,
    ForecastDay,
    NeededDay,
    certificate,
    forecast_day,
    needed_day,
)
from floorwalker.web.planning.certifying import USUAL_CONFIDENCE
from floorwalker.web.planning.models import Certificate, Expected
from floorwalker.web.planning.rules import may_open_forecast, may_open_people_needed, reads_days_only
from floorwalker.web.planning.staffing_day import staffing_day

WEEK, LONGEST = timedelta(days=6), timedelta(days=400)
MOST = 500


@answers_at("/forecast", list[ForecastDay])
def forecast(request: HttpRequest, queue: str = "", since: date | None = None, until: date | None = None) -> list[ForecastDay]:
    viewer = viewer_in(request)
    require(may_open_forecast(viewer))
    first = since or viewer.on
    last = min(until or first + WEEK, first + LONGEST)
    found = Expected.objects.filter(site=viewer.site, snapshot=None, queue=queue, day__range=(first, last))
    return [forecast_day(each, not reads_days_only(viewer)) for each in found]


@answers_at("/needed", NeededDay)
def needed(request: HttpRequest, queue: str = "", day: date | None = None) -> NeededDay:
    viewer = viewer_in(request)
    require(may_open_people_needed(viewer))
    on = day or viewer.on
    whole = staffing_day(viewer.site, on)
    found = whole.one(queue) if whole else None
    if found is None:
        raise Http404
    return needed_day(found, on)


@answers_at("/room", list[CertificateAnswer])
def room(request: HttpRequest, queue: str = "", confidence: float = USUAL_CONFIDENCE) -> list[CertificateAnswer]:
    viewer = viewer_in(request)
    require(may_open_people_needed(viewer))
    found = Certificate.objects.filter(site=viewer.site, day__gte=viewer.on, confidence=confidence)
    return [certificate(each) for each in (found.filter(queue=queue) if queue else found)[:MOST]]


@answers_at("/certificates", list[CertificateAnswer])
def certificates(
    request: HttpRequest, queue: str = "", since: date | None = None, until: date | None = None
) -> list[CertificateAnswer]:
    viewer = viewer_in(request)
    require(may_open_people_needed(viewer))
    last = until or viewer.on
    found = Certificate.objects.filter(site=viewer.site, day__range=(since or last - timedelta(days=28), last))
    return [certificate(each) for each in (found.filter(queue=queue) if queue else found).order_by("-day", "queue")[:MOST]]
