"""What is written down, who may read it, what came of it, and how it is taken back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.journal.models import Entry as Happened
from floorwalker.web.voice import actions, queries
from floorwalker.web.voice.models import Entry, State
from floorwalker.web.voice.rules import owners, readable
from tests.web.conftest import ACTORS, Cast

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
WORDS = "The meter photo does not open."


def viewer(cast: Cast, name: str) -> Viewer:
    return viewer_of(cast.user(name), cast.site, TODAY)


def readers(cast: Cast, entry: Entry) -> set[str]:
    return {name for name in (*ACTORS.values(), "Tomek") if readable(viewer(cast, name)).filter(pk=entry.pk).exists()}


def written(cast: Cast, by: str = "Laleh", about: str = "", **facts: object) -> Entry:
    more = {"about_person": cast.person(about)} if about else {}
    return actions.add(viewer(cast, by), NOW, "follow_up", WORDS, **more, **facts)  # type: ignore[arg-type]


def test_an_entry_about_a_person_is_read_by_that_person_their_line_author_and_owner(cast: Cast) -> None:
    assert readers(cast, written(cast, "Hanna", "Omid")) == {"Omid", "Laleh", "Hanna", "Mina"}


def test_an_entry_about_nobody_is_read_by_whoever_raised_it_and_their_line(cast: Cast) -> None:
    assert readers(cast, written(cast, "Mina", raised_by=cast.person("Tomek"))) == {"Tomek", "Petra", "Mina"}


def test_a_confidential_entry_stays_outside_every_line(cast: Cast) -> None:
    entry = written(cast, "Viktor", raised_by=cast.person("Omid"), confidential=True, origin="open_door")
    assert readers(cast, entry) == {"Viktor", "Omid"}


def test_whoever_raised_something_about_somebody_else_does_not_read_it(cast: Cast) -> None:
    assert readers(cast, written(cast, "Mina", "Tomek", raised_by=cast.person("Omid"))) == {"Tomek", "Petra", "Mina"}


def test_a_lead_writes_about_the_own_team_only(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        written(cast, "Petra", "Omid")
    assert not Entry.objects.exists()


def test_the_journal_keeps_neither_words_nor_the_person(cast: Cast) -> None:
    entry = written(cast, "Laleh", "Omid")
    actions.answer(entry, viewer(cast, "Laleh"), NOW, "It opens now.")
    lines = Happened.objects.filter(verb__startswith="voice.")
    assert {(line.verb, line.thing, line.about_person_id, str(line.facts)) for line in lines} == {
        ("voice.written", "follow_up", None, "{}"),
        ("voice.answered", "follow_up", None, "{}"),
    }


@pytest.mark.parametrize(("text", "code"), [("  ", "voice.no_words"), ("x" * 501, "voice.too_long")])
def test_words_are_needed_and_at_most_five_hundred_characters(cast: Cast, text: str, code: str) -> None:
    with pytest.raises(NotDone) as refused:
        actions.add(viewer(cast, "Laleh"), NOW, "idea", text)
    assert refused.value.code == code


def test_a_closed_entry_is_opened_again(cast: Cast) -> None:
    laleh = viewer(cast, "Laleh")
    entry = actions.finish(written(cast), laleh, NOW, "Asked the supplier.")
    assert (entry.state, entry.outcome, entry.closed_at) == (State.DONE, "Asked the supplier.", NOW)
    entry = actions.reopen(entry, laleh)
    assert (entry.state, entry.closed_at) == (State.OPEN, None)


def test_a_second_tap_on_done_changes_nothing_and_another_closing_is_told(cast: Cast) -> None:
    laleh, entry = viewer(cast, "Laleh"), written(cast)
    actions.finish(entry, laleh, NOW)
    actions.finish(entry, laleh, NOW + timedelta(seconds=1))
    assert Happened.objects.filter(verb="voice.done").count() == 1
    with pytest.raises(NotDone) as refused:
        actions.drop(entry, laleh, NOW)
    assert refused.value.code == "voice.closed_already"


def test_an_answer_needs_words(cast: Cast) -> None:
    with pytest.raises(NotDone):
        actions.answer(written(cast), viewer(cast, "Laleh"), NOW, " ")


def test_only_author_and_owner_close_an_entry(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.finish(written(cast, "Laleh", "Omid"), viewer(cast, "Mina"), NOW)


def test_an_agent_gives_something_to_the_own_lead_and_waits_for_it(cast: Cast) -> None:
    omid, laleh = viewer(cast, "Omid"), viewer(cast, "Laleh")
    entry = actions.add(omid, NOW - timedelta(days=12), "idea", WORDS, owner=cast.user("Laleh"))
    assert {user.email for user in owners(omid)} == {"omid@vistula.example", "laleh@vistula.example"}
    assert [line.id for line in queries.awaited_by(omid)] == [entry.pk]
    assert [(line.id, line.days) for line in queries.open_for(laleh)] == [(entry.pk, 12)]
    with pytest.raises(PermissionDenied):
        actions.assign(entry, cast.user("Petra"), None, omid)


def test_what_is_due_comes_by_day(cast: Cast) -> None:
    laleh = viewer(cast, "Laleh")
    for day in (27, 24, 25):
        written(cast, due=date(2026, 11, day))
    assert [line.due and line.due.day for line in queries.due(laleh, TODAY)] == [24, 25]


def test_what_is_handed_on_moves_to_the_other_page(cast: Cast) -> None:
    laleh, entry = viewer(cast, "Laleh"), written(cast)
    actions.assign(entry, cast.user("Mina"), date(2026, 12, 1), laleh)
    assert [line.owner for line in queries.awaited_by(laleh)] == ["Mina"]
    assert queries.open_for(laleh) == []
    assert len(queries.open_for(viewer(cast, "Mina"))) == 1


def test_the_page_says_what_is_owed_and_how_long_it_waits(cast: Cast, as_laleh: Client) -> None:
    actions.add(viewer(cast, "Omid"), datetime.now(UTC) - timedelta(days=3), "idea", WORDS, owner=cast.user("Laleh"))
    page = as_laleh.get("/follow-ups/").content.decode()
    assert "You owe one thing; it has waited 3 days." in page
    assert WORDS in page
    assert WORDS in as_laleh.get("/").content.decode() or "Bring in contacts" in as_laleh.get("/").content.decode()


def test_a_filter_lives_in_the_address(cast: Cast, as_laleh: Client) -> None:
    written(cast)
    assert WORDS in as_laleh.get("/follow-ups/?kind=follow_up").content.decode()
    assert WORDS not in as_laleh.get("/follow-ups/?kind=idea").content.decode()
    assert WORDS not in as_laleh.get("/follow-ups/?state=closed").content.decode()


def test_closing_on_the_page_offers_the_way_back(cast: Cast, as_laleh: Client) -> None:
    entry = written(cast)
    page = as_laleh.post(f"/follow-ups/{entry.pk}/close/", {"state": "done"}, follow=True)
    assert page.redirect_chain[0][0] == f"/follow-ups/?closed={entry.pk}"
    assert f"/follow-ups/{entry.pk}/open-again/" in page.content.decode()
    as_laleh.post(f"/follow-ups/{entry.pk}/open-again/")
    entry.refresh_from_db()
    assert entry.is_open


def test_something_is_written_down_on_the_page_with_its_readers_before_the_words(cast: Cast, as_laleh: Client) -> None:
    given = {"kind": "friction", "text": WORDS, "about_person": cast.person("Omid").pk, "owner": cast.user("Laleh").pk}
    page = as_laleh.post("/follow-ups/add/", given, follow=True).content.decode()
    assert page.index("Readers:") < page.index(WORDS)
    assert Entry.objects.get().kind == "friction"


def test_bad_input_is_told_beside_the_form(cast: Cast, as_laleh: Client) -> None:
    given = {"kind": "gossip", "text": "", "owner": cast.user("Viktor").pk, "due": "2026-13-40"}
    answer = as_laleh.post("/follow-ups/add/", given)
    assert answer.status_code == 422
    assert answer.content.decode().count('class="wrong"') == 4


def test_whoever_it_is_about_sees_who_opened_it(cast: Cast, sign_in: Callable[[str], Client]) -> None:
    entry = written(cast, "Laleh", "Omid")
    sign_in("Mina").get(f"/follow-ups/{entry.pk}/")
    sign_in("Omid").get(f"/follow-ups/{entry.pk}/")
    looks = Happened.objects.filter(verb="person.looked")
    assert [(look.actor, look.about_person, look.thing) for look in looks] == [
        (cast.user("Mina"), cast.person("Omid"), "follow_ups")
    ]


def test_the_api_lists_what_one_owes_and_awaits(cast: Cast, as_omid: Client) -> None:
    actions.add(viewer(cast, "Omid"), NOW, "idea", WORDS, owner=cast.user("Laleh"))
    written(cast)
    found = as_omid.get("/api/follow-ups").json()
    assert [(each["text"], each["owner"], each["owed_by_me"]) for each in found] == [(WORDS, "Laleh", False)]


@pytest.mark.parametrize("name", ["Petra", "Tomek", "Samira", "Viktor", "Ada", "Mateusz"])
def test_nobody_outside_the_circle_finds_the_words_anywhere(cast: Cast, sign_in: Callable[[str], Client], name: str) -> None:
    entry = written(cast, "Laleh", "Omid")
    client = sign_in(name)
    for address in (
        "/follow-ups/",
        "/follow-ups/?state=closed",
        f"/follow-ups/?closed={entry.pk}",
        "/api/follow-ups",
        "/journal/",
    ):
        assert WORDS not in client.get(address).content.decode()
    assert client.get(f"/follow-ups/{entry.pk}/").status_code == 404
