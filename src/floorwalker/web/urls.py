"""Every address of the web application."""

from django.urls import include, path

urlpatterns = [
    path("", include("floorwalker.web.today.urls")),
    path("", include("floorwalker.web.pulse.urls")),
    path("", include("floorwalker.web.changes.urls")),
    path("", include("floorwalker.web.signatures.urls")),
    path("", include("floorwalker.web.planning.urls")),
    path("", include("floorwalker.web.routines.urls")),
    path("", include("floorwalker.web.opendoor.urls")),
    path("", include("floorwalker.web.events.urls")),
    path("", include("floorwalker.web.voice.urls")),
    path("", include("floorwalker.web.calendars.urls")),
    path("", include("floorwalker.web.intake.urls")),
    path("", include("floorwalker.web.accounts.urls")),
    path("", include("floorwalker.web.journal.urls")),
    path("api/", include("floorwalker.web.api.urls")),
]
