"""Work in the background."""

from datetime import UTC, datetime

from django_tasks import task

from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.actions.undoing import undo_asked
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.intake.running import run
from floorwalker.web.intake.uploads import throw_away_old


@task()
def bring_in(import_id: int) -> None:
    """Bring an import in, and delete uploads whose time is over."""
    run(import_id)
    throw_away_old(datetime.now(UTC))


@task()
def take_back(import_id: int) -> None:
    """Take an import back, as somebody has asked."""
    undo_asked(import_id)


@task()
def recount(site_id: int) -> None:
    """Count every sum again under the site's present thresholds; until then answers come from the records, slower."""
    warehouse = open_warehouse(Site.objects.get(pk=site_id))
    if warehouse.stale:
        warehouse.rebuild()
