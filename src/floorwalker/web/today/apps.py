from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place


class TodayConfig(AppConfig):
    name = "floorwalker.web.today"
    label = "today"
    places: ClassVar = (Place(10, "today", _("Today"), "floorwalker.web.accounts.doors.anyone_signed_in", ("today",)),)
