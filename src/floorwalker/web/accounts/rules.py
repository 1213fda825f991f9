"""Who may see and do what. Every permission in the accounts, and the viewer on whom all other apps' rules rest."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from floorwalker.web.accounts.models import AgentName, Membership, Person, Role, Site, Team, User

SITE_READERS = frozenset({Role.MANAGER, Role.EXECUTIVE, Role.PLANNER, Role.LEAD, Role.COACH, Role.ADMIN})
TEAM_ROLES = frozenset({Role.AGENT, Role.LEAD, Role.COACH})
"""Roles that are held in a team; the others are held for the whole site."""


@dataclass(frozen=True)
class Viewer:
    """The signed-in person of one request: their roles and teams on that day, and their reading habits."""

    user: User
    site: Site
    on: date
    roles: frozenset[str] = frozenset()
    led_teams: frozenset[int] = frozenset()
    own_teams: frozenset[int] = field(default=frozenset())
    coached_teams: frozenset[int] = field(default=frozenset())
    known_as: tuple[str, ...] | None = None
    """The names under which contacts know the viewer, where they were read already."""

    @property
    def person(self) -> Person | None:
        return self.user.person

    def has(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))

    @cached_property
    def agent_names(self) -> tuple[str, ...]:
        """The names under which contacts know the viewer."""
        if self.known_as is not None or self.person is None:
            return self.known_as or ()
        return tuple(self.person.agent_names.order_by("name").values_list("name", flat=True))


def viewer_of(user: User, site: Site, on: date) -> Viewer:
    """The viewer that a user is on a day."""
    held = Membership.objects.on(on).filter(person__user=user)
    rows = list(held.values_list("role", "team_id", "person__agent_names__name"))
    teams = {role: frozenset(team for held_as, team, _ in rows if held_as == role and team) for role in TEAM_ROLES}
    return Viewer(
        user=user,
        site=site,
        on=on,
        roles=frozenset(role for role, _, _ in rows),
        led_teams=teams[Role.LEAD],
        own_teams=teams[Role.AGENT],
        coached_teams=teams[Role.COACH],
        known_as=tuple(sorted({name for _, _, name in rows if name})) if rows else None,
    )


def may_read_site(viewer: Viewer) -> bool:
    """May see the numbers of the site, its queues and channels."""
    return bool(viewer.roles & SITE_READERS)


def may_import(viewer: Viewer) -> bool:
    """May bring in contacts and undo it."""
    return viewer.has(Role.MANAGER, Role.PLANNER, Role.ADMIN)


def may_manage_people(viewer: Viewer) -> bool:
    """May add people, teams and accounts, and change roles."""
    return viewer.has(Role.MANAGER, Role.ADMIN)


def may_change_site(viewer: Viewer) -> bool:
    """May change the site's clock, calendar and thresholds."""
    return viewer.has(Role.MANAGER, Role.ADMIN)


def may_see_people(viewer: Viewer) -> bool:
    """May open the list of people, which holds those whom `visible_people` names."""
    return viewer.has(Role.MANAGER, Role.ADMIN, Role.LEAD, Role.COACH)


def visible_people(viewer: Viewer) -> QuerySet[Person]:
    """Whose page the viewer may open: their own, a lead's and coach's teams, for managers and administrators everybody's.

    A page about a person holds facts of work (name, team, roles, dates), never numbers: `visible_agents` rules those.
    """
    people = Person.objects.filter(site=viewer.site)
    if may_manage_people(viewer):
        return people
    near = Membership.objects.on(viewer.on).filter(team_id__in=viewer.led_teams | viewer.coached_teams)
    return people.filter(Q(pk__in=near.values("person_id")) | Q(pk=viewer.user.person_id))


def visible_teams(viewer: Viewer) -> QuerySet[Team]:
    """Teams whose page the viewer may open."""
    teams = Team.objects.filter(site=viewer.site)
    return teams if may_manage_people(viewer) else teams.filter(pk__in=viewer.led_teams | viewer.coached_teams)


def may_change_roles(viewer: Viewer, person: Person, role: str) -> bool:
    """May give or end a role of a person. Nobody changes their own; only administrators make administrators."""
    if viewer.user.person_id == person.pk or not may_manage_people(viewer):
        return False
    return viewer.has(Role.ADMIN) or role != Role.ADMIN


def may_change_account(viewer: Viewer, person: Person) -> bool:
    """May make, renew, close or open a person's account: nobody their own, managers no administrator's."""
    if viewer.user.person_id == person.pk or not may_manage_people(viewer):
        return False
    return viewer.has(Role.ADMIN) or not is_administrator(person, viewer.on)


def is_administrator(person: Person, on: date) -> bool:
    """Whether a person administers the site on a day."""
    return Membership.objects.on(on).filter(person=person, role=Role.ADMIN).exists()


def may_see_every_agent(viewer: Viewer) -> bool:
    """May see the numbers of each agent of the site. Administrators and executives may not."""
    return viewer.has(Role.MANAGER)


def visible_agents(viewer: Viewer) -> frozenset[str] | None:
    """Agent names whose own numbers the viewer may see: None means all. An agent sees their own, a lead also their team's."""
    if may_see_every_agent(viewer):
        return None
    if not viewer.led_teams:
        return frozenset(viewer.agent_names)
    led = Membership.objects.on(viewer.on).filter(role=Role.AGENT, team_id__in=viewer.led_teams)
    seen = AgentName.objects.filter(Q(person__in=led.values("person")) | Q(person=viewer.user.person_id))
    return frozenset(seen.values_list("name", flat=True))


def may_see_numbers(viewer: Viewer, person: Person) -> bool:
    """May see the numbers of a person who is known to contacts: that person, who leads their team, and managers."""
    names = set(person.agent_names.values_list("name", flat=True))
    visible = visible_agents(viewer)
    return bool(names) and (visible is None or names <= visible)
