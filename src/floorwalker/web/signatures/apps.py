from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db.models.signals import post_save

if TYPE_CHECKING:
    from floorwalker.web.accounts.models import Site
    from floorwalker.web.intake.models import Import


class SignaturesConfig(AppConfig):
    name = "floorwalker.web.signatures"
    label = "signatures"
    held_about = "floorwalker.web.signatures.holdings.held_about"

    def ready(self) -> None:
        from floorwalker.web.accounts.signals import thresholds_changed
        from floorwalker.web.intake.models import Import
        from floorwalker.web.signatures.tasks import find_patterns

        def after_import(instance: "Import", update_fields: object = None, **_facts: object) -> None:
            """An import becomes whole, or undone, by a whole save; a later save of single fields says nothing new."""
            if update_fields is None and instance.state in (Import.State.WHOLE, Import.State.UNDONE):
                find_patterns.enqueue(instance.site_id)

        def after_thresholds(site: "Site", **_facts: object) -> None:
            find_patterns.enqueue(site.pk)

        post_save.connect(after_import, sender=Import, dispatch_uid="signatures-import", weak=False)
        thresholds_changed.connect(after_thresholds, dispatch_uid="signatures-thresholds", weak=False)
