from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place


class EventsConfig(AppConfig):
    name = "floorwalker.web.events"
    label = "events"
    places: ClassVar = (
        Place(
            35, "events", _("Calendar of events"), "floorwalker.web.events.rules.may_open_events", ("event",), "changes-part"
        ),
    )
