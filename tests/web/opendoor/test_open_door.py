"""Opening a door, telling about it, calling it off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.models import Person, User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.models import Entry
from floorwalker.web.opendoor.actions import Hours, announce, book, close_door, close_for_those_who_left, open_door, wait
from floorwalker.web.opendoor.models import Letter, Opening, Slot
from tests.web.conftest import Cast
from tests.web.opendoor.conftest import DAY, HOURS, NOW

As = Callable[[str], Viewer]


def test_an_hour_is_cut_into_whole_slots_on_the_sites_clock(slots: list[Slot]) -> None:
    assert [(slot.starts_at, slot.ends_at) for slot in slots] == [
        (datetime(2035, 3, 6, 13, minute, tzinfo=UTC), datetime(2035, 3, 6, 13, minute, tzinfo=UTC) + timedelta(minutes=15))
        for minute in (0, 15, 30, 45)
    ]


@pytest.mark.parametrize(("tz", "day"), [("Europe/Warsaw", date(2035, 3, 25)), ("Asia/Tehran", date(2035, 3, 21))])
def test_slots_are_as_long_as_they_say_when_clocks_change(tz: str, day: date) -> None:
    slots = Hours(day, time(1), time(4), 20).slots(tz)
    assert {end.astimezone(UTC) - start.astimezone(UTC) for start, end in slots} == {timedelta(minutes=20)}
    assert len(slots) == (6 if tz == "Europe/Warsaw" else 9)


def test_an_executive_is_a_host_as_well(cast: Cast, viewer: As) -> None:
    assert open_door(cast.person("Viktor"), HOURS, "Room 1", viewer("Mina"), NOW).host == cast.person("Viktor")


@pytest.mark.parametrize("name", ["Omid", "Laleh", "Hanna", "Mateusz", "Ada"])
def test_nobody_else_opens_doors(cast: Cast, viewer: As, name: str) -> None:
    with pytest.raises(PermissionDenied):
        open_door(cast.person("Mina"), HOURS, "Room 4", viewer(name), NOW)


def test_an_agent_is_no_host(cast: Cast, viewer: As) -> None:
    with pytest.raises(PermissionDenied):
        open_door(cast.person("Omid"), HOURS, "Room 4", viewer("Mina"), NOW)


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        (replace(HOURS, end=time(14, 10)), "hours.none"),
        (replace(HOURS, end=time(13)), "hours.none"),
        (replace(HOURS, day=date(2035, 2, 20)), "hours.past"),
        (replace(HOURS, start=time(14, 45), end=time(15, 30)), "hours.taken"),
    ],
)
def test_hours_that_cannot_be_say_why(cast: Cast, viewer: As, opening: Opening, hours: Hours, code: str) -> None:
    with pytest.raises(NotDone) as refused:
        open_door(cast.person("Mina"), hours, "Room 4", viewer("Mina"), NOW)
    assert refused.value.code == code


def test_everybody_who_may_come_is_told_once(cast: Cast, viewer: As, opening: Opening) -> None:
    told = set(opening.letters.values_list("to__name", flat=True))
    assert told == {"Omid", "Samira", "Jun", "Nasrin", "Zofia", "Tomek", "Laleh", "Petra", "Hanna", "Mateusz"}
    assert announce(opening, viewer("Mina"), NOW) == 0
    assert opening.letters.count() == len(told)


def test_a_door_of_somebody_else_is_not_announced(viewer: As, opening: Opening) -> None:
    with pytest.raises(PermissionDenied):
        announce(opening, viewer("Viktor"), NOW)


def test_calling_it_off_tells_guests_and_those_who_wait(cast: Cast, viewer: As, opening: Opening, slots: list[Slot]) -> None:
    for slot, name in zip(slots, ["Omid", "Samira", "Jun", "Nasrin"], strict=True):
        book(slot, cast.person(name), viewer(name), NOW)
    wait(opening, cast.person("Zofia"), viewer("Zofia"), NOW)
    close_door(opening, "  I am ill,\nsorry. ", viewer("Mina"), NOW)
    letters = opening.letters.filter(kind=Letter.Kind.HOST_CANCELLED)
    assert {(each.to.name, each.note) for each in letters} == {
        (name, "I am ill, sorry.") for name in ("Omid", "Samira", "Jun", "Nasrin", "Zofia")
    }
    with pytest.raises(NotDone, match=r"opening\.cancelled"):
        book(slots[0], cast.person("Tomek"), viewer("Tomek"), NOW)


def test_a_door_that_is_over_is_not_called_off(viewer: As, opening: Opening) -> None:
    with pytest.raises(NotDone, match=r"opening\.over"):
        close_door(opening, "", viewer("Mina"), NOW + timedelta(days=30))


def test_the_journal_knows_of_doors_and_of_no_guest(cast: Cast, viewer: As, opening: Opening, slots: list[Slot]) -> None:
    book(slots[0], cast.person("Omid"), viewer("Omid"), NOW)
    entries = Entry.objects.filter(verb__startswith="opendoor.")
    assert [(each.verb, each.thing, each.about_person, each.facts) for each in entries.order_by("pk")] == [
        ("opendoor.opened", "Mina", None, {"day": DAY.isoformat()}),
        ("opendoor.announced", "Mina", None, {"day": DAY.isoformat()}),
    ]
    assert not Entry.objects.filter(actor=cast.user("Omid")).exists()


@pytest.mark.parametrize("how", ["left_on", "role", "account"])
def test_the_door_of_a_host_who_left_is_called_off_and_guests_are_told(
    cast: Cast, viewer: As, opening: Opening, slots: list[Slot], how: str
) -> None:
    visit = book(slots[0], cast.person("Omid"), viewer("Omid"), NOW)
    assert close_for_those_who_left(cast.site, NOW.date(), NOW) == 0
    mina = cast.person("Mina")
    if how == "left_on":
        Person.objects.filter(pk=mina.pk).update(left_on=opening.day)
    elif how == "role":
        mina.memberships.update(until=NOW.date())
    else:
        User.objects.filter(person=mina).update(is_active=False)
    assert close_for_those_who_left(cast.site, NOW.date(), NOW) == 1
    assert close_for_those_who_left(cast.site, NOW.date(), NOW) == 0
    visit.refresh_from_db()
    assert visit.cancelled_at == NOW
    assert opening.letters.get(kind="host_cancelled").to == cast.person("Omid")
