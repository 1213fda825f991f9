from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place

RULES = "floorwalker.web.routines.rules"


class RoutinesConfig(AppConfig):
    name = "floorwalker.web.routines"
    label = "routines"
    places: ClassVar = (
        Place(50, "blocks", _("Unplanned blocks"), f"{RULES}.may_keep_blocks", ("block",), under="time"),
        Place(52, "floor-walk", _("Floor walk"), f"{RULES}.may_walk", ("floor-walk", "visit"), under="time", in_hand=True),
        Place(54, "interruptions", _("Interruptions"), f"{RULES}.may_keep_blocks", ("interruption",), under="time"),
    )
    held_about = "floorwalker.web.routines.holdings.held_about"
    calendar_words: ClassVar = {"unplanned": "floorwalker.web.routines.wording.in_calendar"}
