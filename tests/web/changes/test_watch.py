"""The watch list: dearest first, followed, given to somebody, quiet for a while; and the alarm budget."""

from datetime import date, timedelta

import pytest
from django.test import Client

from floorwalker.web.changes.costs import Said, cost_of
from floorwalker.web.changes.models import AlarmBudget, Round, Ruling, Watch
from floorwalker.web.changes.watch_page import false_alarms
from floorwalker.web.journal.models import Entry
from tests.web.changes.conftest import LAST, NOW, at, made
from tests.web.changes.test_page import text_of
from tests.web.conftest import Cast

LIST = "/changes/watch/"


@pytest.fixture
def looked(cast: Cast) -> Round:
    facts = {"handle_s": 300.0, "expected": 0.24, "expected_high": 0.31}
    return Round.objects.create(site=cast.site, at=NOW, until=LAST, judged=34, **facts)


def early(cast: Cast, **facts: object) -> int:
    return made(cast, kind="early", decided=None, **{"rests_on": 100.0, **facts}).pk


def test_what_would_cost_most_comes_first(cast: Cast, looked: Round, as_mina: Client) -> None:
    early(cast, queue="Moves", measure="csat", size=-0.02, size_low=-0.1, size_high=0.0, usual=0.8)
    early(cast)
    text = text_of(as_mina, LIST)
    assert "2 things are undecided" in text
    assert text.index("Billing") < text.index("Moves")
    assert "If it lasts: About 63 minutes of work more a day." in text
    assert "In doubt for 8 days." in text


def test_costs_are_told_in_work_waiting_or_contacts(cast: Cast) -> None:
    aht = cost_of(made(cast, rests_on=60.0, size=-30.0), None)
    offered = cost_of(made(cast, measure="offered", size=12.0, onset=date(2026, 9, 1)), 240.0)
    lost = cost_of(made(cast, measure="abandonment_rate", size=0.05, rests_on=200.0, onset=date(2026, 8, 1)), 240.0)
    assert (aht.said, aht.minutes) == (Said.WORK, 30.0)
    assert (offered.said, offered.minutes) == (Said.WORK, 48.0)
    assert (lost.said, lost.amount, lost.minutes) == (Said.CONTACTS, 10.0, 40.0)


def test_a_change_is_followed_and_left(cast: Cast, looked: Round, as_mina: Client) -> None:
    address = f"/changes/{early(cast)}/watch/"
    as_mina.post(address, {"step": "follow"})
    assert list(Watch.objects.get().followers.all()) == [cast.user("Mina")]
    assert "Follow it no longer" in text_of(as_mina, LIST)
    as_mina.post(address, {"step": "leave"})
    assert not Watch.objects.get().followers.exists()


def test_a_muted_change_is_on_no_page_but_this_one(cast: Cast, looked: Round, as_mina: Client) -> None:
    address, tomorrow = f"/changes/{early(cast)}/watch/", date.today() + timedelta(days=400)  # noqa: DTZ011
    as_mina.post(address, {"step": "mute", "until": tomorrow.isoformat()})
    assert "Nothing is undecided." in text_of(as_mina, LIST)
    assert "Quiet until" in text_of(as_mina, LIST)
    as_mina.post(address, {"step": "hear"})
    assert "One thing is undecided" in text_of(as_mina, LIST)
    assert "could not be read" in as_mina.post(address, {"step": "mute", "until": "soon"}, follow=True).content.decode()


def test_somebody_at_work_looks_after_it(cast: Cast, looked: Round, as_mina: Client) -> None:
    address = f"/changes/{early(cast)}/watch/"
    as_mina.post(address, {"step": "assign", "person": str(cast.person("Laleh").pk)})
    assert "Laleh looks after it." in text_of(as_mina, LIST)
    assert Entry.objects.get(verb="watch.assigned").about_person == cast.person("Laleh")
    as_mina.post(address, {"step": "assign", "person": str(cast.person("Omid").pk)})
    assert Watch.objects.get().assigned_to is None
    assert as_mina.post(address, {"step": "odd"}).status_code == 400


def test_what_ended_says_as_what_and_after_how_many_days(cast: Cast, looked: Round, as_mina: Client) -> None:
    today = date.today()  # noqa: DTZ011
    chances = [[(today - timedelta(days=9 - step)).isoformat(), 0.2, 0.3, 0.5] for step in range(9)]
    made(cast, onset=today - timedelta(days=9), decided=today - timedelta(days=3), chances=chances)
    assert "After 6 days of doubt it ended as a lasting shift." in text_of(as_mina, LIST)


def test_the_budget_says_what_to_expect_and_what_there_was(cast: Cast, looked: Round, as_mina: Client) -> None:
    assert "about 0.2 false alarms a week, at most 0.3" in text_of(as_mina, LIST)
    assert "there was no false alarm." in text_of(as_mina, LIST)
    made(cast, is_held=True)
    assert "One change is held back" in text_of(as_mina, LIST)
    as_mina.post("/changes/budget/", {"per_week": "0,5"})
    assert AlarmBudget.objects.get().per_week == 0.5
    for wrong in ("many", "-1", "nan", "1e9"):
        assert "Nothing was changed" in as_mina.post("/changes/budget/", {"per_week": wrong}, follow=True).content.decode()
    assert AlarmBudget.objects.get().per_week == 0.5


def test_what_did_not_last_and_what_was_ruled_nothing_are_false_alarms(cast: Cast) -> None:
    made(cast, until=date(2026, 11, 20))
    made(cast, queue="Moves")
    made(cast, queue="Chat", kind="blip", until=date(2026, 11, 12))
    series = {"site": cast.site, "measure": "aht", **at("queue", "Moves"), "onset": date(2026, 11, 12)}
    ruling = Ruling.objects.create(**series, kind="nothing", by=cast.user("Mina"), at=NOW)
    assert false_alarms(cast.site, NOW.date()) == 2
    ruling.taken_back = True
    ruling.save()
    assert false_alarms(cast.site, NOW.date()) == 1
    assert false_alarms(cast.site, NOW.date() + timedelta(weeks=9)) == 0


def test_an_executive_watches_only(cast: Cast, looked: Round, as_viktor: Client) -> None:
    early(cast)
    text = text_of(as_viktor, LIST)
    assert "Follow it" not in text
    assert "Keep this budget" not in text


@pytest.mark.parametrize("language", ["pl", "ko", "zh-hant", "zh-hans", "fa"])
def test_every_language_says_it(cast: Cast, looked: Round, as_mina: Client, language: str) -> None:
    user = cast.user("Mina")
    user.language = language
    user.save()
    early(cast)
    assert "undecided" not in text_of(as_mina, LIST)
