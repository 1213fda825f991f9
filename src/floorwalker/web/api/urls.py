from django.urls import path

from floorwalker.web.api import change_operations, opendoor_operations, planning_operations
from floorwalker.web.api.operations import api
from floorwalker.web.api.views import page

__all__ = ["change_operations", "opendoor_operations", "planning_operations", "urlpatterns"]
"""Loading a module of operations registers them."""

urlpatterns = [
    path("", page, name="api-page"),
    path("", api.urls),
]
