"""The API: who asks, what is answered, and how it says no."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from floorwalker.core.measures import MEASURES
from floorwalker.web.accounts.actions import make_token
from floorwalker.web.accounts.models import User
from floorwalker.web.api.operations import api
from floorwalker.web.api.wording import OPERATIONS, PARAMETERS
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.journal.models import Entry
from tests.web import small_centre
from tests.web.conftest import Cast

LAST = date(2026, 11, 21)
BILLING = {f"agent.{name}" for name in ("omid", "samira", "jun", "nasrin", "zofia")}


@pytest.fixture
def centre(cast: Cast) -> Cast:
    """One week of contacts, up to Saturday, 21 November 2026."""
    open_warehouse(cast.site).take(1, [small_centre.tables(small_centre.days_until(LAST, 1))])
    return cast


@pytest.fixture
def program(cast: Cast) -> Callable[[str], Client]:
    """A program with a key of somebody's."""
    return lambda name: Client(headers={"Authorization": f"Bearer {make_token(cast.user(name), 'report')}"})


def ask(client: Client, **query: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/api/answers", query).json()
    return answer


def test_a_key_reads_as_its_owner(program: Callable[[str], Client]) -> None:
    me = program("Laleh").get("/api/me").json()
    assert (me["name"], me["roles"], me["site"]) == ("Laleh", ["lead"], "Vistula")


@pytest.mark.parametrize("header", ["Bearer fw_wrong", "Bearer ", "Basic abc", "nonsense", ""])
def test_a_wrong_key_opens_nothing(cast: Cast, header: str) -> None:
    answer = Client().get("/api/me", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_signed_in"


def test_a_key_speaks_its_owners_language(cast: Cast, program: Callable[[str], Client]) -> None:
    User.objects.filter(pk=cast.user("Omid").pk).update(language="fa")
    refused = program("Omid").get("/api/journal").json()
    assert refused["code"] == "not_allowed"
    assert refused["message"] != Client().get("/api/journal").json()["message"]
    assert program("Omid").get("/api/me").json()["language"] == "fa"
    assert program("Omid").get("/api/me", headers={"Accept-Language": "ko"}).json()["language"] == "ko"


def test_the_last_use_of_a_key_is_noted(cast: Cast, program: Callable[[str], Client]) -> None:
    program("Omid").get("/api/me")
    assert cast.user("Omid").tokens.get().used_on is not None


def test_every_measure_is_in_the_catalogue_with_its_passport(as_viktor: Client) -> None:
    found = {each["name"]: each for each in as_viktor.get("/api/measures").json()}
    assert set(found) == set(MEASURES)
    level = found["service_level"]
    assert (level["unit"], level["direction"]) == ("share", "higher")
    assert len(level["definitions"]) == 3
    assert level["question"].endswith("?")


def test_a_number_is_answered_with_its_sample(centre: Cast, as_viktor: Client) -> None:
    # Monday to Saturday, forty quarters, four contacts each; Monday from 10:00 to 10:45 has six more in each of four quarters.
    found = ask(as_viktor, measures="offered", since="2026-11-16", until="2026-11-21")
    assert found["rows"][0]["offered"] == 6 * 40 * 4 + 4 * 6
    assert found["columns"][0] == "offered"


def test_an_answer_is_cut_and_filtered(centre: Cast, as_viktor: Client) -> None:
    found = ask(as_viktor, measures="offered", by="queue", since="2026-11-21")
    assert {row["queue"]: row["offered"] for row in found["rows"]} == {"Billing": 120, "Support": 40}
    found = ask(as_viktor, measures="offered", by="day", where=["queue=Support"], since="2026-11-20")
    assert [(row["day"], row["offered"]) for row in found["rows"]] == [("2026-11-20", 40), ("2026-11-21", 40)]
    found = ask(as_viktor, measures="offered", where=["queue!=Support"], since="2026-11-21")
    assert found["rows"][0]["offered"] == 120


def test_a_value_on_too_small_a_sample_is_left_out(centre: Cast, as_mina: Client) -> None:
    found = ask(as_mina, measures="csat", by="hour", since="2026-11-21")
    smallest = MEASURES["csat"].smallest_sample
    assert all(row["csat"] is None for row in found["rows"] if (row["csat.n"] or 0) < smallest)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"measures": "nothing"}, "unknown_measure"),
        ({"measures": ""}, "no_measure"),
        ({"measures": "aht", "by": "mood"}, "unknown_dimension"),
        ({"measures": "aht", "where": "queue"}, "not_a_filter"),
        ({"measures": "aht", "definition": "aht=strange"}, "unknown_definition"),
        ({"measures": "aht", "since": "2026-02-02", "until": "2026-02-01"}, "days_reversed"),
        ({"measures": "aht", "since": "soon"}, "not_readable"),
        ({}, "not_readable"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_a_sentence(as_mina: Client, query: dict[str, str], code: str) -> None:
    answer = as_mina.get("/api/answers", query)
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == code
    assert problem["message"].endswith((".", "Billing"))
    assert set(problem) == {"code", "message", "facts"}


def test_agents_are_cut_for_the_manager_and_their_lead_only(centre: Cast, sign_in: Callable[[str], Client]) -> None:
    def agents(name: str) -> set[str]:
        return {row["agent"] for row in ask(sign_in(name), measures="answered", by="agent")["rows"]}

    assert agents("Mina") - {None} == BILLING | {"agent.tomek"}
    assert agents("Laleh") == BILLING
    assert agents("Petra") == {"agent.tomek"}
    assert agents("Omid") == {"agent.omid"}


@pytest.mark.parametrize("name", ["Hanna", "Mateusz", "Viktor", "Ada"])
def test_nobody_else_cuts_by_agent(centre: Cast, sign_in: Callable[[str], Client], name: str) -> None:
    for query in ({"by": "agent"}, {"where": "agent=agent.omid"}):
        assert sign_in(name).get("/api/answers", {"measures": "answered", **query}).status_code == 403


def test_another_lead_and_a_colleague_are_refused(centre: Cast, as_petra: Client, sign_in: Callable[[str], Client]) -> None:
    query = {"measures": "answered", "where": "agent=agent.omid"}
    assert as_petra.get("/api/answers", query).status_code == 403
    assert sign_in("Samira").get("/api/answers", query).status_code == 403


def test_everybody_whose_numbers_were_read_can_see_by_whom(centre: Cast, as_laleh: Client, as_omid: Client) -> None:
    ask(as_laleh, measures="aht", by="agent")
    looks = Entry.objects.filter(verb="person.looked", thing="api", actor=centre.user("Laleh"))
    assert {entry.about_person.name for entry in looks if entry.about_person} == {"Omid", "Samira", "Jun", "Nasrin", "Zofia"}
    ask(as_omid, measures="aht", by="agent")
    assert not Entry.objects.filter(actor=centre.user("Omid")).exists()


def test_the_contacts_behind_a_number_come_page_by_page(centre: Cast, as_mina: Client) -> None:
    first = as_mina.get("/api/contacts", {"measure": "offered", "since": "2026-11-21"}).json()
    assert len(first["rows"]) == 50
    assert "customer_key" not in first["columns"]
    second = as_mina.get("/api/contacts", {"measure": "offered", "since": "2026-11-21", "after": first["after"]}).json()
    ids = [row["native_id"] for row in first["rows"] + second["rows"]]
    assert len(set(ids)) == 100
    assert as_mina.get("/api/contacts", {"measure": "offered", "after": "yesterday"}).status_code == 422


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Mina", BILLING | {"agent.tomek"}),
        ("Laleh", BILLING),
        ("Petra", {"agent.tomek"}),
        ("Omid", {"agent.omid"}),
        ("Hanna", set()),
        ("Mateusz", set()),
        ("Viktor", set()),
        ("Ada", set()),
    ],
)
def test_contacts_name_only_agents_whom_the_reader_may_see(
    centre: Cast, sign_in: Callable[[str], Client], name: str, seen: set[str]
) -> None:
    rows = sign_in(name).get("/api/contacts", {"measure": "answered", "since": "2026-11-21"}).json()["rows"]
    assert {row["agent"] for row in rows} - {None} == seen


def test_people_are_those_whom_the_reader_may_see(as_mina: Client, as_laleh: Client) -> None:
    assert len(as_mina.get("/api/people").json()) == 13
    names = {each["name"] for each in as_laleh.get("/api/people").json()}
    assert names == {"Laleh", "Hanna", "Omid", "Samira", "Jun", "Nasrin", "Zofia"}
    assert [each["name"] for each in as_laleh.get("/api/people", {"named": "omi"}).json()] == ["Omid"]


def test_the_journal_is_read_by_managers(cast: Cast, as_mina: Client) -> None:
    as_mina.post("/teams/add/", {"name": "Night"})
    found = as_mina.get("/api/journal", {"what": "team"}).json()
    assert [(entry["verb"], entry["who"], entry["sentence"]) for entry in found["entries"]] == [
        ("team.added", "Mina", "The team Night was added.")
    ]


def test_only_slots_of_open_doors_are_changed_through_the_api(as_mina: Client) -> None:
    operations = [(method, said) for each in api.get_openapi_schema()["paths"].values() for method, said in each.items()]
    changing = {said["operationId"] for method, said in operations if method != "get"}
    assert changing == {"book_slot", "cancel_booking"}
    assert as_mina.post("/api/people", {}).status_code == 405


def test_every_operation_and_every_parameter_has_its_sentence(as_mina: Client) -> None:
    declared = [each for methods in api.get_openapi_schema()["paths"].values() for each in methods.values()]
    assert {each["operationId"] for each in declared} == set(OPERATIONS)
    assert {parameter["name"] for each in declared for parameter in each.get("parameters", ())} == set(PARAMETERS)
    page = as_mina.get("/api/").content.decode()
    assert all(f"/api/{each}" in page for each in ("measures", "answers", "contacts", "imports", "people", "journal"))


def test_the_description_is_in_the_language_of_whoever_asks(stranger: Client) -> None:
    english = stranger.get("/api/openapi.json").json()["paths"]["/api/me"]["get"]["summary"]
    persian = stranger.get("/api/openapi.json", headers={"Accept-Language": "fa"}).json()["paths"]["/api/me"]["get"]["summary"]
    assert english == str(OPERATIONS["me"])
    assert persian != english
