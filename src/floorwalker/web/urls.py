"""Every address of the web application."""

from django.urls import include, path

urlpatterns = [
    path("", include("floorwalker.web.today.urls")),
    path("", include("floorwalker.web.pulse.urls")),
    path("", include("floorwalker.web.changes.urls")),
    path("", include("floorwalker.web.intake.urls")),
    path("", include("floorwalker.web.accounts.urls")),
    path("", include("floorwalker.web.journal.urls")),
    path("api/", include("floorwalker.web.api.urls")),
]
