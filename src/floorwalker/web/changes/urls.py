from django.urls import path

from floorwalker.web.changes import views

urlpatterns = [
    path("changes/", views.changes, name="changes"),
    path("changes/<int:pk>/", views.change, name="change"),
    path("changes/<int:pk>/story/", views.story, name="change-story"),
    path("changes/<int:pk>/ruling/", views.ruling, name="change-ruling"),
]
