"""The pages of the open door, as each of the cast reads them."""

from collections.abc import Callable

import pytest
from django.test import Client

from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor.actions import book, note_outcome, open_door
from floorwalker.web.opendoor.models import Booking, Opening, Slot
from tests.web.conftest import Cast
from tests.web.opendoor.conftest import HOURS, NOW

As = Callable[[str], Viewer]
SignIn = Callable[[str], Client]
AGENTS = ("Omid", "Samira", "Jun", "Nasrin", "Zofia")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_door_the_page_says_so_and_what_will_happen(as_omid: Client) -> None:
    page = text(as_omid, "/time/open-door/")
    assert "No door is open in the coming weeks." in page
    assert "Open your door" not in page


def test_an_agent_reads_when_and_how_many_slots_are_free(opening: Opening, as_omid: Client) -> None:
    page = text(as_omid, "/time/open-door/")
    assert "The next open door is on Tuesday, 6 March 2035 with Mina: 4 slots are free." in page
    assert "Tuesday, 6 March 2035, 14:00 to 15:00" in page


def test_a_slot_is_taken_and_given_back_in_the_browser(opening: Opening, slots: list[Slot], as_omid: Client) -> None:
    answer = as_omid.post(f"/time/open-door/slots/{slots[1].pk}/book/", follow=True)
    assert "The slot is yours: 6 March 14:15." in answer.content.decode()
    booking = Booking.objects.get()
    answer = as_omid.post(f"/time/open-door/bookings/{booking.pk}/cancel/", {"note": "On leave"}, follow=True)
    assert "The slot is given back" in answer.content.decode()
    assert not Booking.objects.filter(cancelled_at=None).exists()


def test_a_taken_slot_says_so_and_names_nobody(
    cast: Cast, viewer: As, slots: list[Slot], opening: Opening, sign_in: SignIn
) -> None:
    book(slots[0], cast.person("Omid"), viewer("Omid"), NOW)
    for name in ("Samira", "Laleh", "Petra", "Hanna", "Mateusz", "Viktor", "Ada"):
        for address in ("/time/open-door/", f"/time/open-door/{opening.pk}/"):
            page = text(sign_in(name), address)
            shown = page.split("<main")[1].split("<select")[0]  # a lead's own list of whom to book for names their team
            assert "Omid" not in shown, (name, address)
    assert "Taken" in text(sign_in("Samira"), f"/time/open-door/{opening.pk}/")


@pytest.mark.parametrize("name", ["Mina", "Omid"])
def test_host_and_guest_read_the_name(
    cast: Cast, viewer: As, slots: list[Slot], opening: Opening, sign_in: SignIn, name: str
) -> None:
    book(slots[0], cast.person("Omid"), viewer("Omid"), NOW)
    assert "<bdi>Omid</bdi>" in text(sign_in(name), f"/time/open-door/{opening.pk}/").split("<main")[1]


def test_the_lead_who_booked_knows_and_another_lead_does_not(
    cast: Cast, viewer: As, slots: list[Slot], opening: Opening, as_laleh: Client, as_petra: Client
) -> None:
    book(slots[0], cast.person("Omid"), viewer("Laleh"), NOW)
    address = f"/time/open-door/{opening.pk}/"
    assert "<bdi>Omid</bdi>" in text(as_laleh, address)
    assert "Omid" not in text(as_petra, address)


def test_a_door_that_is_not_announced_is_known_to_its_host_only(cast: Cast, viewer: As, sign_in: SignIn) -> None:
    made = open_door(cast.person("Viktor"), HOURS, "Room 1", viewer("Viktor"), NOW)
    assert sign_in("Omid").get(f"/time/open-door/{made.pk}/").status_code == 404
    assert sign_in("Mina").get(f"/time/open-door/{made.pk}/").status_code == 404
    assert "Not announced yet" in text(sign_in("Viktor"), f"/time/open-door/{made.pk}/")


def test_how_many_have_never_come_is_a_number_and_small_teams_have_none(
    cast: Cast, viewer: As, slots: list[Slot], as_mina: Client, as_omid: Client
) -> None:
    visit = book(slots[0], cast.person("Omid"), viewer("Omid"), NOW)
    note_outcome(visit, True, "", "", viewer("Mina"), slots[1].starts_at)
    page = text(as_mina, "/time/open-door/")
    assert "4 of 5 people have never come" in page
    assert "Fewer than five people: hidden" in page
    assert not any(name in page.split("Who has never come?")[1] for name in AGENTS)
    assert "never come" not in text(as_omid, "/time/open-door/")


def test_a_manager_plans_a_door_and_announces_it(as_mina: Client, cast: Cast) -> None:
    given = {
        "host": cast.person("Mina").pk,
        "day": "2035-03-08",
        "start": "10:00",
        "end": "11:00",
        "slot_minutes": "20",
        "place": "Room 4",
    }
    page = as_mina.post("/time/open-door/new/", given, follow=True).content.decode()
    assert "Nobody knows yet" in page
    opening = Opening.objects.get()
    page = as_mina.post(f"/time/open-door/{opening.pk}/announce/", follow=True).content.decode()
    assert "This installation sends no mail" in page
    assert opening.letters.count() == 10


def test_hours_that_cannot_be_are_refused_with_the_reason(as_mina: Client, cast: Cast) -> None:
    given = {"host": cast.person("Mina").pk, "day": "2035-03-08", "start": "10:00", "end": "10:05", "slot_minutes": "20"}
    answer = as_mina.post("/time/open-door/new/", {**given, "place": "Room 4"})
    assert answer.status_code == 422
    assert "No slot of 20 minutes fits between these times." in answer.content.decode()


def test_in_persian_the_day_is_jalali(opening: Opening, cast: Cast, as_omid: Client) -> None:
    User.objects.filter(pk=cast.user("Omid").pk).update(language="fa")
    page = text(as_omid, f"/time/open-door/{opening.pk}/")
    assert "سه‌شنبه ۱۵ اسفند ۱۴۱۳" in page
    assert "۱۴:۱۵" in page


def test_a_guest_reads_everything_that_is_held_about_their_visits(
    cast: Cast, viewer: As, slots: list[Slot], as_omid: Client, as_mina: Client
) -> None:
    book(slots[0], cast.person("Omid"), viewer("Laleh"), NOW)
    page = text(as_omid, "/me/")
    assert "6 March 14:00 with Mina, booked by Laleh." in page
    (known,) = as_omid.get("/me/everything.json").json()["opendoor"]
    assert (known["host"], known["booked_by"], known["came"]) == ("Mina", "Laleh", None)
    assert "opendoor" not in as_mina.get("/me/everything.json").json()
