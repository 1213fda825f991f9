from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.frame import Place

if TYPE_CHECKING:
    from floorwalker.web.accounts.models import Site
    from floorwalker.web.intake.models import Import

RULES = "floorwalker.web.planning.rules"


class PlanningConfig(AppConfig):
    name = "floorwalker.web.planning"
    label = "planning"
    places: ClassVar = (
        Place(40, "time", _("Time")),
        Place(10, "forecast", _("Forecast"), f"{RULES}.may_open_forecast", ("forecast",), under="time"),
        Place(
            20,
            "needed",
            _("People needed"),
            f"{RULES}.may_open_people_needed",
            ("needed", "queue-plan"),
            under="time",
        ),
        Place(30, "room", _("Room to spare"), f"{RULES}.may_open_people_needed", ("room", "certificate"), under="time"),
        Place(40, "roster", _("Roster"), f"{RULES}.may_open_roster", ("roster",), under="time"),
        Place(45, "promises", _("Promises"), f"{RULES}.may_open_people_needed", ("promises",), under="time"),
    )

    def ready(self) -> None:
        from floorwalker.web.accounts.signals import thresholds_changed
        from floorwalker.web.changes.signals import words_changed
        from floorwalker.web.events.signals import events_changed
        from floorwalker.web.intake.models import Import
        from floorwalker.web.planning.tasks import ask

        def after_import(instance: "Import", update_fields: object = None, **_facts: object) -> None:
            """An import becomes whole, or undone, by a whole save; a later save of single fields says nothing new."""
            if update_fields is None and instance.state in (Import.State.WHOLE, Import.State.UNDONE):
                ask(instance.site_id)

        def after_change(site: "Site", queues: frozenset[str] = frozenset(), **_facts: object) -> None:
            """What is said of one queue touches the sum of all as well."""
            ask(site.pk, queues | {""} if queues else ())

        post_save.connect(after_import, sender=Import, dispatch_uid="planning-import", weak=False)
        thresholds_changed.connect(after_change, dispatch_uid="planning-thresholds", weak=False)
        events_changed.connect(after_change, dispatch_uid="planning-events", weak=False)
        words_changed.connect(after_change, dispatch_uid="planning-words", weak=False)
