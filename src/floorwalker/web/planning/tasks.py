"""Work in the background."""

from datetime import UTC, datetime

from django_tasks import task

from floorwalker.web.accounts.models import Site
from floorwalker.web.planning.sample import plan_sample


@task()
def work_out(site_id: int) -> None:
    """Bring the plan of the coming days up to date: after each import, and whenever it is asked for."""
    plan_sample(Site.objects.get(pk=site_id), datetime.now(UTC))
