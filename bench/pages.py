"""Today and Pulse over ten million contacts: the time the server takes for each page, and how often it asks the database."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.data import DAYS, FIRST_DAY, batches
from bench.timing import Result

CONTACTS = 10_000_000
TIMES = 40
WARM = 3
AT_MOST_S, AT_MOST_QUERIES = 0.150, 20
PAGES = (
    ("Today", "/"),
    ("Pulse, service level by queue", "/pulse/"),
    ("Pulse, handle time by agent", "/pulse/?measure=aht&by=agent"),
    ("Pulse, handle time by reason in one queue", "/pulse/?measure=aht&by=topic&queue=queue+1"),
)


def run(scale: float, folder: Path) -> list[Result]:
    """The 95th percentile of each page, warm, in this process."""
    os.environ["FLOORWALKER_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "floorwalker.web.settings"
    import django

    django.setup()
    client = _manager_over(round(CONTACTS * scale))
    asked = [
        Result(f"{name}, database queries", _queries(client, address), at_most_s=AT_MOST_QUERIES) for name, address in PAGES
    ]
    return [*(Result(f"{name}, p95", _p95(client, address), at_most_s=AT_MOST_S) for name, address in PAGES), *asked]


def _manager_over(contacts: int) -> Any:
    """A signed-in manager over so many contacts, the last ones of yesterday."""
    from django.core.management import call_command
    from django.test import Client

    from floorwalker.web.accounts.models import Membership, Person, Role, Site, User
    from floorwalker.web.intake.queries import open_warehouse

    call_command("migrate", verbosity=0, interactive=False)
    site, made = Site.objects.get_or_create(pk=1, defaults={"name": "Bench"})
    person, _made = Person.objects.get_or_create(site=site, native_id="manager", name="Manager")
    user, _made = User.objects.get_or_create(email="manager@bench.example", defaults={"person": person})
    Membership.objects.get_or_create(person=person, role=Role.MANAGER)
    if made:
        site.refresh_from_db()
        open_warehouse(site).take(1, batches(contacts, DAYS, from_day=_first_day()))
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def _first_day() -> int:
    """The number of the first of `DAYS` days, the last of which is yesterday."""
    yesterday: date = datetime.now(UTC).date() - timedelta(days=1)
    return (yesterday - FIRST_DAY).days - DAYS + 1


def _queries(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return len(asked)


def _p95(client: Any, address: str) -> float:
    for _ in range(WARM):
        client.get(address)
    taken = sorted(_time(client, address) for _ in range(TIMES))
    return taken[round(TIMES * 0.95) - 1]


def _time(client: Any, address: str) -> float:
    start = perf_counter()
    client.get(address)
    return perf_counter() - start
