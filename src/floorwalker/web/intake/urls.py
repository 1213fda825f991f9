from django.urls import path

from floorwalker.web.intake import views

urlpatterns = [
    path("bring-in/", views.bring_in, name="bring-in"),
    path("bring-in/sample/", views.bring_in_sample, name="bring-in-sample"),
    path("bring-in/<int:pk>/", views.one_import, name="bring-in-import"),
    path("bring-in/<int:pk>/meaning/", views.decide_meaning, name="bring-in-meaning"),
    path("bring-in/<int:pk>/start/", views.start_import, name="bring-in-start"),
    path("bring-in/<int:pk>/again/", views.again_import, name="bring-in-again"),
    path("bring-in/<int:pk>/undo/", views.undo_import, name="bring-in-undo"),
    path("bring-in/<int:pk>/throw-away/", views.throw_away_import, name="bring-in-throw-away"),
    path("bring-in/<int:pk>/refused.csv", views.refused_csv, name="bring-in-refused"),
]
