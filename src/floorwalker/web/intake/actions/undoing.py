"""The way back: undo what came in, forget what did not."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from floorwalker.warehouse.manifest import Commit
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.actions.doing import actor, require
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.intake import rules, uploads
from floorwalker.web.intake.actions.state import in_state, settle_state
from floorwalker.web.intake.manifest import DatabaseManifest
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.people import give_back_people
from floorwalker.web.journal.actions import write

State = Import.State


def undo(coming: Import, viewer: Viewer | None) -> None:
    """Take an import back, with its people, all at once. What others have changed since stays and becomes a remark.

    Raises
    ------
    WarehouseFault
        when the disk is full or must not be written; nothing has changed then.
    """
    require(viewer is None or rules.may_bring_in_kind(viewer, coming.mapping.get("kind", "")))

    def become_undone(commit: Commit) -> None:
        in_state(coming, State.WHOLE)
        stay = give_back_people(coming)
        if stay:
            coming.remarks = [*coming.remarks, {"code": "people_changed_since", "facts": {"records": stay}}]
        coming.state, coming.undone_at = State.UNDONE, datetime.now(UTC)
        coming.save()
        write(actor(viewer), "import.undone", coming.source, facts={"import": coming.pk})

    with transaction.atomic():
        in_state(coming, State.WHOLE)
    manifest = DatabaseManifest(also=become_undone)
    Warehouse(Path(settings.WAREHOUSE), manifest, coming.site.settings()).undo(coming.pk)


@transaction.atomic
def throw_away(coming: Import, viewer: Viewer | None) -> None:
    """Forget an import of which nothing is visible, with its files."""
    require(viewer is None or rules.may_bring_in(viewer))
    settle_state(coming)
    in_state(coming, State.CHECKING, State.STOPPED, State.FAILED)
    write(actor(viewer), "import.thrown_away", coming.source, facts={"import": coming.pk})
    uploads.throw_away(coming)
    coming.delete()
