"""Work in the background."""

from datetime import UTC, datetime

from django.conf import settings
from django_tasks import task

from floorwalker.web.accounts.models import Site


@task()
def find_changes(site_id: int) -> None:
    """Judge all numbers of a site anew: after each import, and whenever it is asked for."""
    from floorwalker.web.changes.rounds import judge_site  # the engine's compiled parts are loaded by a worker only

    judge_site(Site.objects.get(pk=site_id), datetime.now(UTC))


@task()
def send_digests() -> None:
    """Send every digest that is due; asked for each hour, nothing is sent twice."""
    from floorwalker.web.changes.letters import send_due

    if settings.SENDS_MAIL:
        for site in Site.objects.all():
            send_due(site, datetime.now(UTC))
