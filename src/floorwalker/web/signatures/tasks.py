"""Work in the background."""

from datetime import UTC, datetime

from django_tasks import task

from floorwalker.web.accounts.models import Site


@task()
def find_patterns(site_id: int) -> None:
    """Judge the patterns of all people of a site anew: after each import, and whenever it is asked for."""
    from floorwalker.web.signatures.rounds import judge_people  # the engine's compiled parts are loaded by a worker only

    judge_people(Site.objects.get(pk=site_id), datetime.now(UTC))
