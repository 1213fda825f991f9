from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place


class OpenDoorConfig(AppConfig):
    name = "floorwalker.web.opendoor"
    label = "opendoor"
    places: ClassVar = (
        Place(60, "open-doors", _("Open door"), "floorwalker.web.opendoor.rules.may_come", ("open-door",), under="time"),
    )
    calendar_words: ClassVar = {"open_door": "floorwalker.web.opendoor.wording.in_calendar"}
    held_about = "floorwalker.web.opendoor.holdings.held_about"
    lane = "floorwalker.web.opendoor.lane.lane"
    hourly: ClassVar = ("floorwalker.web.opendoor.tasks.tend_doors",)
