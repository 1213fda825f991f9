from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place


class PulseConfig(AppConfig):
    name = "floorwalker.web.pulse"
    label = "pulse"
    places: ClassVar = (Place(20, "pulse", _("Pulse"), "floorwalker.web.pulse.rules.may_open_pulse", ("pulse",)),)
