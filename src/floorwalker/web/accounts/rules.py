"""Who may see and do what. Every permission in the accounts, and the viewer on whom all other apps' rules rest."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from floorwalker.web.accounts.models import Membership, Person, Role, Site, User

SITE_READERS = frozenset({Role.MANAGER, Role.EXECUTIVE, Role.PLANNER, Role.LEAD, Role.COACH, Role.ADMIN})


@dataclass(frozen=True)
class Viewer:
    """The signed-in person of one request: their roles and teams on that day, and their reading habits."""

    user: User
    site: Site
    on: date
    roles: frozenset[str] = frozenset()
    led_teams: frozenset[int] = frozenset()
    own_teams: frozenset[int] = field(default=frozenset())

    @property
    def person(self) -> Person | None:
        return self.user.person

    def has(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))

    @cached_property
    def agent_names(self) -> tuple[str, ...]:
        """The names under which contacts know the viewer."""
        if self.person is None:
            return ()
        return tuple(self.person.agent_names.order_by("name").values_list("name", flat=True))


def viewer_of(user: User, site: Site, on: date) -> Viewer:
    """The viewer that a user is on a day."""
    memberships = list(Membership.objects.on(on).filter(person__user=user))
    return Viewer(
        user=user,
        site=site,
        on=on,
        roles=frozenset(each.role for each in memberships),
        led_teams=frozenset(each.team_id for each in memberships if each.role == Role.LEAD and each.team_id),
        own_teams=frozenset(each.team_id for each in memberships if each.role == Role.AGENT and each.team_id),
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


def may_see_every_agent(viewer: Viewer) -> bool:
    """May see the numbers of each agent of the site. Administrators and executives may not."""
    return viewer.has(Role.MANAGER)


def visible_agents(viewer: Viewer) -> frozenset[str] | None:
    """Agent names whose own numbers the viewer may see: None means all. An agent sees their own, a lead also their team's."""
    if may_see_every_agent(viewer):
        return None
    led = Membership.objects.on(viewer.on).filter(role=Role.AGENT, team_id__in=viewer.led_teams)
    names = led.filter(person__agent_names__isnull=False).values_list("person__agent_names__name", flat=True)
    return frozenset(names) | frozenset(viewer.agent_names)
