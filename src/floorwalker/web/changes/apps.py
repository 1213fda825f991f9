from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place

if TYPE_CHECKING:
    from floorwalker.web.accounts.models import Site
    from floorwalker.web.intake.models import Import


class ChangesConfig(AppConfig):
    name = "floorwalker.web.changes"
    label = "changes"
    places: ClassVar = (Place(30, "changes", _("Changes"), "floorwalker.web.changes.rules.may_open_changes", ("change",)),)

    def ready(self) -> None:
        from floorwalker.web.accounts.signals import thresholds_changed
        from floorwalker.web.changes.tasks import find_changes
        from floorwalker.web.intake.models import Import

        def after_import(instance: "Import", update_fields: object = None, **_facts: object) -> None:
            """An import becomes whole, or undone, by a whole save; a later save of single fields says nothing new."""
            if update_fields is None and instance.state in (Import.State.WHOLE, Import.State.UNDONE):
                find_changes.enqueue(instance.site_id)

        def after_thresholds(site: "Site", **_facts: object) -> None:
            find_changes.enqueue(site.pk)

        post_save.connect(after_import, sender=Import, dispatch_uid="changes-import", weak=False)
        thresholds_changed.connect(after_thresholds, dispatch_uid="changes-thresholds", weak=False)
