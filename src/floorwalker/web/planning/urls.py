from django.urls import path

from floorwalker.web.planning.views import forecast, people, queues, room, roster

urlpatterns = [
    path("time/forecast/", forecast.forecast, name="forecast"),
    path("time/forecast/keep/", forecast.forecast_keep, name="forecast-keep"),
    path("time/forecast/kept/<int:pk>/drop/", forecast.forecast_drop, name="forecast-drop"),
    path("time/forecast/again/", forecast.forecast_again, name="forecast-again"),
    path("time/people/", people.people_needed, name="needed"),
    path("time/queues/", queues.queue_plans, name="queue-plans"),
    path("time/queue/", queues.queue_plan, name="queue-plan"),
    path("time/room/", room.room, name="room"),
    path("time/room/<int:pk>/", room.certificate, name="certificate"),
    path("time/room/<int:pk>/promise/", room.certificate_promise, name="certificate-promise"),
    path("time/room/<int:pk>/take-back/", room.certificate_take_back, name="certificate-take-back"),
    path("time/promises/", room.record, name="promises"),
    path("time/roster/", roster.roster, name="roster"),
    path("time/roster/file/", roster.roster_file, name="roster-file"),
    path("time/roster/pattern/", roster.roster_pattern, name="roster-pattern"),
    path("time/roster/<int:pk>/", roster.roster_report, name="roster-report"),
    path("time/roster/<int:pk>/undo/", roster.roster_undo, name="roster-undo"),
]
