"""Open doors for programs: slots listed, taken and given back by the same rules as in the browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from floorwalker.web.opendoor.models import Booking, Opening, Slot
from tests.web.api.test_api import program
from tests.web.conftest import Cast
from tests.web.opendoor.conftest import opening, slots, viewer

__all__ = ["opening", "program", "slots", "viewer"]
Programs = Callable[[str], Client]


def states(found: dict[str, list[dict[str, object]]]) -> list[object]:
    return [each["state"] for each in found["slots"]]


def test_a_program_lists_takes_and_gives_back_a_slot(program: Programs, opening: Opening, slots: list[Slot]) -> None:
    omid = program("Omid")
    [door] = omid.get("/api/open-doors").json()
    assert (door["host"], door["place"], states(door)) == ("Mina", "Room 4", ["free"] * 4)
    taken = omid.post(f"/api/open-doors/slots/{slots[1].pk}/book").json()
    assert (states(taken), taken["slots"][1]["yours"]) == (["free", "taken", "free", "free"], True)
    given_back = omid.post(f"/api/open-doors/bookings/{taken['slots'][1]['booking']}/cancel?note=Ill").json()
    assert states(given_back) == ["free"] * 4


def test_who_comes_is_named_to_host_and_guest_only(program: Programs, opening: Opening, slots: list[Slot]) -> None:
    program("Omid").post(f"/api/open-doors/slots/{slots[0].pk}/book")
    seen = {name: program(name).get("/api/open-doors").json()[0]["slots"][0] for name in ("Omid", "Mina", "Laleh", "Viktor")}
    assert {name: each["guest"] for name, each in seen.items()} == {"Omid": "Omid", "Mina": "Omid", "Laleh": "", "Viktor": ""}
    assert (seen["Laleh"]["state"], seen["Laleh"]["booking"]) == ("taken", None)


def test_a_taken_slot_is_refused_with_its_reason(program: Programs, opening: Opening, slots: list[Slot]) -> None:
    program("Omid").post(f"/api/open-doors/slots/{slots[0].pk}/book")
    refused = program("Hanna").post(f"/api/open-doors/slots/{slots[0].pk}/book")
    assert (refused.status_code, refused.json()["code"]) == (422, "slot.taken")
    assert refused.json()["message"].startswith("Somebody else took this slot a moment ago.")


@pytest.mark.parametrize(("name", "guest", "status"), [("Laleh", "Omid", 200), ("Petra", "Omid", 404)])
def test_a_lead_books_for_their_own_people_only(
    program: Programs, opening: Opening, slots: list[Slot], cast: Cast, name: str, guest: str, status: int
) -> None:
    address = f"/api/open-doors/slots/{slots[0].pk}/book?guest={cast.person(guest).pk}"
    assert program(name).post(address).status_code == status


def test_a_session_must_prove_that_the_page_is_ours(cast: Cast, slots: list[Slot]) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.user("Omid"))
    assert browser.post(f"/api/open-doors/slots/{slots[0].pk}/book").status_code in (401, 403)
    assert not Booking.objects.exists()
