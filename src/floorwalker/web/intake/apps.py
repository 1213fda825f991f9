from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place

if TYPE_CHECKING:
    from floorwalker.web.accounts.models import Site


class IntakeConfig(AppConfig):
    name = "floorwalker.web.intake"
    label = "intake"
    places: ClassVar = (Place(80, "bring-in", _("Bring in"), "floorwalker.web.intake.rules.may_bring_in", ("bring-in",)),)

    def ready(self) -> None:
        from floorwalker.web.accounts.signals import thresholds_changed
        from floorwalker.web.intake.tasks import recount

        def count_again(site: "Site", **_facts: object) -> None:
            recount.enqueue(site.pk)

        thresholds_changed.connect(count_again, dispatch_uid="recount", weak=False)
