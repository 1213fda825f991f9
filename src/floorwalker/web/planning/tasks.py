"""Work in the background."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django_tasks import task

from floorwalker.web.accounts.models import Site

MORNING = 5
"""The hour of the site's clock at which each day begins."""


@task()
def work_out(site_id: int) -> None:
    """Work the coming days of a site out: after each import, and whenever it is asked for."""
    from floorwalker.web.planning.rounds import work_out_site  # the engines' compiled parts are loaded by a worker only

    site = Site.objects.get(pk=site_id)
    work_out_site(site, datetime.now(UTC).astimezone(ZoneInfo(site.tz)))
    _every_morning(site)


def _every_morning(site: Site) -> None:
    """See to it that the next morning is worked out as well, and only once."""
    from django_tasks_db.models import DBTaskResult

    now = datetime.now(UTC).astimezone(ZoneInfo(site.tz))
    morning = datetime.combine(now.date() + timedelta(1), datetime.min.time(), now.tzinfo) + timedelta(hours=MORNING)
    waiting = DBTaskResult.objects.filter(
        status="READY", task_path=work_out.module_path, run_after__gt=now, run_after__lte=morning
    )
    if not any(each.args_kwargs["args"] == [site.pk] for each in waiting):
        work_out.using(run_after=morning).enqueue(site.pk)
