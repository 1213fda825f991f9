from django.urls import path

from floorwalker.web.planning.views import roster

urlpatterns = [
    path("time/roster/", roster.roster, name="roster"),
    path("time/roster/file/", roster.roster_file, name="roster-file"),
    path("time/roster/pattern/", roster.roster_pattern, name="roster-pattern"),
    path("time/roster/<int:pk>/", roster.roster_report, name="roster-report"),
    path("time/roster/<int:pk>/undo/", roster.roster_undo, name="roster-undo"),
]
