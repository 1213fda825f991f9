"""How often the pages of the morning ask the database, over a centre where much goes on at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from floorwalker.web.accounts.models import User
from floorwalker.web.calendars.models import Guest, Placed
from floorwalker.web.changes.models import Decision, Finding, Round, Ruling, Story, Watch
from floorwalker.web.events.models import HolidayChange
from floorwalker.web.intake.models import Import, ImportFile
from floorwalker.web.opendoor.models import Booking, Opening, Slot
from floorwalker.web.planning.models import Expected, Roster, Shift
from floorwalker.web.voice.models import Entry
from tests.web import small_centre
from tests.web.changes.conftest import at, made
from tests.web.conftest import Cast

AT_MOST = 20
READERS = ("Mina", "Laleh", "Mateusz", "Hanna", "Ada", "Viktor", "Omid")
SHOWN = ('id="change-', "calls.csv", "در باز", "پیش‌بینی‌نشده", "follow-ups")
"""What the manager's page has on it, in Persian: a change, an import, the open door, a block, what waits."""
PLACES = [
    at(),
    at("queue", "Billing"),
    at("queue", "Support"),
    at("team", "Billing"),
    at("team", "Support"),
    at("topic", "Bill"),
]
WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def now() -> datetime:
    """The pages speak of the day on which they are opened."""
    return datetime.now(UTC).astimezone(WARSAW)


@pytest.fixture
def busy_centre(cast: Cast, now: datetime) -> Cast:
    """Contacts up to yesterday; changes, plans, blocks, slots, follow-ups and imports of today."""
    small_centre.bring_in(now.date() - timedelta(days=1), weeks=13)
    _changes(cast, now)
    _plans(cast, now)
    for number, user in enumerate(cast.users.values()):
        _time_in_calendar(cast, user, now)
        facts = {"kind": "idea", "text": f"{number}", "author": cast.user("Omid"), "owner": user, "at": now}
        Entry.objects.bulk_create(Entry(site=cast.site, about_person=cast.person("Jun"), **facts) for _ in range(3))
    _doors(cast, now)
    for name in ("calls", "surveys", "people"):
        brought = Import.objects.create(site=cast.site, by=cast.user("Mina"), reader="spreadsheet", source=name, state="whole")
        ImportFile.objects.create(of=brought, name=f"{name}.csv", sha256="0" * 64)
    return cast


def _changes(cast: Cast, now: datetime) -> None:
    day, mina = now.date(), cast.user("Mina")
    Round.objects.create(site=cast.site, at=now, until=day - timedelta(1), judged=40, learning=2, handle_s=360.0)
    for number, where in enumerate(PLACES):
        for kind, back in (("lasting", 20), ("early", 3), ("blip", 40)):
            _change(cast, where, kind, day - timedelta(days=back + 9 * number))
    about = {"site": cast.site, "measure": "aht", "dimension": "queue", "value": "Billing"}
    told = Finding.objects.filter(kind="lasting", dimension="queue", value="Billing").get().onset
    Story.objects.create(**about, onset=told, text="The new screen.", by=mina, at=now)
    Ruling.objects.create(**about, onset=told - timedelta(days=60), kind="blip", last=told, by=mina, at=now)
    Watch.objects.create(**about, onset=told, muted_until=day, assigned_to=cast.person("Laleh")).followers.add(mina)
    HolidayChange.objects.create(site=cast.site, day=date(day.year, 11, 11), moved_to=None)


def _change(cast: Cast, where: dict[str, str], kind: str, onset: date) -> None:
    last = onset + timedelta(days=1) if kind == "blip" else None
    made(cast, **where, kind=kind, onset=onset, until=last)
    series = {"site": cast.site, "measure": "aht", **where}
    Decision.objects.create(**series, kind="blip_left_out", first=onset, last=onset, decided=onset + timedelta(days=2))


def _plans(cast: Cast, now: datetime) -> None:
    minutes = list(range(480, 1080, 30))
    curve = {name: [8.0] * len(minutes) for name in ("mean", "q05", "q10", "q25", "q50", "q75", "q90", "q95")}
    total = dict.fromkeys(curve, 160.0)
    people = {name: [4.0] * len(minutes) for name in ("need", "low", "high")}
    roster = Roster.objects.create(site=cast.site, kind="pattern", name="", by=cast.user("Mina"), at=now)
    for queue in ("", "Billing", "Support"):
        facts = {"curve": {**curve, "minutes": minutes, "length": 30}, "total": total, "people": people}
        Expected.objects.create(site=cast.site, queue=queue, day=now.date(), **facts)
        shift = {"day": now.date(), "start": 480, "end": 1080, "queue": queue or "Billing", "people": 3}
        Shift.objects.create(site=cast.site, roster=roster, **shift)


def _time_in_calendar(cast: Cast, user: User, now: datetime) -> None:
    for hour in (9, 14):
        at = now.replace(hour=hour, minute=0)
        facts = {"purpose": "unplanned", "tz": "Europe/Warsaw", "starts_at": at, "minutes": 60, "made_at": at, "changed_at": at}
        Guest.objects.create(placed=Placed.objects.create(site=cast.site, by=user, **facts), user=user)


def _doors(cast: Cast, now: datetime) -> None:
    for host, guest in (("Mina", "Omid"), ("Laleh", "Samira"), ("Ada", "Laleh"), ("Mateusz", "Mina")):
        facts = {"place": "Room 4", "made_by": cast.user("Mina"), "made_at": now, "announced_at": now}
        door = Opening.objects.create(site=cast.site, host=cast.person(host), day=now.date(), **facts)
        begins = now.replace(hour=15, minute=0)
        slot = Slot.objects.create(opening=door, starts_at=begins, ends_at=begins + timedelta(hours=2))
        Booking.objects.create(slot=slot, opening=door, guest=cast.person(guest), made_by=cast.user("Mina"), made_at=now)


def test_no_page_of_the_morning_asks_more_than_twenty_times(
    busy_centre: Cast, sign_in: Callable[[str], Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    finding = Finding.objects.filter(dimension="queue").first()
    assert finding
    anyone, own, readers = ("/", "/pulse/"), ("/pulse/?measure=aht&by=agent",), ("/pulse/?measure=aht&by=team&queue=Billing",)
    changes = ("/changes/", f"/changes/{finding.pk}/", "/changes/watch/", "/changes/digest/")
    for name in READERS:
        client = sign_in(name)
        may = own if name in ("Mina", "Laleh", "Omid") else ()
        for page in (*anyone, *may, *(() if name == "Omid" else (*readers, *changes))):
            client.get(page)
            with django_assert_max_num_queries(AT_MOST, info=f"{name} opens {page}"):
                answer = client.get(page, headers={"accept-language": "fa"})
            assert answer.status_code == 200, f"{name} opens {page}"
            if (name, page) == ("Mina", "/"):
                text = answer.content.decode()
                assert [word for word in SHOWN if word not in text] == []
