from django.urls import path

from floorwalker.web.api.operations import api
from floorwalker.web.api.views import page

urlpatterns = [
    path("", page, name="api-page"),
    path("", api.urls),
]
