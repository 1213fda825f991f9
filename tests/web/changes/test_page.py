"""The page of changes: what it says, and what it says when there is nothing to say."""

from datetime import date, timedelta

import pytest
from django.test import Client

from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.changes.lately import lately
from floorwalker.web.changes.ledger import ledger_of
from floorwalker.web.changes.models import Finding, Round
from tests.web.changes.conftest import LAST, NOW, made
from tests.web.conftest import Cast


def text_of(client: Client, address: str = "/changes/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u2068", "").replace("\u2069", "").split())


@pytest.fixture
def looked(cast: Cast) -> Round:
    return Round.objects.create(site=cast.site, at=NOW, until=LAST, judged=34, learning=0)


def test_a_lasting_shift_is_told_with_verdict_sentence_size_and_onset(finding: Finding, looked: Round, as_mina: Client) -> None:
    text = text_of(as_mina)
    assert "One lasting shift in the last eight weeks." in text
    assert "Lasting shift since 12 November, 97%" in text
    assert "Each Billing contact takes 38 seconds longer since 12 November, and it is not going back." in text
    assert "Usual was 5:58; it is now 6:36, between 6:31 and 6:41." in text
    assert 'class="level"' in text


def test_a_blip_is_left_alone(cast: Cast, looked: Round, as_mina: Client) -> None:
    day = date(2026, 11, 11)
    made(cast, kind="blip", onset=day, until=day, measure="abandonment_rate", queue="Moves", usual=0.05, size=0.06,
         size_low=0.04, size_high=0.08)  # fmt: skip
    text = text_of(as_mina)
    assert "Blip, 97%: leave it alone" in text
    assert "Moves, Abandonment rate: 6.0 percentage points higher on 11 November, for one day." in text
    assert "11% against a usual 3.0% to 7.0%." in text
    assert "It was a public holiday: National Independence Day." in text
    assert 'class="blip"' in text


def test_what_is_too_early_has_no_verdict(cast: Cast, looked: Round, as_mina: Client) -> None:
    made(cast, kind="early", decided=None, onset_low=None, onset_high=None)
    text = text_of(as_mina)
    assert "Too early to say: 8 days" in text
    assert "30% blip, 50% lasting, 20% nothing." in text
    assert 'class="dot out"' in text


def test_what_did_not_last_says_so(cast: Cast, looked: Round, as_mina: Client) -> None:
    made(cast, until=date(2026, 11, 20))
    text = text_of(as_mina)
    assert "It did not last: over since 20 November" in text
    assert "Nothing lasting has changed in the last eight weeks." in text


def test_what_all_queues_did_is_told_once(cast: Cast, looked: Round, as_mina: Client) -> None:
    day = date(2026, 11, 11)
    for queue in ("", "Billing", "Moves"):
        made(cast, kind="blip", measure="offered", queue=queue, onset=day, until=day, size=-200.0)
    text = text_of(as_mina)
    assert text.count("leave it alone") == 1
    assert "The same in these queues: Billing, Moves." in text
    assert text_of(as_mina, "/changes/?queue=Moves").count("leave it alone") == 1


def test_the_page_is_narrowed_in_its_address(cast: Cast, finding: Finding, looked: Round, as_mina: Client) -> None:
    made(cast, queue="Moves", measure="csat", size=-0.08, size_low=-0.1, size_high=-0.06, usual=0.8)
    assert "Each Billing contact" not in text_of(as_mina, "/changes/?queue=Moves&measure=csat&kind=lasting")
    assert "Nothing changed here." in text_of(as_mina, "/changes/?queue=Moves&kind=blip")
    assert "Each Billing contact" in text_of(as_mina, "/changes/?queue=None&measure=secrets&kind=odd&page=x")


def test_twenty_changes_a_page(cast: Cast, looked: Round, as_mina: Client) -> None:
    for step in range(21):
        made(cast, onset=date(2026, 11, 12) - timedelta(days=10 * step))
    assert text_of(as_mina).count('data-kind="shift"') == 20
    assert text_of(as_mina, "/changes/?page=2").count('data-kind="shift"') == 1


def test_nothing_changed_is_a_result(looked: Round, as_mina: Client) -> None:
    assert "Nothing changed. 34 numbers stayed in their usual range." in text_of(as_mina)


def test_a_short_history_is_still_learnt(cast: Cast, as_mina: Client) -> None:
    Round.objects.create(site=cast.site, at=NOW, until=LAST, judged=34, learning=34)
    assert "Still learning what is usual." in text_of(as_mina)


def test_before_the_first_round_nothing_is_claimed(cast: Cast, as_mina: Client) -> None:
    assert "We have not looked yet." in text_of(as_mina)


def test_who_only_reads_sees_no_line_to_write_on(finding: Finding, looked: Round, as_viktor: Client) -> None:
    text = text_of(as_viktor)
    assert "Each Billing contact" in text
    assert "What happened?" not in text


@pytest.mark.parametrize("language", ["pl", "ko", "zh-hant", "zh-hans", "fa"])
def test_every_language_says_it(cast: Cast, finding: Finding, looked: Round, as_mina: Client, language: str) -> None:
    user = cast.user("Mina")
    user.language = language
    user.save()
    for kind in ("blip", "early"):
        made(cast, kind=kind, until=finding.onset if kind == "blip" else None, measure="offered")
    assert "percent" not in text_of(as_mina)
    assert "Lasting" not in text_of(as_mina)


def test_one_series_is_one_card_with_what_is_undecided_in_front(cast: Cast, looked: Round, as_mina: Client) -> None:
    normal = made(cast, measure="csat", onset=date(2026, 9, 27), decided=date(2026, 10, 8), size=-0.08, usual=0.8)
    made(cast, measure="csat", kind="early", onset=date(2026, 11, 20), decided=None, size=-0.05, usual=0.7)
    made(cast, measure="csat", queue="Moves", kind="early", onset=date(2026, 11, 20), decided=None, size=0.05, usual=0.7)
    for address in ("/changes/", "/changes/watch/"):
        text = text_of(as_mina, address)
        assert text.count('data-kind="early"') == 2, address
        assert f'<a href="/changes/{normal.pk}/">On top of the new normal since 27 September.</a>' in text, address
        assert "Lasting shift since" not in text, address
    told = lately(ledger_of(viewer_of(cast.user("Mina"), cast.site, LAST)), LAST)
    assert [(each.finding.value, len(each.before)) for each in told] == [("Billing", 1), ("Moves", 0)]
    assert "One lasting shift" in text_of(as_mina)
    assert "Lasting shift since 27 September" in text_of(as_mina, "/changes/?kind=lasting")
