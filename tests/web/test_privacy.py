"""An agent's numbers are visible to that agent, their lead and the manager, nobody else: on no page, in no export or answer."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from floorwalker.core.measures import MEASURES
from floorwalker.web.intake.queries import open_warehouse
from tests.web import small_centre
from tests.web.conftest import Cast

LAST = date(2026, 11, 21)
AGENTS = {f"agent.{name}" for name in ("omid", "samira", "jun", "nasrin", "zofia", "tomek")}
BILLING = AGENTS - {"agent.tomek"}
SEEN = {
    "Mina": AGENTS,
    "Laleh": BILLING,
    "Petra": {"agent.tomek"},
    "Omid": {"agent.omid"},
    "Hanna": set(),
    "Mateusz": set(),
    "Viktor": set(),
    "Ada": set(),
}
"""Whose numbers each of the cast may see."""

ADDRESSES = [
    "/",
    "/pulse/",
    "/pulse/?measure=aht&by=queue",
    "/pulse/?measure=aht&by=team",
    "/pulse/?measure=aht&by=agent",
    "/pulse/numbers.csv?measure=aht&by=team",
    "/pulse/numbers.csv?measure=aht&by=agent",
    "/pulse/contacts/?measure=answered&since=2026-11-21",
    "/pulse/contacts.csv?measure=answered&since=2026-11-21",
    f"/pulse/contacts/{small_centre.key_of_contact('B261121-0525-0')}/",
    f"/pulse/contacts/{small_centre.key_of_contact('S261121-0525-0')}/",
    "/api/answers?measures=aht&by=agent",
    "/api/answers?measures=aht&by=team",
    "/api/answers?measures=csat,aht&by=queue,hour&others=true",
    "/api/contacts?measure=answered&since=2026-11-21",
    "/api/contacts?measure=csat&since=2026-11-21",
]


@pytest.fixture
def centre(cast: Cast) -> Cast:
    """Two weeks of contacts, up to Saturday, 21 November 2026."""
    open_warehouse(cast.site).take(1, [small_centre.tables(small_centre.days_until(LAST, 2))])
    return cast


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()  # type: ignore[union-attr,no-any-return]


@pytest.mark.parametrize("name", SEEN)
def test_no_answer_names_an_agent_whom_the_reader_may_not_see(
    centre: Cast, sign_in: Callable[[str], Client], name: str
) -> None:
    client = sign_in(name)
    for address in ADDRESSES:
        page = text(client, address)
        assert {agent for agent in AGENTS - SEEN[name] if agent in page} == set(), address


@pytest.mark.parametrize("name", [name for name, seen in SEEN.items() if "agent.omid" not in seen])
@pytest.mark.parametrize(
    "address",
    [
        "/pulse/?measure=aht&agent=agent.omid",
        "/pulse/numbers.csv?measure=aht&by=queue&agent=agent.omid",
        "/pulse/contacts/?measure=answered&agent=agent.omid",
        "/pulse/contacts.csv?measure=answered&agent=agent.omid",
        "/api/answers?measures=aht&where=agent%3Dagent.omid",
        "/api/answers?measures=aht&where=agent!%3Dagent.omid",
        "/api/contacts?measure=answered&where=agent%3Dagent.omid",
    ],
)
def test_nobody_narrows_a_number_down_to_somebody_elses_agent(
    centre: Cast, sign_in: Callable[[str], Client], name: str, address: str
) -> None:
    assert sign_in(name).get(address).status_code == 403


@pytest.mark.parametrize("name", ["Hanna", "Mateusz", "Viktor", "Ada", "Petra"])
def test_a_total_less_a_part_does_not_tell_of_one_agent(centre: Cast, sign_in: Callable[[str], Client], name: str) -> None:
    """Support has one agent, so its team is shown to its own lead only; the other team alone would give it away as the rest."""
    page = text(sign_in(name), "/api/answers?measures=answered&by=team")
    assert ('"Support"' in page) == (name == "Petra")


def test_a_measure_of_the_whole_staff_is_not_cut_by_agent_even_by_the_manager(centre: Cast, as_mina: Client) -> None:
    whole = [each.name for each in MEASURES.values() if not each.personal]
    assert whole
    for name in whole:
        answer = as_mina.get("/api/answers", {"measures": name, "by": "agent"})
        assert (answer.status_code, answer.json()["code"]) == (422, "not_personal")


def test_an_agent_asks_about_their_own_contacts_only(centre: Cast, as_omid: Client, as_mina: Client) -> None:
    own = as_omid.get("/api/answers", {"measures": "answered"}).json()["rows"][0]["answered"]
    of_omid = as_mina.get("/api/answers", {"measures": "answered", "where": "agent=agent.omid"}).json()["rows"][0]["answered"]
    everybody = as_mina.get("/api/answers", {"measures": "answered"}).json()["rows"][0]["answered"]
    assert 0 < own == of_omid < everybody


def test_somebody_who_ends_leading_a_team_sees_its_agents_no_more(centre: Cast, as_laleh: Client) -> None:
    centre.person("Laleh").memberships.update(until=date(2021, 1, 1))
    assert as_laleh.get("/api/answers", {"measures": "aht", "by": "agent"}).status_code == 403
