"""A list of people becomes persons, teams, roles and agent names, and goes back with its import."""

from pathlib import Path

from django.test import Client

from floorwalker.web.accounts.models import AgentName, Membership, Person, Team
from floorwalker.web.intake.models import Import
from tests.web.conftest import Cast
from tests.web.intake import files
from tests.web.intake.conftest import Desk


def bring(desk: Desk, tmp_path: Path, rows: list[files.Row]) -> Import:
    (coming,) = desk.upload(files.csv(tmp_path / "people.csv", rows))
    return desk.start(coming)


def test_people_teams_and_roles_are_made(desk: Desk, tmp_path: Path) -> None:
    coming = bring(desk, tmp_path, files.people())

    assert (coming.count("read"), coming.count("kept")) == (3, 3)
    assert Person.objects.get(native_id="1").email == "anna@x.example"
    assert AgentName.objects.get(name="Jan Kowal").person.native_id == "2"
    held = Membership.objects.filter(person__native_id__in="123").values_list("person__name", "role", "team__name")
    assert set(held) == {
        ("Anna Nowak", "agent", "Rachunki"),
        ("Jan Kowal", "agent", "Serwis"),
        ("Ola Kos", "lead", "Serwis"),
    }


def test_the_same_list_again_changes_nobody(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, files.people())
    again = bring(desk, tmp_path, files.people())
    assert (again.count("kept"), again.count("updated"), again.count("unchanged")) == (0, 0, 3)


def test_undo_takes_people_and_teams_back(desk: Desk, tmp_path: Path, cast: Cast) -> None:
    before = (Person.objects.count(), Team.objects.count(), Membership.objects.count(), AgentName.objects.count())
    coming = bring(desk, tmp_path, files.people())

    desk.undo(coming)

    assert (Person.objects.count(), Team.objects.count(), Membership.objects.count(), AgentName.objects.count()) == before


def test_undo_leaves_what_somebody_changed_since(desk: Desk, tmp_path: Path) -> None:
    coming = bring(desk, tmp_path, files.people())
    Person.objects.filter(native_id="1").update(name="Anna Nowak-Lis")

    desk.undo(coming)

    assert Person.objects.filter(name="Anna Nowak-Lis").exists()
    assert "has changed since this import" in desk.page(coming)


def test_a_move_to_another_team_ends_the_old_membership(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, files.people())
    rows = [list(row) for row in files.people()]
    rows[1][3] = "Serwis"

    moved = bring(desk, tmp_path, rows)

    assert moved.count("updated") == 1
    old, new = Membership.objects.filter(person__native_id="1").order_by("pk")
    assert (old.team.name, new.team.name) == ("Rachunki", "Serwis")
    assert old.until is not None
    assert new.until is None
    assert old.until < new.since


def test_a_manager_cannot_make_an_administrator_by_a_list(desk: Desk, tmp_path: Path) -> None:
    rows = [list(row) for row in files.people()]
    rows[1][4] = "admin"

    coming = bring(desk, tmp_path, rows)

    assert not Membership.objects.filter(person__native_id="1", role="admin").exists()
    assert "You may not give Anna Nowak" in desk.page(coming)


def test_nobody_changes_their_own_role_by_a_list(desk: Desk, tmp_path: Path, cast: Cast) -> None:
    rows = [files.people()[0], ("mina", "Mina", "mina@vistula.example", "Billing", "lead", "2020-01-01")]
    bring(desk, tmp_path, rows)
    assert set(cast.person("Mina").memberships.values_list("role", flat=True)) == {"manager"}


def test_an_agent_name_stays_with_the_person_who_has_it(desk: Desk, tmp_path: Path, cast: Cast) -> None:
    header = (*files.people()[0], "Agent names")
    rows = [header, ("9", "Other Omid", "o@x.example", "Billing", "agent", "2020-01-01", "agent.omid")]

    coming = bring(desk, tmp_path, rows)

    assert AgentName.objects.get(name="agent.omid").person == cast.person("Omid")
    assert "belongs to" in desk.page(coming)


def test_an_administrator_may_bring_people_in(as_ada: Client, tmp_path: Path) -> None:
    assert bring(Desk(as_ada), tmp_path, files.people()).state == Import.State.WHOLE
