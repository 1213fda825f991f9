from django.urls import path

from floorwalker.web.today import views

urlpatterns = [
    path("", views.today, name="today"),
]
