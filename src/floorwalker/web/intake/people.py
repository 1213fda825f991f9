"""A list of people becomes persons, teams, memberships and agent names, as part of its import; and back."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.conf import settings
from django.db import models
from django.utils import translation

from floorwalker.web.accounts.models import AgentName, Membership, Person, Role, Site, Team
from floorwalker.web.accounts.rules import TEAM_ROLES, may_change_roles, viewer_of
from floorwalker.web.intake.models import Import, PeopleChange

Row = dict[str, Any]

_MODELS: dict[str, type[models.Model]] = {"person": Person, "team": Team, "membership": Membership, "agent_name": AgentName}
_FIELDS = {
    "person": ("site_id", "native_id", "name", "email", "hired_on", "left_on"),
    "team": ("site_id", "name"),
    "membership": ("person_id", "role", "team_id", "since", "until"),
    "agent_name": ("name", "person_id"),
}


@dataclass
class PeopleCounted:
    """What became of the rows of a list of people, and what could not be taken over: remark codes with facts."""

    kept: int = 0
    updated: int = 0
    unchanged: int = 0
    remarks: list[dict[str, Any]] = field(default_factory=list)


def take_people(coming: Import, rows: pl.DataFrame, on: date) -> PeopleCounted:
    """Create and correct people from a person table; call it inside a transaction. `on` is the day from which changes hold."""
    return _Taking(coming, on).take(rows)


def give_back_people(coming: Import) -> int:
    """Put everything back that an import of people changed; returns how many records somebody has changed since and stay."""
    kept = 0
    for change in coming.people_changes.order_by("-pk"):
        kept += not _put_back(change)
    return kept


class _Taking:
    def __init__(self, coming: Import, on: date) -> None:
        self._coming, self._site, self._on = coming, coming.site, on
        self._teams = {team.name: team for team in Team.objects.filter(site=self._site)}
        self._sites = {site.name.casefold(): site for site in Site.objects.all()}
        self._viewer = viewer_of(coming.by, coming.site, on) if coming.by else None
        self._roles = _role_words()
        self._unknown_roles: Counter[str] = Counter()
        self._told: list[dict[str, Any]] = []
        self._changed = False

    def take(self, rows: pl.DataFrame) -> PeopleCounted:
        counted = PeopleCounted()
        for row in rows.iter_rows(named=True):
            self._changed = False
            is_new = self._take_one(row)
            if is_new:
                counted.kept += 1
            elif self._changed:
                counted.updated += 1
            else:
                counted.unchanged += 1
        unknown = [{"code": "role_unknown", "facts": {"word": word, "rows": n}} for word, n in self._unknown_roles.items()]
        counted.remarks = [*unknown, *self._told]
        return counted

    def _take_one(self, row: Row) -> bool:
        site = self._sites.get((row["site"] or "").casefold(), self._site)
        person = self._found(site, row)
        is_new = person is None
        said = {"native_id": row["native_id"], "name": row["name"], "hired_on": row["hired_on"], "left_on": row["left_on"]}
        if row["email"]:
            said["email"] = row["email"].strip().lower()
        if person is None:
            person = Person(site=site)
        else:
            said = {name: value for name, value in said.items() if value is not None or name == "left_on"}
        self._save("person", person, said)
        self._role(person, row)
        self._names(person, row)
        return is_new

    def _found(self, site: Site, row: Row) -> Person | None:
        """The same staff number, else an account's person that has no staff number yet and the same address."""
        people = Person.objects.filter(site=site)
        found = people.filter(native_id=row["native_id"]).first()
        if found is None and row["email"]:
            address = row["email"].strip().lower()
            found = people.filter(native_id=address, email__iexact=address).first()
        return found

    def _role(self, person: Person, row: Row) -> None:
        """The list tells role and team of one day: what was held and is not told any more ends the day before."""
        left = row["left_on"]
        on = min(left, self._on) if left else self._on
        held = [each for each in person.memberships.order_by("pk") if each.until is None or each.until >= on]
        role = self._role_of(row["role"]) or (held[0].role if held else Role.AGENT)
        team = self._team(person.site, row["team"]) if row["team"] and role in TEAM_ROLES else None
        same = [each for each in held if each.role == role and (each.team_id == (team.pk if team else None) or not row["team"])]
        if same:
            self._save("membership", same[0], {"until": left})
            return
        if self._viewer and not may_change_roles(self._viewer, person, role):
            self._told.append({"code": "role_not_allowed", "facts": {"person": person.name, "role": role}})
            return
        now = {"role": role, "team_id": team.pk if team else None, "until": left}
        fresh = next((each for each in held if each.since == on), None)
        for each in held:
            if each is not fresh:
                self._save("membership", each, {"until": on - timedelta(days=1)})
        since = on if person.memberships.exists() else row["hired_on"]
        self._save("membership", fresh or Membership(person=person, since=since), now)

    def _role_of(self, word: str | None) -> str:
        """The role that a word means in any of the languages; an empty text when it means none."""
        role = self._roles.get((word or "").strip().casefold(), "")
        if word and not role:
            self._unknown_roles[word.strip()] += 1
        return role

    def _team(self, site: Site, name: str) -> Team:
        team = self._teams.get(name)
        if team is None:
            team = self._teams[name] = Team(site=site)
            self._save("team", team, {"name": name})
        return team

    def _names(self, person: Person, row: Row) -> None:
        """The agent names of the row, else the person's own name, unless another person has it."""
        said = [name.strip() for name in (row["agent_names"] or "").split(";") if name.strip()]
        for name in dict.fromkeys(said or [row["name"].strip()]):
            known = AgentName.objects.filter(name=name).first()
            if known is None:
                self._save("agent_name", AgentName(person=person), {"name": name})
            elif known.person_id != person.pk and said:
                self._told.append({"code": "agent_name_taken", "facts": {"name": name, "person": known.person.name}})

    def _save(self, model: str, record: models.Model, said: Row) -> None:
        before = _values(model, record) if record.pk else None
        for name, value in said.items():
            setattr(
                record, name, value if value is not None or name in ("hired_on", "left_on", "since", "until", "team_id") else ""
            )
        after = _values(model, record)
        if before == after:
            return
        record.save()
        after = _values(model, record)
        self._changed = True
        PeopleChange.objects.create(of=self._coming, model=model, record=record.pk, before=before, after=after)


def _put_back(change: PeopleChange) -> bool:
    """Undo one change; false when the record is not as the import left it, or others still refer to it."""
    record = _MODELS[change.model].objects.filter(pk=change.record).first()  # type: ignore[attr-defined]
    if record is None:
        return True
    if _values(change.model, record) != change.after:
        return False
    if change.before is None:
        if _is_needed(change.model, record):
            return False
        record.delete()
        return True
    for name, value in change.before.items():
        setattr(record, name, value)
    record.save()
    return True


def _is_needed(model: str, record: models.Model) -> bool:
    """Whether somebody else than the undone import refers to a person or team."""
    if isinstance(record, Person):
        return record.memberships.exists() or record.agent_names.exists() or hasattr(record, "user")
    return isinstance(record, Team) and record.memberships.exists()


def _values(model: str, record: models.Model) -> Row:
    """The record's values as JSON keeps them."""
    values = {name: getattr(record, name) for name in _FIELDS[model]}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _role_words() -> dict[str, str]:
    """Every role by its own word and by its name in each language."""
    words = {str(value): str(value) for value in Role.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words |= {str(label).casefold(): str(value) for value, label in Role.choices}
    return words
