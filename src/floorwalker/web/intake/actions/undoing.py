"""The way back: undo what came in, forget what did not."""

import time
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from floorwalker.warehouse.files import WarehouseFault
from floorwalker.warehouse.manifest import Commit
from floorwalker.warehouse.table_merge import Progress
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.actions.doing import actor, require
from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.intake import rules, uploads
from floorwalker.web.intake.actions.state import NotNow, in_state, settle_state
from floorwalker.web.intake.alone import alone
from floorwalker.web.intake.manifest import DatabaseManifest
from floorwalker.web.intake.models import UNDO_WAITS, UNDOING, Import
from floorwalker.web.intake.people import give_back_people
from floorwalker.web.journal.actions import write

State = Import.State
TELL_EVERY_S = 0.5


def ask_undo(coming: Import, viewer: Viewer) -> None:
    """Let an import be taken back when its turn is; until then, and should it fail, all of it counts."""
    from floorwalker.web.intake.tasks import take_back  # the task runs what is in this module

    require(rules.may_bring_in_kind(viewer, coming.mapping.get("kind", "")))
    with transaction.atomic():
        _in_state_to_be_undone(coming)
        coming.phase, coming.done, coming.total, coming.failure = UNDO_WAITS, 0, 100, {}
        coming.options = {**coming.options, "undo_by": viewer.user.pk}
        coming.save(update_fields=["phase", "done", "total", "failure", "options"])
        take_back.enqueue(coming.pk)


def undo_asked(import_id: int) -> None:
    """Take an import back as somebody has asked; what stops it for a known reason becomes its `failure`."""
    with alone(import_id) as free:
        coming = Import.objects.select_related("site").get(pk=import_id)
        if not free or not coming.is_being_undone:
            return
        coming.phase = UNDOING
        coming.save(update_fields=["phase"])
        try:
            _take_back(coming, User.objects.filter(pk=coming.options.get("undo_by")).first(), _Told(coming))
        except WarehouseFault as fault:
            coming.failure = {"code": fault.code, "facts": dict(fault.facts)}
        except NotNow:
            return  # somebody at the command line was faster
        finally:
            left = Import.objects.filter(pk=import_id, state=State.WHOLE, phase=UNDOING)
            left.update(phase="", failure=coming.failure)


def undo(coming: Import, viewer: Viewer | None) -> None:
    """Take an import back at once, with its people. What others have changed since stays and becomes a remark.

    Raises
    ------
    NotNow
        when it is not whole, or is being undone.
    WarehouseFault
        when the disk is full or must not be written; nothing has changed then.
    """
    require(viewer is None or rules.may_bring_in_kind(viewer, coming.mapping.get("kind", "")))
    with transaction.atomic():
        _in_state_to_be_undone(coming)
    _take_back(coming, actor(viewer), lambda doing, done, of: None)


def _in_state_to_be_undone(coming: Import) -> None:
    in_state(coming, State.WHOLE)
    coming.refresh_from_db(fields=["phase"])
    if coming.is_being_undone:
        raise NotNow(UNDOING)


def _take_back(coming: Import, by: User | None, progress: Progress) -> None:
    """Take an import back, with its people, all at once."""

    def become_undone(commit: Commit) -> None:
        in_state(coming, State.WHOLE)
        stay = give_back_people(coming)
        if stay:
            coming.remarks = [*coming.remarks, {"code": "people_changed_since", "facts": {"records": stay}}]
        coming.state, coming.undone_at, coming.phase = State.UNDONE, datetime.now(UTC), ""
        coming.save()
        write(by, "import.undone", coming.source, facts={"import": coming.pk})

    manifest = DatabaseManifest(also=become_undone)
    Warehouse(Path(settings.WAREHOUSE), manifest, coming.site.settings()).undo(coming.pk, progress)


class _Told:
    """Tells the records now and then how far undoing is, in per cent: laying back is the first half, adding up the other."""

    def __init__(self, coming: Import) -> None:
        self._coming, self._at = coming, time.monotonic()

    def __call__(self, doing: str, done: int, of: int) -> None:
        share = round(50 * done / of) if of else 0
        self._coming.done = max(self._coming.done, share + (50 if doing == "cube" else 0))
        if time.monotonic() - self._at >= TELL_EVERY_S:
            self._at = time.monotonic()
            self._coming.save(update_fields=["done"])


@transaction.atomic
def throw_away(coming: Import, viewer: Viewer | None) -> None:
    """Forget an import of which nothing is visible, with its files."""
    require(viewer is None or rules.may_bring_in(viewer))
    settle_state(coming)
    in_state(coming, State.CHECKING, State.STOPPED, State.FAILED)
    write(actor(viewer), "import.thrown_away", coming.source, facts={"import": coming.pk})
    uploads.throw_away(coming)
    coming.delete()
