from django.urls import path

from floorwalker.web.changes import digest_views, views, watch_views

urlpatterns = [
    path("changes/", views.changes, name="changes"),
    path("changes/watch/", watch_views.watch_list, name="change-watch-list"),
    path("changes/digest/", digest_views.digest, name="change-digest"),
    path("changes/budget/", watch_views.budget, name="change-budget"),
    path("changes/<int:pk>/watch/", watch_views.watch, name="change-watch"),
    path("changes/<int:pk>/", views.change, name="changes-one"),
    path("changes/<int:pk>/story/", views.story, name="change-story"),
    path("changes/<int:pk>/ruling/", views.ruling, name="change-ruling"),
]
