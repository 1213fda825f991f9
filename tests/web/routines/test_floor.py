"""Visits kept in two taps and once only, what comes of them, and interruptions counted by cause."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.journal.models import Entry as Happened
from floorwalker.web.planning.models import Expected, Roster, Shift
from floorwalker.web.pulse.queries import desk_of
from floorwalker.web.routines.counting import counted
from floorwalker.web.routines.floor import floor_page
from floorwalker.web.routines.models import Interruption, Visit
from floorwalker.web.routines.visits import keep_interruption, keep_visit, undo_interruption, undo_visit, word_visit
from floorwalker.web.ui.reader import Reader
from floorwalker.web.voice.models import Entry
from tests.web import small_centre
from tests.web.conftest import Cast

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KEY = UUID("6a2f41a3-c54c-4ce8-b2ae-7d1e1f7fbc3c")


@pytest.fixture
def laleh(cast: Cast) -> Viewer:
    return viewer_of(cast.user("Laleh"), cast.site, NOW.date())


def kept(laleh: Viewer, cast: Cast, found: str = "tool", name: str = "Omid", key: UUID = KEY, **at: datetime) -> Visit:
    return keep_visit(laleh, key, cast.person(name).pk, found, at.get("at", NOW), NOW)


@pytest.mark.parametrize(
    ("found", "kind", "raised_by", "about"),
    [
        ("tool", "friction", "Omid", None),
        ("procedure", "friction", "Omid", None),
        ("idea", "idea", "Omid", None),
        ("owe", "follow_up", "Omid", None),
        ("noticed", "observation", "Laleh", "Omid"),
    ],
)
def test_what_was_found_becomes_an_entry_of_ones_own(
    cast: Cast, laleh: Viewer, found: str, kind: str, raised_by: str, about: str | None
) -> None:
    entry = kept(laleh, cast, found).entry
    assert entry is not None
    assert (entry.kind, entry.origin, entry.owner, str(entry.raised_by)) == (kind, "floor_walk", cast.user("Laleh"), raised_by)
    assert (entry.about_person.name if entry.about_person else None) == about


def test_where_all_was_well_nothing_is_owed_until_there_are_words(cast: Cast, laleh: Viewer) -> None:
    assert kept(laleh, cast, "well").entry is None
    visit = word_visit(laleh, KEY, "She trains the new ones.", NOW)
    assert visit.entry is not None
    assert (visit.entry.kind, visit.entry.text) == ("observation", "She trains the new ones.")


def test_what_is_sent_twice_is_kept_once(cast: Cast, laleh: Viewer) -> None:
    for _time in range(3):
        kept(laleh, cast)
        word_visit(laleh, KEY, "The meter photo does not open.", NOW)
    assert [entry.text for entry in Entry.objects.all()] == ["The meter photo does not open."]
    assert Visit.objects.count() == 1
    assert Happened.objects.filter(verb="visit.kept").count() == 1


def test_two_devices_have_two_keys_and_two_people_may_have_the_same(cast: Cast, laleh: Viewer) -> None:
    kept(laleh, cast)
    kept(laleh, cast, key=uuid4())
    kept(viewer_of(cast.user("Mina"), cast.site, NOW.date()), cast)
    assert Visit.objects.count() == 3


def test_taken_back_it_drops_what_came_of_it(cast: Cast, laleh: Viewer) -> None:
    kept(laleh, cast)
    undo_visit(laleh, KEY, NOW)
    undo_visit(laleh, KEY, NOW)
    assert Entry.objects.get().state == "dropped"
    assert Happened.objects.filter(verb="visit.undone").count() == 1


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (NOW - timedelta(hours=5), NOW - timedelta(hours=5)),
        (NOW + timedelta(hours=5), NOW),
        (NOW - timedelta(days=99), NOW),
    ],
)
def test_a_visit_that_arrives_late_keeps_its_time_unless_the_clock_is_wrong(
    cast: Cast, laleh: Viewer, at: datetime, expected: datetime
) -> None:
    assert kept(laleh, cast, at=at).at == expected


def test_nobody_outside_ones_own_floor_is_visited(cast: Cast, laleh: Viewer) -> None:
    with pytest.raises(NotDone):
        kept(laleh, cast, name="Tomek")
    with pytest.raises(PermissionDenied):
        kept(viewer_of(cast.user("Omid"), cast.site, NOW.date()), cast)


def test_the_list_begins_with_whom_one_has_never_seen_then_the_longest_ago(cast: Cast, laleh: Viewer) -> None:
    for name, days in (("Omid", 20), ("Samira", 30), ("Jun", 3)):
        kept(laleh, cast, "well", name, uuid4(), at=NOW - timedelta(days=days))
    found = floor_page(desk_of(laleh, Reader("en")), NOW, Reader("en"))
    assert [(line.name, line.since) for line in found.lines] == [
        ("Nasrin", "not yet"),
        ("Zofia", "not yet"),
        ("Samira", "30 days"),
        ("Omid", "20 days"),
    ]


def test_the_list_knows_ones_own_visits_only(cast: Cast, laleh: Viewer) -> None:
    kept(laleh, cast, "well")
    mina = viewer_of(cast.user("Mina"), cast.site, NOW.date())
    found = floor_page(desk_of(mina, Reader("en")), NOW, Reader("en"))
    assert ("Omid", "not yet") in [(line.name, line.since) for line in found.lines]


def test_what_is_owed_stands_beside_the_name(cast: Cast, laleh: Viewer) -> None:
    kept(laleh, cast, "owe", at=NOW - timedelta(days=20))
    word_visit(laleh, KEY, "Asked about callbacks.", NOW)
    found = floor_page(desk_of(laleh, Reader("en")), NOW, Reader("en"))
    assert [line.owed for line in found.lines if line.name == "Omid"] == ["Asked about callbacks."]


def test_the_sentence_names_the_queue_with_the_busiest_hour_ahead(cast: Cast, laleh: Viewer) -> None:
    small_centre.bring_in(date(2026, 11, 21), 10)
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
    found = floor_page(desk_of(laleh, Reader("en")), monday, Reader("en"))
    assert found.sentence == "\u2068Billing\u2069 will be busiest from 10:00. Start there."
    evening = floor_page(desk_of(laleh, Reader("en")), monday.replace(hour=19), Reader("en"))
    assert "have not seen you for a while" in evening.sentence


def test_the_page_works_without_a_script(cast: Cast, as_laleh: Client) -> None:
    omid = cast.person("Omid").pk
    opened = as_laleh.get(f"/floor-walk/?open={omid}").content.decode()
    assert 'name="found" value="tool"' in opened
    given = {"key": str(KEY), "person": omid, "found": "tool"}
    assert as_laleh.post("/floor-walk/visits/", given).status_code == 302
    assert Visit.objects.get().person.name == "Omid"
    assert "Seen today" in as_laleh.get("/floor-walk/").content.decode()


def test_what_was_tapped_on_somebody_elses_page_is_not_kept_as_ones_own(cast: Cast, as_laleh: Client) -> None:
    given = {"key": str(KEY), "person": cast.person("Omid").pk, "found": "tool", "owner": cast.user("Mina").pk}
    assert as_laleh.post("/floor-walk/visits/", given).status_code == 403
    assert not Visit.objects.exists()
    assert as_laleh.post("/floor-walk/visits/", {**given, "owner": cast.user("Laleh").pk}).status_code == 302


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("visits/", {"key": "no key", "person": "1", "found": "tool"}),
        ("visits/", {"key": str(KEY), "person": "x", "found": "tool"}),
        ("visits/", {"key": str(KEY), "person": "999999", "found": "tool"}),
        ("visits/", {"key": str(KEY), "person": "1", "found": "gossip"}),
        ("visits/words/", {"key": str(KEY), "text": "Never arrived."}),
        ("visits/undo/", {"key": str(KEY)}),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(as_laleh: Client, address: str, given: dict[str, str]) -> None:
    answer = as_laleh.post(f"/floor-walk/{address}", given, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json() == {"kept": False, "said": "This person is not on your floor."}


def test_words_that_are_too_long_are_refused_and_named(cast: Cast, laleh: Viewer, as_laleh: Client) -> None:
    kept(laleh, cast)
    answer = as_laleh.post("/floor-walk/visits/words/", {"key": str(KEY), "text": "x" * 501})
    assert "at most 500" in answer.json()["said"]


def test_causes_are_counted_and_compared_with_the_weeks_before() -> None:
    rows = [("system", 7, 45), ("system", 5, 60), ("people", 4, 30), ("people", 3, 45), ("above", 0, 60)]
    found = counted(rows)
    assert (found.times, found.minutes, found.times_before, found.minutes_before) == (3, 135, 2, 105)
    assert [(each.cause, each.minutes, each.minutes_before) for each in found.by_cause] == [
        ("system", 105, 0),
        ("people", 30, 45),
        ("above", 0, 60),
    ]
    assert found.by_cause[0].weeks == (0, 0, 0, 0, 0, 60, 0, 45)
    assert found.may_compare
    assert not counted(rows[:3]).may_compare


def test_an_interruption_is_counted_once_and_taken_back(cast: Cast, laleh: Viewer) -> None:
    for _tap in range(2):
        keep_interruption(laleh, KEY, "system", 45, NOW.date(), "The ticket system", NOW)
    one = Interruption.objects.get()
    undo_interruption(laleh, one.pk, NOW)
    undo_interruption(laleh, one.pk, NOW)
    one.refresh_from_db()
    assert one.undone_at == NOW
    assert list(Happened.objects.order_by("pk").values_list("verb", flat=True)) == ["interruption.kept", "interruption.undone"]


def test_an_interruption_of_tomorrow_is_one_of_today(laleh: Viewer) -> None:
    assert keep_interruption(laleh, KEY, "system", 45, date(2030, 1, 1), "", NOW).day == NOW.date()


def test_interruptions_are_ones_own(cast: Cast, laleh: Viewer, as_mina: Client) -> None:
    one = keep_interruption(laleh, KEY, "system", 45, NOW.date(), "The ticket system", NOW)
    assert "ticket system" not in as_mina.get("/time/interruptions/").content.decode()
    as_mina.post(f"/time/interruptions/{one.pk}/undo/")
    one.refresh_from_db()
    assert one.undone_at is None


def test_the_page_counts_and_offers_the_way_back(as_laleh: Client) -> None:
    given = {"cause": "above", "minutes": 20, "day": datetime.now(UTC).date().isoformat(), "key": str(KEY)}
    told = as_laleh.post("/time/interruptions/", given, follow=True).content.decode()
    assert "One interruption in four weeks took 20 minutes." in told
    assert "Counted: An urgent request from above" in told
    wrong = as_laleh.post("/time/interruptions/", {**given, "minutes": 0})
    assert wrong.status_code == 422


def test_with_a_roster_the_sentence_names_the_queue_that_will_be_shortest_of_people(cast: Cast, laleh: Viewer) -> None:
    small_centre.bring_in(date(2026, 11, 21), 10)
    day, minutes = date(2026, 11, 23), [480, 540, 600, 660]
    for queue, need in (("", [4, 5, 11, 5]), ("Billing", [3, 4, 9, 4]), ("Support", [1, 1, 2, 1])):
        curve = {"minutes": minutes, "length": 60, **{name: [12.0, 16.0, 40.0, 16.0] for name in ("mean", "q10", "q90")}}
        people = {"need": need, "low": need, "high": need}
        Expected.objects.create(site=cast.site, queue=queue, day=day, total={}, curve=curve, people=people)
    roster = Roster.objects.create(site=cast.site, kind="pattern", name="Week", at=NOW)
    for queue, people in (("Billing", 6), ("Support", 1)):
        shift = {"day": day, "start": 480, "end": 720, "queue": queue, "people": people}
        Shift.objects.create(roster=roster, site=cast.site, **shift)
    found = floor_page(
        desk_of(laleh, Reader("en")), datetime(2026, 11, 23, 9, 16, tzinfo=ZoneInfo("Europe/Warsaw")), Reader("en")
    )
    assert found.sentence == "\u2068Billing\u2069 will be 3 people short from 10:00. Start there."
    assert found.picture is not None
    assert "3 short" in found.picture.narrow


def test_whoever_was_visited_reads_by_whom_and_when(cast: Cast, laleh: Viewer, as_omid: Client) -> None:
    kept(laleh, cast, "noticed")
    page = as_omid.get("/me/").content.decode()
    assert "Who was with you on a floor walk" in page
    held = as_omid.get("/me/everything.json").json()
    assert [each["by"] for each in held["routines"]] == ["Laleh"]
    assert [each["text"] for each in held["voice"]] == ["I noticed something"]
