"""The clock of the worker: it runs on by itself, once, and starts what the apps name."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from floorwalker.web.upkeep.clock import hourly, strike, wind


def waiting() -> list[str]:
    return sorted(DBTaskResult.objects.filter(status="READY").values_list("task_path", flat=True))


@pytest.mark.django_db
def test_it_is_wound_once_however_many_workers_start() -> None:
    wind()
    wind()
    assert waiting() == ["floorwalker.web.upkeep.clock.strike"]


@pytest.mark.django_db
def test_each_hour_it_starts_what_is_due_and_waits_for_the_next() -> None:
    strike.func()
    assert waiting() == sorted([*hourly(), "floorwalker.web.upkeep.clock.strike"])
    (again,) = DBTaskResult.objects.filter(task_path="floorwalker.web.upkeep.clock.strike")
    assert again.run_after is not None
    assert timedelta(0) < again.run_after - datetime.now(UTC) <= timedelta(hours=1)
    assert (again.run_after.minute, again.run_after.second) == (0, 0)
    assert "floorwalker.web.changes.tasks.send_digests" in hourly()
