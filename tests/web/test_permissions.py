"""Every address and every operation of the API, tried by everybody; permissions.py says what is expected."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from floorwalker.web.accounts.actions import make_token, setup_key
from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.calendars.choosing import new_feed
from floorwalker.web.calendars.models import Guest, Placed
from floorwalker.web.changes.models import Finding
from floorwalker.web.events.models import Event
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.planning.models import Certificate, Roster, Snapshot
from floorwalker.web.voice.models import Entry
from tests.web import permissions, small_centre
from tests.web.conftest import ACTORS, PASSWORD, Cast
from tests.web.opendoor import subjects as opendoor
from tests.web.signatures import patterns

ROWS = permissions.rows()
OF_A_CHANGE = ("changes-one", "change-story", "change-ruling", "change-watch")


def addresses(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """The name of every address of the URLconf."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_is_in_the_table() -> None:
    assert set(addresses()) - permissions.SHADOWED == {name for _method, name, _answers in ROWS}


def test_every_address_has_a_name() -> None:
    assert [name for name in addresses() if name.endswith("None")] == []


@pytest.fixture
def coming(cast: Cast) -> Import:
    return Import.objects.create(site=cast.site, reader="spreadsheet", source="table", state="undone")


@pytest.fixture
def change(cast: Cast) -> Finding:
    sizes = {"sure": 0.97, "size": 38.0, "size_low": 33.0, "size_high": 43.0, "usual": 358.0}
    return Finding.objects.create(
        site=cast.site, measure="aht", dimension="queue", value="Billing", kind="lasting", onset=OMIDS_DAY, **sizes
    )


@pytest.fixture
def placed(cast: Cast) -> Placed:
    """Time in Laleh's calendar."""
    at, laleh = datetime(2026, 11, 30, 9, tzinfo=UTC), cast.user("Laleh")
    facts = {"purpose": "unplanned", "tz": "Europe/Warsaw", "starts_at": at, "minutes": 90, "made_at": at, "changed_at": at}
    time = Placed.objects.create(site=cast.site, by=laleh, **facts)
    Guest.objects.create(placed=time, user=laleh)
    return time


@pytest.fixture
def feed(cast: Cast) -> str:
    """The key of Laleh's address to subscribe to."""
    return new_feed(viewer_of(cast.user("Laleh"), cast.site, OMIDS_DAY))


@pytest.fixture
def raised(cast: Cast) -> Entry:
    """A follow-up about Omid that Laleh wrote and owes."""
    laleh, at = cast.user("Laleh"), datetime(2026, 11, 20, 9, tzinfo=UTC)
    facts = {"kind": "follow_up", "text": "Answer him.", "author": laleh, "owner": laleh, "at": at}
    return Entry.objects.create(site=cast.site, about_person=cast.person("Omid"), raised_by=cast.person("Laleh"), **facts)


@pytest.fixture
def event(cast: Cast) -> Event:
    facts = {
        "kind": "release",
        "name": "New screen",
        "first": OMIDS_DAY,
        "last": OMIDS_DAY,
        "at": datetime(2026, 11, 1, tzinfo=UTC),
    }
    return Event.objects.create(site=cast.site, **facts)


@pytest.fixture
def key_of_omid(cast: Cast) -> int:
    make_token(cast.user("Omid"), "report")
    return cast.user("Omid").tokens.get().pk


def planned_places(cast: Cast) -> dict[str, dict[str, Any]]:
    """A kept forecast and a certificate."""
    at = datetime(2026, 11, 20, tzinfo=UTC)
    kept = Snapshot.objects.create(site=cast.site, at=at, on=at.date(), by=cast.user("Mina"))
    plan = {"minutes": [480], "length": 30, "planned": [3], "spare": [1], "binding": [], "level": [0.9], "alone": 0.99}
    ground = {"contacts": 9, "aht_s": 240, "patience_s": None, "target": 0.8, "threshold_s": 20, "definition": "offered"}
    more = {"draws": 500, "absence": 0.0, "shrinkage": 0.0, "at_once": 1, "spread": 0.0}
    chances = {"confidence": 0.9, "chance": 0.95, "chance_low": 0.93}
    found = Certificate.objects.create(
        site=cast.site, queue="Billing", day=OMIDS_DAY, made_at=at, plan=plan, ground={**ground, **more}, **chances
    )
    names = ("certificate", "certificate-promise", "certificate-take-back")
    roster = Roster.objects.create(site=cast.site, kind="file", name="week.csv", at=at)
    rosters = {name: {"pk": roster.pk} for name in ("roster-report", "roster-undo")}
    return {"forecast-drop": {"pk": kept.pk}, **rosters, **{name: {"pk": found.pk} for name in names}}


def lalehs(raised: Entry, placed: Placed, feed: str) -> dict[str, dict[str, Any]]:
    """What Laleh wrote down, placed, and subscribes to."""
    blocks = [name for name in addresses() if name == "block" or name.startswith("block-")]
    return {
        **{name: {"pk": raised.pk} for name in addresses() if name.startswith("follow-up") and name not in NO_SUBJECT},
        **{name: {"pk": placed.pk} for name in ("own-calendar-again", "own-calendar-put-back", "own-calendar-leave", *blocks)},
        "interruption-undo": {"pk": 1},
        "calendar-feed": {"key": feed},
    }


@pytest.fixture
def places(
    cast: Cast,
    coming: Import,
    change: Finding,
    raised: Entry,
    event: Event,
    placed: Placed,
    feed: str,
    key_of_omid: int,
) -> dict[str, dict[str, Any]]:
    """What each address is about."""
    omid, user = cast.person("Omid"), cast.user("Omid")
    spent = {"uid": urlsafe_base64_encode(force_bytes(user.pk)), "token": default_token_generator.make_token(user)}
    person, role = {"pk": omid.pk}, omid.memberships.get()
    own = {"person-role-change": {"pk": omid.pk, "role": role.pk}, "own-key-revoke": {"pk": key_of_omid}}
    about = {name: person for name in addresses() if name.startswith("person") and name != "person-add"}
    team = {"pk": cast.teams["Billing"].pk}
    imports = {name: {"pk": coming.pk} for name in addresses() if name.startswith("bring-in-") and name != "bring-in-sample"}
    return {
        **about,
        **opendoor.open_door_places(cast),
        **lalehs(raised, placed, feed),
        **imports,
        **own,
        "pulse-contact": {"key": small_centre.key_of_contact(OMIDS_CONTACT)},
        **{name: {"pk": change.pk} for name in addresses() if name in OF_A_CHANGE},
        **{name: {"pk": event.pk} for name in ("event-change", "event-remove", "event-undo")},
        "event-holiday": {"day": "2026-11-11"},
        **patterns_of_omid(cast),
        "team": team,
        "team-rename": team,
        **planned_places(cast),
        "first-account": {"key": setup_key()},
        "choose-password": spent,
        "api:one_import": {"pk": coming.pk},
        "api:one_change": {"change": change.pk},
    }


NO_SUBJECT = ("follow-ups", "follow-up-add")


def patterns_of_omid(cast: Cast) -> dict[str, dict[str, int]]:
    """A lasting change of Omid's, explained by himself; two guides by Laleh about it, one of them just taken back."""
    made = patterns.made(cast, "Omid")
    kept, taken_back = patterns.guide(made, cast.user("Laleh")), patterns.guide(made, cast.user("Laleh"))
    taken_back.withdrawn_at = datetime.now(UTC)
    taken_back.save()
    guides = {name: {"pk": kept.pk} for name in ("guide", "guide-agreed", "guide-answer", "guide-withdraw")}
    cause = patterns.cause(made, cast.user("Omid"))
    return {
        **guides,
        "guide-add": {"pk": made.pk},
        "guide-take-up": {"pk": taken_back.pk},
        "signature-cause": {"pk": made.pk},
        "signature-cause-back": {"pk": cause.pk},
        "api:person_signature": {"person": cast.person("Omid").pk},
    }


OMIDS_DAY = date(2026, 11, 20)
OMIDS_CONTACT = "B261120-0525-0"


@pytest.fixture
def contacts(cast: Cast) -> None:
    """One day of contacts, one of them answered by Omid."""
    open_warehouse(cast.site).take(1, [small_centre.tables([OMIDS_DAY])])


GIVEN: dict[str, dict[str, str]] = {
    **opendoor.GIVEN,
    "own-reading": {"language": "pl"},
    "own-password": {"present": PASSWORD, "password": "nine loud valleys"},
    "own-keys": {"name": "report"},
    "person-add": {"name": "Noor"},
    "person-change": {"name": "Omid K."},
    "person-role-add": {"role": "coach"},
    "person-name-add": {"agent_name": "omid2"},
    "person-name-remove": {"name": "agent.omid"},
    "person-account": {"email": "omid@vistula.example"},
    "change-story": {"text": "A new screen asks for the reason of a contact."},
    "change-ruling": {"kind": "nothing"},
    "change-watch": {"step": "follow"},
    "change-digest": {"often": "daily"},
    "change-budget": {"per_week": "0.5"},
    "event-add": {"name": "New prices", "kind": "rule", "first": "2026-12-01"},
    "event-change": {"name": "New screen", "kind": "release", "first": "2026-11-21"},
    "event-holiday": {"step": "hide"},
    "signature-cause": {"text": "Part-time since October."},
    "guide-answer": {"text": "The new queue is slower."},
    "patterns": {"keep_days": "60", "is_on": "on"},
    "team-add": {"name": "Night"},
    "team-rename": {"name": "Bills"},
    "block-skip": {"day": "2026-11-30"},
    "api:answers": {"measures": "offered"},
}


@pytest.mark.parametrize(("method", "name", "expected"), ROWS, ids=[f"{method} {name}" for method, name, _answers in ROWS])
def test_the_door_opens_to_those_in_the_table_only(
    method: str,
    name: str,
    expected: dict[str, str],
    cast: Cast,
    places: dict[str, dict[str, Any]],
    request: pytest.FixtureRequest,
) -> None:
    if name == "pulse-contact":
        request.getfixturevalue("contacts")
    address = reverse(name, kwargs=places.get(name, {}))
    found = {actor: answer_to(actor, method, address, GIVEN.get(name, {}), cast) for actor in permissions.ACTORS}
    assert found == expected


def answer_to(actor: str, method: str, address: str, given: dict[str, str], cast: Cast) -> str:
    """What a fresh client of this part is answered, in the words of the table. A change that is let in is rolled back."""
    from django.db import transaction

    client = Client(raise_request_exception=True)
    with transaction.atomic():
        if actor in ACTORS:
            client.force_login(cast.user(ACTORS[actor]))
        response = client.post(address, given) if method == "POST" else client.get(address, given)
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith("/sign-in/?next="):
        return "in"
    return {401: "401", 403: "-", 404: "?", 405: "405"}.get(response.status_code, "ok")


@pytest.mark.parametrize(("method", "name", "expected"), ROWS, ids=[f"{method} {name}" for method, name, _answers in ROWS])
def test_an_address_that_changes_something_does_nothing_when_it_is_only_opened(
    method: str, name: str, expected: dict[str, str], places: dict[str, dict[str, Any]], as_mina: Client
) -> None:
    if method == "POST" and ("GET", name) not in {(each[0], each[1]) for each in ROWS}:
        assert as_mina.get(reverse(name, kwargs=places.get(name, {}))).status_code == 405


def test_somebody_whose_roles_have_ended_opens_nothing_but_their_own_page(cast: Cast) -> None:
    person = cast.person("Mina")
    person.memberships.update(until=datetime(2021, 1, 1, tzinfo=UTC).date())
    client = Client()
    client.force_login(cast.user("Mina"))
    assert client.get("/people/").status_code == 403
    assert client.get("/journal/").status_code == 403
    assert client.get("/api/answers", {"measures": "offered"}).status_code == 403
    assert client.get("/me/").status_code == 200


def test_a_closed_account_opens_nothing(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.user("Mina"))
    cast.user("Mina").is_active = False
    cast.user("Mina").save()
    assert client.get("/people/")["Location"].startswith("/sign-in/")


def test_no_address_stands_in_the_table_twice() -> None:
    rows = [(method, name) for method, name, _answers in ROWS]
    assert len(rows) == len(set(rows))
