from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place

RULES = "floorwalker.web.accounts.rules"


class AccountsConfig(AppConfig):
    name = "floorwalker.web.accounts"
    label = "accounts"
    places: ClassVar = (
        Place(70, "people", _("People"), f"{RULES}.may_see_people", ("person", "people", "team")),
        Place(95, "site", _("Site"), f"{RULES}.may_change_site", ("site",)),
    )
