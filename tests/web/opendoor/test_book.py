"""Taking a slot, giving it back, waiting for one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor.actions import book, cancel, open_door, stop_waiting, wait
from floorwalker.web.opendoor.models import Booking, Letter, Opening, Slot
from tests.web.conftest import Cast
from tests.web.opendoor.conftest import HOURS, NOW

As = Callable[[str], Viewer]


def test_an_agent_takes_a_slot_and_host_and_guest_are_the_only_ones(cast: Cast, viewer: As, slots: list[Slot]) -> None:
    booking = book(slots[1], cast.person("Omid"), viewer("Omid"), NOW)
    assert (booking.slot, booking.guest, booking.made_by) == (slots[1], cast.person("Omid"), cast.user("Omid"))
    assert booking.placed is not None
    assert {guest.user for guest in booking.placed.guests.all()} == {cast.user("Omid"), cast.user("Mina")}
    assert booking.placed.private


def test_a_lead_books_for_somebody_of_their_team(cast: Cast, viewer: As, slots: list[Slot]) -> None:
    booking = book(slots[0], cast.person("Omid"), viewer("Laleh"), NOW)
    assert (booking.guest, booking.made_by) == (cast.person("Omid"), cast.user("Laleh"))


@pytest.mark.parametrize("name", ["Petra", "Samira", "Hanna", "Mina", "Ada"])
def test_nobody_else_books_for_an_agent(cast: Cast, viewer: As, slots: list[Slot], name: str) -> None:
    with pytest.raises(PermissionDenied):
        book(slots[0], cast.person("Omid"), viewer(name), NOW)


def test_a_taken_slot_is_not_taken_again(cast: Cast, viewer: As, slots: list[Slot]) -> None:
    book(slots[0], cast.person("Omid"), viewer("Omid"), NOW)
    with pytest.raises(NotDone, match=r"slot\.taken"):
        book(slots[0], cast.person("Samira"), viewer("Samira"), NOW)


def test_one_guest_takes_one_slot_of_a_day(cast: Cast, viewer: As, slots: list[Slot]) -> None:
    book(slots[0], cast.person("Omid"), viewer("Omid"), NOW)
    with pytest.raises(NotDone, match=r"guest\.comes_already"):
        book(slots[1], cast.person("Omid"), viewer("Omid"), NOW)


def test_a_slot_that_has_begun_is_not_taken(cast: Cast, viewer: As, slots: list[Slot]) -> None:
    with pytest.raises(NotDone, match=r"slot\.over"):
        book(slots[0], cast.person("Omid"), viewer("Omid"), slots[0].starts_at)


def test_a_door_that_is_not_announced_has_no_guests(cast: Cast, viewer: As) -> None:
    opening = open_door(cast.person("Mina"), HOURS, "Room 4", viewer("Mina"), NOW)
    with pytest.raises(NotDone, match=r"opening\.not_announced"):
        book(opening.slots.all()[0], cast.person("Omid"), viewer("Omid"), NOW)


def test_nobody_visits_their_own_door(cast: Cast, viewer: As, slots: list[Slot]) -> None:
    with pytest.raises(NotDone, match=r"guest\.is_host"):
        book(slots[0], cast.person("Mina"), viewer("Mina"), NOW)


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_take_the_last_slot_at_once_exactly_one_gets_it(cast: Cast, viewer: As, opening: Opening) -> None:
    last = opening.slots.last()
    assert last is not None
    names = ["Omid", "Samira", "Jun", "Nasrin", "Zofia", "Tomek", "Laleh", "Hanna"]
    who = {name: (cast.person(name), viewer(name)) for name in names}

    def take(name: str) -> str:
        try:
            book(last, *who[name], NOW)
        except NotDone as refused:
            return refused.code
        finally:
            connections["default"].close()
        return "got it"

    with ThreadPoolExecutor(8) as together:
        told = list(together.map(take, names))
    assert sorted(told) == ["got it"] + ["slot.taken"] * 7
    assert Booking.objects.filter(slot=last, cancelled_at=None).count() == 1


def test_the_database_itself_refuses_a_second_guest(cast: Cast, viewer: As, slots: list[Slot]) -> None:
    facts = {"slot": slots[0], "opening": slots[0].opening, "made_by": cast.user("Ada"), "made_at": NOW}
    Booking.objects.create(guest=cast.person("Omid"), **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(guest=cast.person("Samira"), **facts)
    assert connection.in_atomic_block


def full(cast: Cast, viewer: As, slots: list[Slot]) -> list[Booking]:
    names = ["Omid", "Samira", "Jun", "Nasrin"]
    return [book(slot, cast.person(name), viewer(name), NOW) for slot, name in zip(slots, names, strict=True)]


def test_a_slot_given_back_goes_to_whoever_waits_longest(cast: Cast, viewer: As, opening: Opening, slots: list[Slot]) -> None:
    bookings = full(cast, viewer, slots)
    wait(opening, cast.person("Tomek"), viewer("Petra"), NOW)
    wait(opening, cast.person("Zofia"), viewer("Zofia"), NOW + timedelta(hours=1))
    cancel(bookings[2], "I am on leave", viewer("Jun"), NOW + timedelta(hours=2))
    live = Booking.objects.get(slot=slots[2], cancelled_at=None)
    assert (live.guest, live.made_by) == (cast.person("Tomek"), cast.user("Petra"))
    bookings[2].refresh_from_db()
    assert bookings[2].placed.is_cancelled
    assert live.placed.by == cast.user("Petra")
    assert [each.guest.name for each in opening.waiting.all()] == ["Zofia"]
    told = Letter.objects.exclude(kind=Letter.Kind.ANNOUNCED).order_by("pk")
    assert [(each.to.name, each.kind, each.note) for each in told] == [
        ("Mina", "guest_cancelled", "I am on leave"),
        ("Tomek", "moved_up", ""),
    ]


def test_what_the_host_takes_back_is_nobody_elses(cast: Cast, viewer: As, opening: Opening, slots: list[Slot]) -> None:
    bookings = full(cast, viewer, slots)
    wait(opening, cast.person("Tomek"), viewer("Tomek"), NOW)
    cancel(bookings[0], "The director calls", viewer("Mina"), NOW)
    assert not Booking.objects.filter(slot=slots[0], cancelled_at=None).exists()
    assert Letter.objects.get(kind=Letter.Kind.HOST_CANCELLED).to == cast.person("Omid")


@pytest.mark.parametrize("name", ["Samira", "Laleh", "Viktor", "Ada"])
def test_nobody_else_gives_a_slot_back(cast: Cast, viewer: As, slots: list[Slot], name: str) -> None:
    booking = book(slots[0], cast.person("Omid"), viewer("Omid"), NOW)
    with pytest.raises(PermissionDenied):
        cancel(booking, "", viewer(name), NOW)


def test_a_slot_is_given_back_once(cast: Cast, viewer: As, slots: list[Slot]) -> None:
    booking = book(slots[0], cast.person("Omid"), viewer("Omid"), NOW)
    cancel(booking, "", viewer("Omid"), NOW)
    with pytest.raises(NotDone, match=r"booking\.cancelled"):
        cancel(booking, "", viewer("Omid"), NOW)
    assert book(slots[0], cast.person("Omid"), viewer("Omid"), NOW).pk != booking.pk


def test_nobody_waits_while_slots_are_free(cast: Cast, viewer: As, opening: Opening) -> None:
    with pytest.raises(NotDone, match=r"waiting\.free_slots"):
        wait(opening, cast.person("Omid"), viewer("Omid"), NOW)


def test_waiting_twice_is_waiting_once_and_ends_when_asked(cast: Cast, viewer: As, opening: Opening, slots: list[Slot]) -> None:
    full(cast, viewer, slots)
    assert wait(opening, cast.person("Zofia"), viewer("Zofia"), NOW) == wait(
        opening, cast.person("Zofia"), viewer("Zofia"), NOW
    )
    stop_waiting(opening, cast.person("Zofia"), viewer("Zofia"))
    assert not opening.waiting.exists()
