"""Reads about people and accounts, as frozen values for pages and the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Lower

from floorwalker.web.accounts.models import Membership, Person, Site, Team, User
from floorwalker.web.accounts.rules import Viewer, visible_people, visible_teams


@dataclass(frozen=True)
class Held:
    """A role that a person holds or held."""

    id: int
    role: str
    label: str
    team: str
    team_id: int | None
    since: date | None
    until: date | None
    in_force: bool


@dataclass(frozen=True)
class Account:
    """How a person signs in: the state is `open`, `invited` (no password chosen yet) or `closed`."""

    email: str
    state: str


@dataclass(frozen=True)
class PersonLine:
    """One person of a list, with the roles in force."""

    id: int
    name: str
    native_id: str
    email: str
    hired_on: date | None
    left_on: date | None
    roles: Sequence[Held]
    past_roles: Sequence[Held]
    agent_names: Sequence[str]
    account: Account | None

    @property
    def teams(self) -> Sequence[str]:
        return tuple(dict.fromkeys(each.team for each in self.roles if each.team))


@dataclass(frozen=True)
class TeamLine:
    """One team with its leaders and how many agents it has today."""

    id: int
    name: str
    leads: Sequence[str]
    agents: int


def people(viewer: Viewer, named: str = "", team: int | None = None, former: bool = False) -> Sequence[PersonLine]:
    """Those whom the viewer may see, by name; people who left only when `former`."""
    found = visible_people(viewer)
    if named:
        found = found.filter(Q(name__icontains=named) | Q(native_id__icontains=named) | Q(agent_names__name__icontains=named))
    if team is not None:
        found = found.filter(pk__in=Membership.objects.on(viewer.on).filter(team_id=team).values("person_id"))
    gone = Q(left_on__lt=viewer.on)
    found = found.filter(gone) if former else found.exclude(gone)
    ordered = found.distinct().order_by(Lower("name"), "pk")
    return [
        _line(each, viewer.on) for each in ordered.select_related("user").prefetch_related("agent_names", "memberships__team")
    ]


def person(viewer: Viewer, pk: int) -> PersonLine | None:
    """One person, if the viewer may see them."""
    found = (
        visible_people(viewer).filter(pk=pk).select_related("user").prefetch_related("agent_names", "memberships__team").first()
    )
    return _line(found, viewer.on) if found else None


def own_line(viewer: Viewer) -> PersonLine | None:
    """The viewer as a person; None when the account belongs to nobody of the people."""
    return person(viewer, viewer.user.person_id) if viewer.user.person_id else None


def _line(person: Person, on: date) -> PersonLine:
    held = [
        Held(
            id=each.pk,
            role=each.role,
            label=str(each.get_role_display()),
            team=each.team.name if each.team else "",
            team_id=each.team_id,
            since=each.since,
            until=each.until,
            in_force=each.is_in_force(on),
        )
        for each in sorted(person.memberships.all(), key=lambda each: (each.since or date.min, each.pk), reverse=True)
    ]
    return PersonLine(
        id=person.pk,
        name=person.name,
        native_id=person.native_id,
        email=person.email,
        hired_on=person.hired_on,
        left_on=person.left_on,
        roles=[each for each in held if each.in_force],
        past_roles=[each for each in held if not each.in_force],
        agent_names=sorted(each.name for each in person.agent_names.all()),
        account=_account(getattr(person, "user", None)),
    )


def _account(user: User | None) -> Account | None:
    if user is None:
        return None
    if not user.is_active:
        return Account(user.email, "closed")
    return Account(user.email, "open" if user.has_usable_password() else "invited")


def teams(viewer: Viewer) -> Sequence[TeamLine]:
    """Teams whose page the viewer may open, with leaders and agents of today."""
    of_today = Membership.objects.on(viewer.on).filter(team__site=viewer.site).select_related("person")
    leads: dict[int, list[str]] = {}
    agents: dict[int, set[int]] = {}
    for each in of_today.order_by(Lower("person__name")):
        if each.team_id and each.role == "lead":
            leads.setdefault(each.team_id, []).append(each.person.name)
        elif each.team_id and each.role == "agent":
            agents.setdefault(each.team_id, set()).add(each.person_id)
    return [
        TeamLine(team.pk, team.name, tuple(leads.get(team.pk, ())), len(agents.get(team.pk, ())))
        for team in visible_teams(viewer).order_by(Lower("name"))
    ]


def team(viewer: Viewer, pk: int) -> Team | None:
    """One team, if the viewer may see it."""
    return visible_teams(viewer).filter(pk=pk).first()


def agent_of(site: Site) -> dict[str, str]:
    """Names of people by the names under which contacts know them."""
    rows = Person.objects.filter(site=site, agent_names__isnull=False).values_list("agent_names__name", "name")
    return {str(agent): name for agent, name in rows}
