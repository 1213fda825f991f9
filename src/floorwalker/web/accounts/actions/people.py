"""People, teams, roles, and the names under which the systems know a person."""

from datetime import date

from django.db import transaction

from floorwalker.web.accounts.actions.doing import NotDone, actor, changes, require
from floorwalker.web.accounts.models import AgentName, Membership, Person, Role, Site, Team
from floorwalker.web.accounts.rules import TEAM_ROLES, Viewer, may_change_roles, may_manage_people
from floorwalker.web.journal.actions import write

PERSON_FACTS = ("name", "native_id", "email", "hired_on", "left_on")


@transaction.atomic
def add_person(site: Site, facts: dict[str, object], by: Viewer | None = None) -> Person:
    """A new person; `facts` as in `PERSON_FACTS`. Without a staff number they get one of ours."""
    require(by is None or may_manage_people(by))
    native_id = str(facts.get("native_id") or "") or _free_number(site)
    _check_number_is_free(site, native_id)
    person = Person.objects.create(site=site, **{**facts, "native_id": native_id})
    write(actor(by), "person.added", person.name, person)
    return person


@transaction.atomic
def change_person(person: Person, facts: dict[str, object], by: Viewer | None = None) -> Person:
    """Other facts about a person; the journal keeps which ones and what they are now."""
    require(by is None or may_manage_people(by))
    native_id = str(facts.get("native_id") or person.native_id)
    if native_id != person.native_id:
        _check_number_is_free(person.site, native_id)
    before = {name: getattr(person, name) for name in PERSON_FACTS}
    after = {**before, **facts, "native_id": native_id}
    for name, value in after.items():
        setattr(person, name, value)
    person.save()
    if changed := changes(before, after):
        write(actor(by), "person.changed", ", ".join(changed), person, changed)
    return person


def _check_number_is_free(site: Site, native_id: str) -> None:
    taken = Person.objects.filter(site=site, native_id=native_id).first()
    if taken:
        raise NotDone("person.number_taken", number=native_id, name=taken.name)


def _free_number(site: Site) -> str:
    count = Person.objects.filter(site=site).count() + 1
    while Person.objects.filter(site=site, native_id=f"p{count}").exists():
        count += 1
    return f"p{count}"


@transaction.atomic
def add_team(site: Site, name: str, by: Viewer | None = None) -> Team:
    """A new team."""
    require(by is None or may_manage_people(by))
    _check_name_is_free(site, name)
    team = Team.objects.create(site=site, name=name)
    write(actor(by), "team.added", name)
    return team


@transaction.atomic
def rename_team(team: Team, name: str, by: Viewer | None = None) -> Team:
    """Another name for a team; its people stay."""
    require(by is None or may_manage_people(by))
    if name == team.name:
        return team
    _check_name_is_free(team.site, name)
    before, team.name = team.name, name
    team.save()
    write(actor(by), "team.renamed", name, facts={"before": before})
    return team


def _check_name_is_free(site: Site, name: str) -> None:
    if Team.objects.filter(site=site, name__iexact=name).exists():
        raise NotDone("team.name_taken", name=name)


@transaction.atomic
def add_role(
    person: Person, role: str, team: Team | None, since: date | None, until: date | None = None, by: Viewer | None = None
) -> Membership:
    """A role from one day to another (None: open), in a team for agents, leads and coaches, else for the whole site."""
    require(by is None or may_change_roles(by, person, role))
    if role in TEAM_ROLES and team is None:
        raise NotDone("role.needs_team")
    team = team if role in TEAM_ROLES else None
    _check_days(since, until)
    _check_not_held_twice(person, role, team, since, until)
    membership = Membership.objects.create(person=person, role=role, team=team, since=since, until=until)
    write(actor(by), "role.given", role, person, _facts(membership))
    return membership


@transaction.atomic
def change_role(membership: Membership, since: date | None, until: date | None, by: Viewer | None = None) -> Membership:
    """Other days for a role: ending it is giving it a last day."""
    person, role = membership.person, membership.role
    require(by is None or may_change_roles(by, person, role))
    _check_days(since, until)
    _check_not_held_twice(person, role, membership.team, since, until, apart_from=membership)
    membership.since, membership.until = since, until
    membership.save()
    write(actor(by), "role.changed", role, person, _facts(membership))
    return membership


@transaction.atomic
def remove_role(membership: Membership, by: Viewer | None = None) -> None:
    """Takes back a role that was given by mistake, as if it had never been held."""
    require(by is None or may_change_roles(by, membership.person, membership.role))
    facts = _facts(membership)
    membership.delete()
    write(actor(by), "role.removed", membership.role, membership.person, facts)


def _check_days(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise NotDone("role.days_reversed", since=since.isoformat(), until=until.isoformat())


def _check_not_held_twice(
    person: Person,
    role: str,
    team: Team | None,
    since: date | None,
    until: date | None,
    apart_from: Membership | None = None,
) -> None:
    held = Membership.objects.filter(person=person, role=role, team=team)
    for each in held.exclude(pk=apart_from.pk) if apart_from else held:
        begins_before_end = until is None or each.since is None or each.since <= until
        ends_after_begin = since is None or each.until is None or each.until >= since
        if begins_before_end and ends_after_begin:
            raise NotDone("role.held_already")


def _facts(membership: Membership) -> dict[str, str | int | float | bool | None]:
    return {
        "team": membership.team.name if membership.team else "",
        "since": membership.since.isoformat() if membership.since else "",
        "until": membership.until.isoformat() if membership.until else "",
    }


@transaction.atomic
def add_agent_name(person: Person, name: str, by: Viewer | None = None) -> AgentName:
    """A name under which a source knows this person; the contacts under it are theirs from now on, history included."""
    require(by is None or may_manage_people(by))
    taken = AgentName.objects.filter(name=name).select_related("person").first()
    if taken:
        raise NotDone("agent_name.taken", name=name, person=taken.person.name)
    made = AgentName.objects.create(name=name, person=person)
    write(actor(by), "agent_name.added", name, person)
    return made


@transaction.atomic
def remove_agent_name(agent_name: AgentName, by: Viewer | None = None) -> None:
    """The contacts under this name no longer belong to this person."""
    require(by is None or may_manage_people(by))
    agent_name.delete()
    write(actor(by), "agent_name.removed", agent_name.name, agent_name.person)


def role_names() -> dict[str, str]:
    """Roles by their stored word, worded for the reader."""
    return {role.value: str(role.label) for role in Role}
