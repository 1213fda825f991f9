"""Today, Pulse and Changes over ten million contacts: the server's time for each page, and how often it asks the database."""

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
    ("Changes", "/changes/"),
)
OPEN_TO = {"manager": PAGES, "lead": PAGES, "executive": (*PAGES[:2], *PAGES[3:]), "agent": PAGES[:2]}


def run(scale: float, folder: Path) -> list[Result]:
    """The 95th percentile of each page, warm, in this process."""
    os.environ["FLOORWALKER_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "floorwalker.web.settings"
    import django

    django.setup()
    clients = _centre_of(round(CONTACTS * scale))
    manager = clients["manager"]
    timed = [Result(f"{name}, p95", _p95(manager, address), at_most_s=AT_MOST_S) for name, address in PAGES]
    asked = [
        Result(f"{name} of {role}, database queries", _queries(client, address), at_most_s=AT_MOST_QUERIES, unit="")
        for role, client in clients.items()
        for name, address in OPEN_TO[role]
    ]
    return [*timed, *asked]


def _centre_of(contacts: int) -> dict[str, Any]:
    """Somebody of each role, signed in at a centre with so many contacts, the last ones of yesterday, all of them judged."""
    from django.core.management import call_command
    from django.test import Client

    from floorwalker.web.accounts.models import AgentName, Membership, Person, Role, Site, Team, User
    from floorwalker.web.changes.rounds import judge_site
    from floorwalker.web.intake.queries import open_warehouse

    call_command("migrate", verbosity=0, interactive=False)
    site, made = Site.objects.get_or_create(pk=1, defaults={"name": "Bench"})
    team, _made = Team.objects.get_or_create(site=site, name="Team")
    clients = {}
    for role in OPEN_TO:
        person, _made = Person.objects.get_or_create(site=site, native_id=role, name=role)
        user, _made = User.objects.get_or_create(email=f"{role}@bench.example", defaults={"person": person})
        of_team = team if role in (Role.LEAD, Role.AGENT) else None
        Membership.objects.get_or_create(person=person, role=role, team=of_team)
        if role == Role.AGENT:
            AgentName.objects.get_or_create(name="agent 1", person=person)
        clients[role] = Client(SERVER_NAME="localhost")
        clients[role].force_login(user)
    if made:
        site.refresh_from_db()
        open_warehouse(site).take(1, batches(contacts, DAYS, from_day=_first_day()))
        judge_site(site, datetime.now(UTC))
    return clients


def _first_day() -> int:
    """The number of the first of `DAYS` days, the last of which is yesterday."""
    yesterday: date = datetime.now(UTC).date() - timedelta(days=1)
    return (yesterday - FIRST_DAY).days - DAYS + 1


def _queries(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
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
