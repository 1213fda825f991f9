from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place


class PlanningConfig(AppConfig):
    name = "floorwalker.web.planning"
    label = "planning"
    places: ClassVar = (Place(40, "time", _("Time")),)
