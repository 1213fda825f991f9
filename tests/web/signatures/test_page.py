"""The signature page: what it says to the person, to their line, and to nobody else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from floorwalker.web.journal.models import Entry
from floorwalker.web.signatures.models import Cause, Trait
from tests.web import small_centre
from tests.web.conftest import Cast
from tests.web.signatures.patterns import LAST, ONSET, looked_at_all, made, trait


@pytest.fixture
def signature(cast: Cast) -> Cast:
    """Omid's after-contact work is twelve seconds longer; everything else is as usual, or not known well enough."""
    looked_at_all(cast)
    made(cast, "Omid")
    trait(cast, "Omid")
    trait(cast, "Omid", "aht", "usual")
    return cast


def text_of(client: Client, cast: Cast, name: str = "Omid") -> str:
    response = client.get(f"/people/{cast.person(name).pk}/signature/")
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u2068", "").replace("\u2069", "").split())


def test_an_agent_reads_what_changed_in_plain_words(signature: Cast, as_omid: Client) -> None:
    text = text_of(as_omid, signature)
    assert "One of your numbers has changed for good." in text
    assert "After-contact work: 12 seconds longer since 4 November, and it stays." in text
    assert "Usual was 0:47; it is now 0:59, between 0:56 and 1:02." in text
    assert "Lasting with 97%; we were sure on 12 November." in text
    assert "Nobody is ranked here: you are only ever compared with your own past." in text
    assert "Readers: you, and in your line Laleh, Mina." in text
    assert 'class="level"' in text
    assert "As usual." in text
    assert "Prepare a conversation" not in text


def test_ones_own_today_says_the_same(signature: Cast, as_omid: Client) -> None:
    small_centre.bring_in(LAST, 4)
    text = as_omid.get("/").content.decode()
    assert "12 seconds longer since 4 November, and it stays." in text
    assert "/me/signature/" in text


def test_ones_own_page_has_a_short_address_and_is_linked(signature: Cast, as_omid: Client) -> None:
    answer = as_omid.get("/me/signature/")
    assert answer["Location"] == f"/people/{signature.person('Omid').pk}/signature/"


def test_a_lead_reads_the_same_with_the_name_and_may_prepare_a_conversation(signature: Cast, as_laleh: Client) -> None:
    text = text_of(as_laleh, signature)
    assert "One number of Omid has changed for good." in text
    assert "That you opened this page is noted, and they see it." in text
    assert "Prepare a conversation" in text
    assert "Look at the line and the process before you look at the person." in text


def test_whoever_looked_stands_on_that_very_page(signature: Cast, as_omid: Client, sign_in: Callable[[str], Client]) -> None:
    assert "Whoever opens this page is named here." in text_of(as_omid, signature)
    for name in ("Laleh", "Mina"):
        text_of(sign_in(name), signature)
        sign_in(name).get(f"/api/people/{signature.person('Omid').pk}/signature")
    text = text_of(as_omid, signature)
    assert "<dd><bdi>Laleh</bdi></dd>" in text
    assert "<dd><bdi>Mina</bdi></dd>" in text
    assert Entry.objects.filter(verb="person.looked", thing="signature").count() == 2
    assert "Whoever opens this page is named here." not in text


def test_looking_at_oneself_is_not_noted(signature: Cast, as_omid: Client) -> None:
    text_of(as_omid, signature)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("name", ["Samira", "Petra", "Hanna", "Mateusz", "Viktor", "Ada"])
def test_others_are_told_that_there_is_nothing(signature: Cast, sign_in: Callable[[str], Client], name: str) -> None:
    client, omid = sign_in(name), signature.person("Omid").pk
    assert client.get(f"/people/{omid}/signature/").status_code == 404
    assert client.get(f"/api/people/{omid}/signature").status_code == 404
    assert not Entry.objects.exists()


def test_a_lead_who_no_longer_leads_sees_nothing(signature: Cast, as_laleh: Client) -> None:
    signature.person("Laleh").memberships.update(until=date(2021, 1, 1))
    assert as_laleh.get(f"/people/{signature.person('Omid').pk}/signature/").status_code == 404


def test_a_link_leads_there_from_the_persons_page_for_the_line_only(signature: Cast, sign_in: Callable[[str], Client]) -> None:
    address = f"/people/{signature.person('Omid').pk}/"
    seen = {
        name: f"{address}signature/" in sign_in(name).get(address).content.decode()
        for name in ("Laleh", "Mina", "Hanna", "Ada")
    }
    assert seen == {"Laleh": True, "Mina": True, "Hanna": False, "Ada": False}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("young", "Too young for a pattern."),
        ("thin", "Not enough evidence: a pattern needs 40 observations in four weeks."),
        ("early", "It looks different since 10 November, but there is not enough evidence. Nothing to do before we know."),
        ("newcomer", "Still learning, as everybody does at first. No pattern before 31 March 2020."),
    ],
)
def test_too_little_is_a_normal_answer(cast: Cast, as_omid: Client, state: str, words: str) -> None:
    trait(cast, "Omid", state=state, since=date(2026, 11, 10))
    text = text_of(as_omid, cast)
    assert words in text
    assert ('path class="band"' in text) == (state not in ("young", "newcomer"))


def test_a_blip_is_told_as_a_blip(cast: Cast, as_omid: Client) -> None:
    trait(cast, "Omid", state="blip")
    made(cast, "Omid", is_lasting=False, onset=date(2026, 11, 11), until=date(2026, 11, 12))
    text = text_of(as_omid, cast)
    assert "A blip from 11 November to 12 November: leave it alone." in text
    assert 'class="blip"' in text
    assert "Nothing has changed for good in your numbers." in text


def test_what_all_share_is_said_to_move_the_range(cast: Cast, as_omid: Client) -> None:
    trait(cast, "Omid", state="usual", shared_since=ONSET)
    assert "All who serve the same queue, or the whole team, moved since 4 November" in text_of(as_omid, cast)


def test_hours_are_written_as_hours(cast: Cast, as_omid: Client) -> None:
    made(cast, "Omid", "hours", size=-7200.0, size_low=-7500.0, size_high=-6900.0, usual=28_800.0)
    days = [[LAST.isoformat(), 21_600.0, 1.0, 27_000.0, 28_800.0, 30_600.0]]
    Trait.objects.create(person=cast.person("Omid"), measure="hours", state="lasting", days=days)
    text = text_of(as_omid, cast)
    assert "Hours at work: 120 minutes shorter since 4 November, and it stays." in text
    assert "Usual was 8:00; it is now 6:00, between 5:55 and 6:05." in text


def test_a_cause_stands_beside_the_change_until_its_writer_takes_it_back(
    signature: Cast, as_omid: Client, as_laleh: Client
) -> None:
    change = made(signature, "Omid", "aht")
    as_omid.post(f"/signature/changes/{change.pk}/cause/", {"text": "  Part-time \n since October. "})
    assert Cause.objects.get().text == "Part-time since October."
    assert "Part-time since October." in text_of(as_laleh, signature)
    back = f"/signature/causes/{Cause.objects.get().pk}/take-back/"
    assert as_laleh.post(back).status_code == 404
    as_omid.post(back)
    assert not Cause.objects.exists()


def test_a_cause_outlives_the_round_in_which_its_change_moved_by_some_days(signature: Cast, as_omid: Client) -> None:
    change = made(signature, "Omid", "aht")
    as_omid.post(f"/signature/changes/{change.pk}/cause/", {"text": "A new queue."})
    change.delete()
    made(signature, "Omid", "aht", onset=ONSET + timedelta(days=3))
    assert "A new queue." in text_of(as_omid, signature)


def test_an_empty_cause_keeps_nothing(signature: Cast, as_omid: Client) -> None:
    as_omid.post(f"/signature/changes/{made(signature, 'Omid', 'aht').pk}/cause/", {"text": "   "})
    assert not Cause.objects.exists()


def test_before_the_first_round_nothing_is_claimed(cast: Cast, as_omid: Client) -> None:
    assert "Nothing is known of your numbers yet." in text_of(as_omid, cast)


def test_a_site_without_patterns_says_so(cast: Cast, as_omid: Client, as_mina: Client) -> None:
    as_mina.post("/people/patterns/", {"keep_days": "90", "offers": ""})
    assert "Patterns are switched off on this site." in text_of(as_omid, cast)


def test_the_api_gives_the_same_to_the_person(signature: Cast, as_omid: Client) -> None:
    answer = as_omid.get("/api/me/signature").json()
    assert (answer["person"], answer["until"]) == ("Omid", LAST.isoformat())
    assert [(each["measure"], each["onset"], each["size"]) for each in answer["changes"]] == [("acw_time", "2026-11-04", 12.0)]
    assert {each["measure"]: each["state"] for each in answer["measures"]} == {"acw_time": "lasting", "aht": "usual"}
    assert answer["measures"][0]["days"][-1]["day"] == LAST.isoformat()


@pytest.mark.parametrize("language", ["pl", "ko", "zh-hant", "zh-hans", "fa"])
def test_every_language_says_it(signature: Cast, as_omid: Client, language: str) -> None:
    user = signature.user("Omid")
    user.language = language
    user.save()
    text = text_of(as_omid, signature)
    for english in ("longer", "Usual was", "Readers", "Nobody", "has changed", "seconds"):
        assert english not in text
