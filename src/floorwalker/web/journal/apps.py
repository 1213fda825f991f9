from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place


class JournalConfig(AppConfig):
    name = "floorwalker.web.journal"
    label = "journal"
    places: ClassVar = (Place(90, "journal", _("Journal"), "floorwalker.web.journal.rules.may_read_journal", ("journal",)),)
