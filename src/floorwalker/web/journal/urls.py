from django.urls import path

from floorwalker.web.journal import views

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/export.csv", views.export, name="journal-export"),
]
