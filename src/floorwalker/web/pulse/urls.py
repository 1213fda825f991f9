from django.urls import path

from floorwalker.web.pulse import views

urlpatterns = [
    path("pulse/", views.pulse, name="pulse"),
    path("pulse/numbers.csv", views.numbers, name="pulse-numbers"),
    path("pulse/contacts/", views.contacts, name="pulse-contacts"),
]
