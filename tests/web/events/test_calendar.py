"""The page of the calendar: written, changed, removed, and every step taken back."""

import pytest
from django.test import Client

from floorwalker.web.events.models import Event, HolidayChange
from floorwalker.web.journal.models import Entry
from tests.web.conftest import Cast

FACTS = {"name": "New screen", "kind": "release", "queue": "", "first": "2026-11-12", "last": ""}
AROUND = "/events/?around=2026-11-20"


def text_of(client: Client, address: str = AROUND) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u2068", "").replace("\u2069", "").split())


@pytest.fixture
def added(cast: Cast, as_mina: Client) -> Event:
    event_page = as_mina.post("/events/add/", FACTS)["Location"]
    event = Event.objects.get()
    assert event_page == f"/events/?told={event.pk}"
    return event


def test_an_event_of_one_day_needs_no_last_day(added: Event, as_mina: Client) -> None:
    assert added.first == added.last
    assert "New screen" in text_of(as_mina)
    assert Entry.objects.filter(verb="event.added", thing="New screen").exists()


def test_adding_can_be_undone_and_done_again(added: Event, as_mina: Client) -> None:
    assert "New screen is in the calendar now." in text_of(as_mina, f"/events/?told={added.pk}")
    as_mina.post(f"/events/{added.pk}/undo/")
    assert "New screen" not in text_of(as_mina, AROUND)
    as_mina.post(f"/events/{added.pk}/undo/")
    assert "New screen" in text_of(as_mina, AROUND)


def test_a_change_can_be_undone(added: Event, as_mina: Client) -> None:
    as_mina.post(f"/events/{added.pk}/", {**FACTS, "name": "Newer screen", "last": "2026-11-14"})
    assert "Newer screen" in text_of(as_mina)
    as_mina.post(f"/events/{added.pk}/undo/")
    added.refresh_from_db()
    assert (added.name, added.last) == ("New screen", added.first)


def test_a_removed_event_comes_back(added: Event, as_mina: Client) -> None:
    as_mina.post(f"/events/{added.pk}/remove/")
    assert "New screen is no longer in the calendar." in text_of(as_mina, f"/events/?told={added.pk}")
    as_mina.post(f"/events/{added.pk}/undo/")
    assert "New screen" in text_of(as_mina)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"last": "2026-11-11"}, "The last day comes before the first."),
        ({"last": "2028-11-11"}, "This is longer than a year."),
        ({"first": "soon"}, "This is no day we can read."),
        ({"queue": "Nowhere"}, "Nowhere"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(cast: Cast, as_mina: Client, facts: dict[str, str], says: str) -> None:
    answer = as_mina.post("/events/add/", {**FACTS, **facts})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Event.objects.exists()


def test_a_holiday_is_hidden_moved_and_put_back(cast: Cast, as_mina: Client) -> None:
    as_mina.post("/events/holidays/2026-11-11/", {"step": "hide"})
    assert "an ordinary day" in text_of(as_mina)
    as_mina.post("/events/holidays/2026-11-11/", {"step": "move", "to": "2026-11-13"})
    assert "kept on Friday" in text_of(as_mina)
    as_mina.post("/events/holidays/2026-11-11/", {"step": "back"})
    assert not HolidayChange.objects.exists()


def test_a_holiday_is_not_moved_to_a_day_that_cannot_be_read(cast: Cast, as_mina: Client) -> None:
    answer = as_mina.post("/events/holidays/2026-11-11/", {"step": "move", "to": "soon"}, follow=True)
    assert "Nothing was moved" in answer.content.decode()
    assert as_mina.post("/events/holidays/2026-11-12/", {"step": "hide"}).status_code == 404


def test_in_persian_a_day_is_typed_and_read_in_the_jalali_calendar(cast: Cast, as_mina: Client) -> None:
    user = cast.user("Mina")
    user.language = "fa"
    user.save()
    as_mina.post("/events/add/", {**FACTS, "first": "۱۴۰۵/۰۸/۲۱"})
    assert Event.objects.get().first.isoformat() == "2026-11-12"
    assert "۲۱ آبان ۱۴۰۵" in text_of(as_mina)


def test_an_executive_reads_only(added: Event, as_viktor: Client) -> None:
    text = text_of(as_viktor)
    assert "New screen" in text
    assert "Add an event" not in text
