"""Conversation guides: concrete, open, private, answered, and gone after their days."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from floorwalker.web.journal.models import Entry
from floorwalker.web.signatures import conversations
from floorwalker.web.signatures.models import Guide, Reply, Support
from floorwalker.web.voice import actions as voice
from floorwalker.web.voice.models import Entry as Owed
from tests.web import small_centre
from tests.web.conftest import Cast
from tests.web.signatures.patterns import ONSET, SECRET, guide, made, viewer

LAST = date(2026, 11, 21)


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().replace("\u2068", "").replace("\u2069", "").split())


@pytest.fixture
def change(cast: Cast) -> int:
    """A lasting change of Omid's after-contact work, with the contacts behind it."""
    small_centre.bring_in(LAST, 4)
    return made(cast, "Omid").pk


def test_a_lead_prepares_a_guide_with_dated_contacts_and_open_questions(cast: Cast, change: int, as_laleh: Client) -> None:
    Support.objects.create(site=cast.site, text="Other hours for some weeks")
    form = as_laleh.get(f"/signature/changes/{change}/guide/")
    contacts = form.context["form"].fields["examples"].choices
    assert len(contacts) == 3, "one of each week since 4 November"
    given = {
        "examples": [contacts[0][0], contacts[1][0]],
        "questions": ["different", "support"],
        "words": SECRET,
        "offers": ["Other hours for some weeks"],
        "follow_up_on": (datetime.now(UTC).date() + timedelta(days=14)).isoformat(),
    }
    answer = as_laleh.post(f"/signature/changes/{change}/guide/", given)
    written = Guide.objects.get()
    assert answer["Location"] == f"/guides/{written.pk}/"
    assert [each["key"] for each in written.examples] == given["examples"]
    assert (written.expires_on - datetime.now(UTC).date()).days in (89, 90, 91)
    page = words(as_laleh, f"/guides/{written.pk}/")
    assert "Readers: Omid, and in their line Laleh, Mina." in page
    assert page.index("Readers:") < page.index(SECRET)
    assert "What is different in your work since then?" in page
    assert "Which support would be useful to you?" in page
    for each in written.examples:
        assert f"/pulse/contacts/{each['key']}/" in page
        assert as_laleh.get(f"/pulse/contacts/{each['key']}/").status_code == 200


def test_its_subject_reads_it_at_once_and_answers(cast: Cast, as_omid: Client, as_laleh: Client) -> None:
    written = guide(made(cast, "Omid"), cast.user("Laleh"))
    assert SECRET in words(as_omid, f"/guides/{written.pk}/")
    as_omid.post(f"/guides/{written.pk}/answer/", {"text": "The new screen is slow.", "contests": "on"})
    reply = Reply.objects.get()
    assert (reply.text, reply.contests, reply.by) == ("The new screen is slow.", True, cast.user("Omid"))
    page = words(as_laleh, f"/guides/{written.pk}/")
    assert "The new screen is slow." in page
    assert "Sees it differently" in page


def test_opening_a_guide_is_noted_and_its_subject_sees_who(cast: Cast, as_omid: Client, as_mina: Client) -> None:
    written = guide(made(cast, "Omid"), cast.user("Laleh"))
    words(as_mina, f"/guides/{written.pk}/")
    assert "<dd><bdi>Mina</bdi></dd>" in words(as_omid, f"/people/{cast.person('Omid').pk}/signature/")


@pytest.mark.parametrize("name", ["Samira", "Petra", "Hanna", "Mateusz", "Viktor", "Ada"])
def test_nobody_else_reads_it(cast: Cast, sign_in: Callable[[str], Client], name: str) -> None:
    written = guide(made(cast, "Omid"), cast.user("Laleh"))
    assert sign_in(name).get(f"/guides/{written.pk}/").status_code == 404


def test_its_author_reads_it_even_after_leading_another_team(cast: Cast, sign_in: Callable[[str], Client]) -> None:
    written = guide(made(cast, "Omid"), cast.user("Petra"))
    assert SECRET in words(sign_in("Petra"), f"/guides/{written.pk}/")
    assert sign_in("Petra").get(f"/people/{cast.person('Omid').pk}/signature/").status_code == 404


def test_what_was_agreed_is_kept_and_looked_at_again(cast: Cast, as_laleh: Client, as_omid: Client) -> None:
    written = guide(made(cast, "Omid"), cast.user("Laleh"), agreed="")
    day = datetime.now(UTC).date() + timedelta(days=10)
    as_laleh.post(f"/guides/{written.pk}/agreed/", {"agreed": "Two weeks on chat.", "follow_up_on": day.isoformat()})
    written.refresh_from_db()
    assert (written.agreed, written.follow_up_on, written.followed_up_at) == ("Two weeks on chat.", day, None)
    assert "Two weeks on chat." in words(as_omid, f"/guides/{written.pk}/")
    as_laleh.post(f"/guides/{written.pk}/agreed/", {"done": "1"})
    written.refresh_from_db()
    assert written.followed_up_at is not None


@pytest.mark.parametrize(("days", "words_"), [(-1, "This day is over."), (400, "Choose an earlier day.")])
def test_a_day_that_never_comes_is_refused_with_the_reason(cast: Cast, as_laleh: Client, days: int, words_: str) -> None:
    today = datetime.now(UTC).date()
    written = guide(made(cast, "Omid"), cast.user("Laleh"), expires_on=today + timedelta(days=90))
    given = {"agreed": "", "follow_up_on": (today + timedelta(days=days)).isoformat()}
    answer = as_laleh.post(f"/guides/{written.pk}/agreed/", given)
    assert answer.status_code == 422
    assert words_ in answer.content.decode()


def test_a_guide_past_its_days_is_read_by_nobody(cast: Cast, as_laleh: Client, as_omid: Client) -> None:
    written = guide(made(cast, "Omid"), cast.user("Laleh"), expires_on=date(2026, 1, 1))
    for client in (as_laleh, as_omid):
        assert client.get(f"/guides/{written.pk}/").status_code == 404


def test_a_guide_is_taken_back_and_taken_up_again(cast: Cast, as_laleh: Client, as_omid: Client) -> None:
    written = guide(made(cast, "Omid"), cast.user("Laleh"))
    as_laleh.post(f"/guides/{written.pk}/withdraw/")
    assert as_omid.get(f"/guides/{written.pk}/").status_code == 404
    assert "Take it up again" in words(as_laleh, f"/people/{cast.person('Omid').pk}/signature/")
    as_laleh.post(f"/guides/{written.pk}/take-up/")
    assert as_omid.get(f"/guides/{written.pk}/").status_code == 200


def test_after_a_day_it_cannot_be_taken_up_again(cast: Cast) -> None:
    written, now = guide(made(cast, "Omid"), cast.user("Laleh")), datetime(2026, 11, 22, 7, tzinfo=UTC)
    conversations.withdraw(written, viewer(cast, "Laleh"), now)
    with pytest.raises(PermissionDenied):
        conversations.take_up_again(written, viewer(cast, "Laleh"), now + timedelta(hours=25))


def test_a_blip_is_no_reason_for_a_guide(cast: Cast, as_laleh: Client) -> None:
    blip = made(cast, "Omid", is_lasting=False, until=ONSET)
    assert as_laleh.get(f"/signature/changes/{blip.pk}/guide/").status_code == 404


def test_the_journal_says_that_something_private_was_kept_and_nothing_of_it(
    cast: Cast, as_laleh: Client, as_omid: Client
) -> None:
    small_centre.bring_in(LAST, 4)
    change = made(cast, "Omid")
    as_laleh.post(f"/signature/changes/{change.pk}/guide/", {"questions": ["different"], "words": SECRET, "agreed": SECRET})
    as_omid.post(f"/guides/{Guide.objects.get().pk}/answer/", {"text": SECRET})
    as_omid.post(f"/signature/changes/{change.pk}/cause/", {"text": SECRET})
    entries = list(Entry.objects.exclude(verb="person.looked"))
    assert [each.verb for each in entries] == ["private.kept", "private.answered", "private.kept"]
    assert [(each.thing, each.facts) for each in entries] == [("", {})] * 3


def test_everything_held_about_oneself_holds_the_guide_and_its_answers(cast: Cast, as_omid: Client, as_samira: Client) -> None:
    written = guide(made(cast, "Omid"), cast.user("Laleh"))
    as_omid.post(f"/guides/{written.pk}/answer/", {"text": "I see."})
    held = as_omid.get("/me/everything.json").json()["signatures"]
    assert held["guides"][0]["words"] == SECRET
    assert held["guides"][0]["replies"][0]["text"] == "I see."
    assert SECRET not in as_samira.get("/me/everything.json").content.decode()


@pytest.fixture
def as_samira(sign_in: Callable[[str], Client]) -> Client:
    """A colleague in the same team."""
    return sign_in("Samira")


def test_the_day_to_look_again_stands_among_ones_follow_ups_without_a_word_about_the_change(
    cast: Cast, as_laleh: Client
) -> None:
    written = guide(made(cast, "Omid"), cast.user("Laleh"), agreed="")
    day = datetime.now(UTC).date() + timedelta(days=10)
    as_laleh.post(f"/guides/{written.pk}/agreed/", {"agreed": SECRET, "follow_up_on": day.isoformat()})
    owed = Owed.objects.get()
    assert (owed.owner, owed.about_person, owed.due, owed.origin) == (
        cast.user("Laleh"),
        cast.person("Omid"),
        day,
        "conversation",
    )
    assert owed.text == "A conversation: look again at what was agreed."
    later = day + timedelta(days=7)
    as_laleh.post(f"/guides/{written.pk}/agreed/", {"agreed": SECRET, "follow_up_on": later.isoformat()})
    assert Owed.objects.get().due == later
    as_laleh.post(f"/guides/{written.pk}/agreed/", {"done": "1"})
    assert Owed.objects.get().state == "done"


def test_a_follow_up_closed_elsewhere_is_looked_at_again_here(cast: Cast, as_laleh: Client) -> None:
    written, day = guide(made(cast, "Omid"), cast.user("Laleh"), agreed=""), datetime.now(UTC).date() + timedelta(days=10)
    as_laleh.post(f"/guides/{written.pk}/agreed/", {"agreed": "", "follow_up_on": day.isoformat()})
    voice.finish(Owed.objects.get(), viewer(cast, "Laleh"), datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert "Looked at again on 1 December" in words(as_laleh, f"/guides/{written.pk}/")


def test_taking_a_guide_back_drops_its_follow_up_and_taking_it_up_opens_it_again(cast: Cast, as_laleh: Client) -> None:
    written, day = guide(made(cast, "Omid"), cast.user("Laleh"), agreed=""), datetime.now(UTC).date() + timedelta(days=10)
    as_laleh.post(f"/guides/{written.pk}/agreed/", {"agreed": "", "follow_up_on": day.isoformat()})
    as_laleh.post(f"/guides/{written.pk}/withdraw/")
    assert Owed.objects.get().state == "dropped"
    as_laleh.post(f"/guides/{written.pk}/take-up/")
    assert Owed.objects.get().state == "open"
