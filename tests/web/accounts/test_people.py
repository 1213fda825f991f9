"""People, their roles with days, their names in the contacts, their accounts; and that a look is noted."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from floorwalker.web.accounts import actions
from floorwalker.web.accounts.models import AgentName, Membership, Person, Role, User
from floorwalker.web.accounts.rules import Viewer, may_change_roles, viewer_of, visible_agents
from floorwalker.web.journal.models import Entry
from tests.web.conftest import SINCE, Cast

TODAY = date(2026, 3, 2)


def viewer(cast: Cast, name: str, on: date = TODAY) -> Viewer:
    return viewer_of(cast.user(name), cast.site, on)


def test_a_manager_sees_everybody_and_a_lead_only_their_team(as_mina: Client, as_laleh: Client) -> None:
    assert "Tomek" in as_mina.get("/people/").content.decode()
    page = as_laleh.get("/people/").content.decode()
    assert "Omid" in page
    assert "Tomek" not in page


def test_people_are_found_by_a_part_of_their_name_or_of_their_name_in_the_contacts(as_mina: Client) -> None:
    for named in ("mi", "agent.omid"):
        page = as_mina.get("/people/", {"named": named}).content.decode()
        assert "Omid" in page
        assert "Zofia" not in page


def test_whoever_has_left_is_in_their_own_list(cast: Cast, as_mina: Client) -> None:
    Person.objects.filter(name="Tomek").update(left_on=date(2021, 1, 1))
    assert "Tomek" not in as_mina.get("/people/").content.decode()
    assert "Tomek" in as_mina.get("/people/", {"former": "on"}).content.decode()


def test_a_person_is_added_with_a_number_of_ours(cast: Cast, as_mina: Client) -> None:
    answer = as_mina.post("/people/add/", {"name": "Noor", "hired_on": "2026-01-05"})
    noor = Person.objects.get(name="Noor")
    assert answer["Location"] == f"/people/{noor.pk}/"
    assert noor.native_id
    assert noor.hired_on == date(2026, 1, 5)
    assert Entry.objects.filter(verb="person.added", about_person=noor, actor=cast.user("Mina")).exists()


def test_a_staff_number_belongs_to_one_person(cast: Cast, as_mina: Client) -> None:
    answer = as_mina.post("/people/add/", {"name": "Noor", "native_id": "omid"})
    assert answer.status_code == 422
    assert "belongs to Omid already" in answer.content.decode()


def test_nobody_leaves_before_they_came(as_mina: Client) -> None:
    given = {"name": "Noor", "hired_on": "2026-01-05", "left_on": "2026-01-04"}
    assert as_mina.post("/people/add/", given).status_code == 422


def test_in_persian_days_are_typed_in_the_jalali_calendar(cast: Cast, as_mina: Client) -> None:
    User.objects.filter(pk=cast.user("Mina").pk).update(language="fa")
    as_mina.post("/people/add/", {"name": "نور", "hired_on": "۱۴۰۴/۱۰/۱۵"})
    assert Person.objects.get(name="نور").hired_on == date(2026, 1, 5)
    page = as_mina.get(f"/people/{Person.objects.get(name='نور').pk}/change/").content.decode()
    assert "۱۴۰۴/۱۰/۱۵" in page


def test_changed_facts_are_in_the_journal_by_name(cast: Cast, as_mina: Client) -> None:
    omid = cast.person("Omid")
    as_mina.post(
        f"/people/{omid.pk}/change/", {"name": "Omid K.", "native_id": "omid", "email": omid.email, "hired_on": "2020-01-01"}
    )
    entry = Entry.objects.get(verb="person.changed")
    assert (entry.thing, entry.facts) == ("name", {"name": "Omid K."})


def test_a_role_is_given_with_its_days(cast: Cast, as_mina: Client) -> None:
    omid = cast.person("Omid")
    given = {"role": "coach", "team": cast.teams["Support"].pk, "since": "2026-03-01"}
    assert as_mina.post(f"/people/{omid.pk}/roles/", given).status_code == 302
    held = Membership.objects.get(person=omid, role=Role.COACH)
    assert (held.team, held.since, held.until) == (cast.teams["Support"], date(2026, 3, 1), None)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"role": "coach"}, "work in a team"),
        ({"role": "planner", "since": "2026-03-02", "until": "2026-03-01"}, "before the first"),
    ],
)
def test_a_role_that_makes_no_sense_is_not_given(cast: Cast, as_mina: Client, given: dict[str, str], why: str) -> None:
    answer = as_mina.post(f"/people/{cast.person('Omid').pk}/roles/", given)
    assert answer.status_code == 422
    assert why in answer.content.decode()


@pytest.mark.parametrize(
    ("since", "until", "overlaps"),
    [
        (None, None, True),
        (date(2026, 1, 10), date(2026, 1, 20), True),
        (date(2026, 1, 31), None, True),
        (date(2026, 2, 1), None, False),
        (None, date(2025, 12, 31), False),
        (None, date(2026, 1, 1), True),
    ],
)
def test_a_role_is_not_held_twice_on_one_day(cast: Cast, since: date | None, until: date | None, overlaps: bool) -> None:
    omid = cast.person("Omid")
    actions.add_role(omid, Role.PLANNER, None, date(2026, 1, 1), date(2026, 1, 31))
    if overlaps:
        with pytest.raises(actions.NotDone, match=r"role\.held_already"):
            actions.add_role(omid, Role.PLANNER, None, since, until)
    else:
        assert actions.add_role(omid, Role.PLANNER, None, since, until).pk


def test_a_role_ends_on_its_last_day(cast: Cast) -> None:
    held = cast.person("Laleh").memberships.get()
    actions.change_role(held, SINCE, TODAY)
    assert viewer(cast, "Laleh").has(Role.LEAD)
    assert not viewer(cast, "Laleh", date(2026, 3, 3)).has(Role.LEAD)


def test_a_role_given_by_mistake_is_taken_back(cast: Cast, as_mina: Client) -> None:
    held = cast.person("Hanna").memberships.get()
    as_mina.post(f"/people/{held.person_id}/roles/{held.pk}/", {"remove": "yes"})
    assert not Membership.objects.filter(pk=held.pk).exists()
    assert Entry.objects.filter(verb="role.removed", about_person=cast.person("Hanna")).exists()


def test_nobody_changes_their_own_roles(cast: Cast, as_ada: Client) -> None:
    assert as_ada.post(f"/people/{cast.person('Ada').pk}/roles/", {"role": "manager"}).status_code == 422
    with pytest.raises(PermissionDenied):
        actions.add_role(cast.person("Ada"), Role.MANAGER, None, None, by=viewer(cast, "Ada"))


def test_only_administrators_make_administrators(cast: Cast) -> None:
    assert not may_change_roles(viewer(cast, "Mina"), cast.person("Omid"), Role.ADMIN)
    assert may_change_roles(viewer(cast, "Ada"), cast.person("Omid"), Role.ADMIN)


def test_a_name_in_the_contacts_belongs_to_one_person(cast: Cast, as_mina: Client) -> None:
    samira, omid = cast.person("Samira"), cast.person("Omid")
    assert as_mina.post(f"/people/{samira.pk}/names/", {"agent_name": "agent.omid"}).status_code == 422
    as_mina.post(f"/people/{omid.pk}/names/remove/", {"name": "agent.omid"})
    assert as_mina.post(f"/people/{samira.pk}/names/", {"agent_name": "agent.omid"}).status_code == 302
    assert AgentName.objects.get(name="agent.omid").person == samira


def test_a_person_gets_an_account_by_a_link(cast: Cast, as_mina: Client) -> None:
    noor = actions.add_person(cast.site, {"name": "Noor", "email": "noor@vistula.example"})
    answer = as_mina.post(f"/people/{noor.pk}/account/", {"email": "noor@vistula.example"})
    assert "/welcome/" in answer.content.decode()
    assert not User.objects.get(person=noor).has_usable_password()
    assert "Invited" in as_mina.get("/people/").content.decode()


def test_a_person_gets_an_account_with_a_first_password(cast: Cast, as_mina: Client) -> None:
    noor = actions.add_person(cast.site, {"name": "Noor"})
    given = {"email": "noor@vistula.example", "password": "six long plain words"}
    assert as_mina.post(f"/people/{noor.pk}/account/", given).status_code == 302
    assert Client().post("/sign-in/", {"username": given["email"], "password": given["password"]}).status_code == 302


def test_two_people_do_not_share_an_address(cast: Cast, as_mina: Client) -> None:
    noor = actions.add_person(cast.site, {"name": "Noor"})
    assert as_mina.post(f"/people/{noor.pk}/account/", {"email": "omid@vistula.example"}).status_code == 422


def test_closing_an_account_ends_its_sessions_and_keys(cast: Cast, as_mina: Client, as_omid: Client) -> None:
    key = actions.make_token(cast.user("Omid"), "report")
    as_mina.post(f"/people/{cast.person('Omid').pk}/account/close/")
    assert as_omid.get("/me/").status_code == 302
    assert Client().get("/api/me", headers={"Authorization": f"Bearer {key}"}).status_code == 401


def test_a_closed_account_is_opened_again(cast: Cast, as_mina: Client) -> None:
    omid = cast.person("Omid")
    as_mina.post(f"/people/{omid.pk}/account/close/")
    as_mina.post(f"/people/{omid.pk}/account/", {"email": "omid@vistula.example"})
    assert User.objects.get(person=omid).is_active


def test_the_last_administrator_stays(cast: Cast) -> None:
    with pytest.raises(actions.NotDone, match=r"account\.last_administrator"):
        actions.close_account(cast.user("Ada"))
    actions.add_role(cast.person("Mina"), Role.ADMIN, None, None)
    actions.close_account(cast.user("Ada"))
    assert not User.objects.get(pk=cast.user("Ada").pk).is_active


def test_a_look_at_somebody_is_noted_once_in_ten_minutes_and_they_see_it(cast: Cast, as_mina: Client, as_omid: Client) -> None:
    for _ in range(3):
        as_mina.get(f"/people/{cast.person('Omid').pk}/")
    assert Entry.objects.filter(verb="person.looked", about_person=cast.person("Omid")).count() == 1
    page = as_omid.get("/me/").content.decode()
    assert "Mina" in page
    assert "A page about Omid was opened" in page


def test_a_look_at_oneself_is_not_noted(cast: Cast, as_omid: Client) -> None:
    assert as_omid.get(f"/people/{cast.person('Omid').pk}/").status_code == 200
    assert not Entry.objects.filter(verb="person.looked").exists()


def test_who_looked_at_somebody_is_shown_to_managers_but_not_to_their_lead(
    cast: Cast, as_mina: Client, as_laleh: Client
) -> None:
    address = f"/people/{cast.person('Omid').pk}/"
    assert "Who looked" in as_mina.get(address).content.decode()
    assert "Who looked" not in as_laleh.get(address).content.decode()


def test_an_agents_numbers_are_for_the_agent_their_lead_and_the_manager(cast: Cast) -> None:
    billing = {f"agent.{name}" for name in ("omid", "samira", "jun", "nasrin", "zofia")}
    assert visible_agents(viewer(cast, "Omid")) == {"agent.omid"}
    assert visible_agents(viewer(cast, "Laleh")) == billing
    assert visible_agents(viewer(cast, "Petra")) == {"agent.tomek"}
    assert visible_agents(viewer(cast, "Mina")) is None
    for name in ("Hanna", "Mateusz", "Viktor", "Ada"):
        assert visible_agents(viewer(cast, name)) == frozenset()
