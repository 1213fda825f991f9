"""The state in which an import must be for an act."""

from django.db.models import Q

from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.alone import is_at_work
from floorwalker.web.intake.models import UNDOING, Import


class NotNow(Exception):
    """The import is not in a state for this; it has moved on. `state` is the one it is in."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def in_state(coming: Import, *states: str) -> None:
    """Read the state anew under a lock, so that two people at once do not both act; call it inside a transaction."""
    coming.state = Import.objects.select_for_update().values_list("state", flat=True).get(pk=coming.pk)
    if coming.state not in states:
        raise NotNow(coming.state)


def settle_state(coming: Import) -> None:
    """Say the truth about an import whose process was killed: it stopped, and nothing of it is visible, or undone.

    At the command line there is no queue, so an import of nobody's that waits for its turn has lost its process as well.
    """
    if coming.is_being_undone and coming.phase == UNDOING and not is_at_work(coming.pk):
        Import.objects.filter(pk=coming.pk, phase=UNDOING).update(phase="")
        coming.refresh_from_db()
    seems = [Import.State.RUNNING] if coming.by_id else [Import.State.RUNNING, Import.State.QUEUED]
    if coming.state in seems and not is_at_work(coming.pk):
        Import.objects.filter(pk=coming.pk, state__in=seems).update(state=Import.State.STOPPED, phase="")
        coming.refresh_from_db()


def settle_states(site: Site) -> None:
    """The same for every import of a site that seems to run."""
    seems = Q(state__in=[Import.State.RUNNING, Import.State.QUEUED]) | Q(state=Import.State.WHOLE, phase=UNDOING)
    for coming in Import.objects.filter(seems, site=site):
        settle_state(coming)
