"""What has to happen by itself: a task that waits for the next full hour, starts what the apps name, and waits again.

It waits in the same table as all other work, so it survives restarts; several workers may run, one of them takes it.
"""

from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult


def hourly() -> list[str]:
    """The tasks that are started each hour: `hourly` of each AppConfig."""
    return [place for config in apps.get_app_configs() for place in getattr(config, "hourly", ())]


@task()
def strike() -> None:
    """A full hour: wait for the next, then start what is due."""
    now = datetime.now(UTC)
    with transaction.atomic():
        strike.using(run_after=now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)).enqueue()
        for place in hourly():
            import_string(place).enqueue()


def wind() -> None:
    """See to it that the clock runs: called when a worker starts, it begins at once where nothing waits."""
    with transaction.atomic():
        waiting = DBTaskResult.objects.filter(task_path=strike.module_path, status=TaskResultStatus.READY)
        if not waiting.exists():
            strike.enqueue()
