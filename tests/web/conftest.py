"""One known cast for all tests of the web.

Laleh leads Billing, where Omid, Samira, Jun, Nasrin and Zofia are agents. Petra leads Support, where Tomek is. Hanna coaches
Billing, Mateusz plans, Mina manages the site, Viktor may only read (the executive), Ada administers. A stranger is nobody.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from floorwalker.web.accounts.models import AgentName, Membership, Person, Role, Site, Team, User
from tests.web import raw_values

PASSWORD = "seven quiet peaks"
SINCE = date(2020, 1, 1)

ROLES = {
    "Laleh": (Role.LEAD, "Billing"),
    "Omid": (Role.AGENT, "Billing"),
    "Samira": (Role.AGENT, "Billing"),
    "Jun": (Role.AGENT, "Billing"),
    "Nasrin": (Role.AGENT, "Billing"),
    "Zofia": (Role.AGENT, "Billing"),
    "Petra": (Role.LEAD, "Support"),
    "Tomek": (Role.AGENT, "Support"),
    "Hanna": (Role.COACH, "Billing"),
    "Mateusz": (Role.PLANNER, None),
    "Mina": (Role.MANAGER, None),
    "Viktor": (Role.EXECUTIVE, None),
    "Ada": (Role.ADMIN, None),
}
ACTORS = {
    "agent": "Omid",
    "colleague": "Samira",
    "lead": "Laleh",
    "other lead": "Petra",
    "coach": "Hanna",
    "planner": "Mateusz",
    "manager": "Mina",
    "executive": "Viktor",
    "admin": "Ada",
}
"""Who plays which part in a table of permissions; the stranger is nobody."""


@dataclass(frozen=True)
class Cast:
    """The site, its teams, and everybody by first name. Contacts know an agent as `agent.<first name in small letters>`."""

    site: Site
    teams: Mapping[str, Team]
    people: Mapping[str, Person]
    users: Mapping[str, User]

    def person(self, name: str) -> Person:
        return self.people[name]

    def user(self, name: str) -> User:
        return self.users[name]

    def agent_name(self, name: str) -> str:
        return f"agent.{name.lower()}"


@cache
def hashed_password() -> str:
    return make_password(PASSWORD)


@pytest.fixture
def cast(db: None) -> Cast:
    site = Site.objects.create(pk=1, name="Vistula", tz="Europe/Warsaw", country="PL", weekend=[5, 6])
    teams = {name: Team.objects.create(site=site, name=name) for name in ("Billing", "Support")}
    people, users = {}, {}
    for name, (role, team) in ROLES.items():
        person = Person.objects.create(
            site=site, native_id=name.lower(), name=name, email=f"{name.lower()}@vistula.example", hired_on=SINCE
        )
        Membership.objects.create(person=person, role=role, team=teams[team] if team else None, since=SINCE)
        if role == Role.AGENT:
            AgentName.objects.create(name=f"agent.{name.lower()}", person=person)
        people[name] = person
        users[name] = User.objects.create(email=person.email, password=hashed_password(), person=person)
    return Cast(site, teams, people, users)


@pytest.fixture
def sign_in(cast: Cast) -> Callable[[str], Client]:
    """A client signed in as somebody of the cast, by first name."""

    def as_somebody(name: str) -> Client:
        client = Client()
        client.force_login(cast.user(name))
        return client

    return as_somebody


@pytest.fixture
def stranger(cast: Cast) -> Client:
    """A client of nobody; the site and its people exist."""
    return Client()


@pytest.fixture
def as_laleh(sign_in: Callable[[str], Client]) -> Client:
    """Team leader of Billing."""
    return sign_in("Laleh")


@pytest.fixture
def as_omid(sign_in: Callable[[str], Client]) -> Client:
    """Agent in Billing."""
    return sign_in("Omid")


@pytest.fixture
def as_petra(sign_in: Callable[[str], Client]) -> Client:
    """Team leader of Support."""
    return sign_in("Petra")


@pytest.fixture
def as_hanna(sign_in: Callable[[str], Client]) -> Client:
    """Coach of Billing."""
    return sign_in("Hanna")


@pytest.fixture
def as_mateusz(sign_in: Callable[[str], Client]) -> Client:
    """Planner."""
    return sign_in("Mateusz")


@pytest.fixture
def as_mina(sign_in: Callable[[str], Client]) -> Client:
    """Manager of the site."""
    return sign_in("Mina")


@pytest.fixture
def as_viktor(sign_in: Callable[[str], Client]) -> Client:
    """Executive: may read the site, change nothing."""
    return sign_in("Viktor")


@pytest.fixture
def as_ada(sign_in: Callable[[str], Client]) -> Client:
    """Administrator."""
    return sign_in("Ada")


@pytest.fixture(autouse=True)
def own_places(settings: Any, tmp_path: Path) -> None:
    """Each test has its own warehouse, its own uploads and its own memory of patterns."""
    settings.PATTERNS = tmp_path / "patterns"
    settings.WAREHOUSE = tmp_path / "warehouse"
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture(autouse=True)
def no_raw_values() -> Iterator[None]:
    """Every page that any test opens obeys the law that no raw number or date reaches a template."""
    with raw_values.refused():
        yield
