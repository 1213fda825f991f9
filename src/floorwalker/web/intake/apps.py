from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place


class IntakeConfig(AppConfig):
    name = "floorwalker.web.intake"
    label = "intake"
    places: ClassVar = (Place(80, "bring-in", _("Bring in"), "floorwalker.web.intake.rules.may_bring_in", ("bring-in",)),)
