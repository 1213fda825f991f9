from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place


class VoiceConfig(AppConfig):
    name = "floorwalker.web.voice"
    label = "voice"
    held_about = "floorwalker.web.voice.holdings.held_about"
    places: ClassVar = (
        Place(70, "follow-ups", _("Follow-ups"), "floorwalker.web.voice.rules.may_write", ("follow-up",), under="time"),
    )
