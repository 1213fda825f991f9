from django.urls import path

from floorwalker.web.voice import views

urlpatterns = [
    path("follow-ups/", views.follow_ups, name="follow-ups"),
    path("follow-ups/add/", views.add, name="follow-up-add"),
    path("follow-ups/<int:pk>/", views.follow_up, name="follow-up"),
    path("follow-ups/<int:pk>/close/", views.close, name="follow-up-close"),
    path("follow-ups/<int:pk>/open-again/", views.open_again, name="follow-up-open-again"),
    path("follow-ups/<int:pk>/hand-on/", views.hand_on, name="follow-up-hand-on"),
]
