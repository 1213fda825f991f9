from django.urls import path

from floorwalker.web.events import views

urlpatterns = [
    path("events/", views.events, name="events"),
    path("events/add/", views.add, name="event-add"),
    path("events/<int:pk>/", views.change, name="event-change"),
    path("events/<int:pk>/remove/", views.remove, name="event-remove"),
    path("events/<int:pk>/undo/", views.undo, name="event-undo"),
    path("events/holidays/<str:day>/", views.holiday, name="event-holiday"),
]
