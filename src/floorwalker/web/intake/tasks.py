"""Work in the background."""

from datetime import UTC, datetime

from django_tasks import task

from floorwalker.web.intake.running import run
from floorwalker.web.intake.uploads import throw_away_old


@task()
def bring_in(import_id: int) -> None:
    """Bring an import in, and delete uploads whose time is over."""
    run(import_id)
    throw_away_old(datetime.now(UTC))
