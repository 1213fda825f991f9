from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place

if TYPE_CHECKING:
    from floorwalker.web.accounts.models import Site
    from floorwalker.web.intake.models import Import

RULES = "floorwalker.web.changes.rules"
CARDS = ("changes", "change-story", "change-ruling")
WATCH = ("change-watch", "change-budget")


class ChangesConfig(AppConfig):
    name = "floorwalker.web.changes"
    label = "changes"
    places: ClassVar = (
        Place(30, "changes-part", _("Changes")),
        Place(31, "changes", _("What changed"), f"{RULES}.may_open_changes", CARDS, "changes-part"),
        Place(32, "change-watch-list", _("Watch list"), f"{RULES}.may_open_changes", WATCH, "changes-part"),
        Place(39, "change-digest", _("Digest by mail"), f"{RULES}.may_open_changes", ("change-digest",), "changes-part"),
    )

    hourly: ClassVar = ("floorwalker.web.changes.tasks.send_digests",)
    """What the worker starts each hour."""
    queue_names = "floorwalker.web.changes.queries.queue_names"
    """Where the calendar of events finds the queues to choose from."""
    pulse_teller = "floorwalker.web.changes.teller.known"
    """Where Pulse learns what stands on a chart."""

    def ready(self) -> None:
        from floorwalker.web.accounts.signals import thresholds_changed
        from floorwalker.web.changes.signals import words_changed
        from floorwalker.web.changes.tasks import find_changes
        from floorwalker.web.events.signals import events_changed
        from floorwalker.web.intake.models import Import

        def after_import(instance: "Import", update_fields: object = None, **_facts: object) -> None:
            """An import becomes whole, or undone, by a whole save; a later save of single fields says nothing new."""
            if update_fields is None and instance.state in (Import.State.WHOLE, Import.State.UNDONE):
                find_changes.enqueue(instance.site_id)

        def judge_anew(site: "Site", **_facts: object) -> None:
            find_changes.enqueue(site.pk)

        post_save.connect(after_import, sender=Import, dispatch_uid="changes-import", weak=False)
        thresholds_changed.connect(judge_anew, dispatch_uid="changes-thresholds", weak=False)
        events_changed.connect(judge_anew, dispatch_uid="changes-events", weak=False)
        words_changed.connect(judge_anew, dispatch_uid="changes-words", weak=False)
