"""What was kept when a series was named by queue and team is kept under its place."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from floorwalker.web.accounts.models import Site, User

DAY, AT = date(2026, 11, 12), datetime(2026, 11, 20, 8, tzinfo=UTC)
BEFORE, AFTER = [("changes", "0002_series_rulings_and_watches")], [("changes", "0003_places")]


def _migrated(to: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.mark.django_db(transaction=True)
def test_every_change_story_ruling_and_watch_keeps_its_number_and_gets_its_place() -> None:
    try:
        site, user = Site.objects.create(name="Vistula"), User.objects.create(email="mina@vistula.example")
        apps = _migrated(BEFORE)
        sizes = {"sure": 0.9, "size": 1, "size_low": 0, "size_high": 2, "usual": 5}
        facts = {
            "Finding": {"onset": DAY, "kind": "lasting", **sizes},
            "Decision": {"kind": "new_normal", "first": DAY, "decided": DAY},
            "Story": {"onset": DAY, "text": "The new screen.", "by_id": user.pk, "at": AT},
            "Ruling": {"onset": DAY, "kind": "normal", "by_id": user.pk, "at": AT},
            "Watch": {"onset": DAY},
        }
        places = {("Billing", ""): ("queue", "Billing"), ("", "Birch"): ("team", "Birch"), ("", ""): ("", "")}
        made = {}
        for name, more in facts.items():
            rows = apps.get_model("changes", name).objects
            for queue, team in places:
                series = {"site_id": site.pk, "measure": "aht", "queue": queue, "team": team}
                made[name, rows.create(**series, **more).pk] = places[queue, team]
        now = _migrated(AFTER)
        kept = {
            (name, row.pk): (row.dimension, row.value) for name in facts for row in now.get_model("changes", name).objects.all()
        }
        assert kept == made
        again = _migrated(BEFORE)
        assert {(row.queue, row.team) for row in again.get_model("changes", "Story").objects.all()} == set(places)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
