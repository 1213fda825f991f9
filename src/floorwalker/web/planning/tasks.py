"""Work in the background."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django_tasks import task

from floorwalker.web.accounts.models import Site
from floorwalker.web.planning.models import Round

SOON = timedelta(days=2)
MORNING = 5
"""The hour of the site's clock at which each day begins."""


@task()
def work_out(site_id: int, queues: list[str] | None = None) -> None:
    """Work the coming days of a site out: after each import, and whenever it is asked for; or only of the queues that a change
    touches."""
    from floorwalker.web.planning.rounds import work_out_site  # the engines' compiled parts are loaded by a worker only

    site = Site.objects.get(pk=site_id)
    work_out_site(site, datetime.now(UTC).astimezone(ZoneInfo(site.tz)), queues or ())
    _every_morning(site)


def ask(site_id: int, queues: Collection[str] = ()) -> None:
    """Have the coming days worked out as soon as the worker is free, of all queues or of those that a change touches. Pages say
    that it is waited for. What waits already is not asked for twice.
    """
    Round.objects.update_or_create(site_id=site_id, defaults={"asked_at": datetime.now(UTC)})
    waiting = _waiting()
    if [site_id] in waiting or [site_id, sorted(queues)] in waiting:
        return
    if queues:
        work_out.enqueue(site_id, sorted(queues))
    else:
        work_out.enqueue(site_id)


def _waiting() -> list[list[object]]:
    """What is asked for and has not begun, without the turn of the next morning."""
    from django_tasks_db.models import DBTaskResult

    ready = DBTaskResult.objects.filter(status="READY", task_path=work_out.module_path)
    now = datetime.now(UTC)
    return [each.args_kwargs["args"] for each in ready if each.run_after is None or not now < each.run_after < now + SOON]


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
