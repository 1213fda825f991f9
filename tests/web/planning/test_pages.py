"""The pages of Time read what a round has kept; what an address asks for survives a reload."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.events.actions import add_event
from floorwalker.web.planning import room_words, rounds
from floorwalker.web.planning.asking import local_now
from floorwalker.web.planning.keeping import keep_forecast
from floorwalker.web.planning.models import Certificate, QueuePlan, Round, Snapshot
from floorwalker.web.planning.repeated import Pattern
from floorwalker.web.planning.rosters import bring_in_pattern
from floorwalker.web.ui.reader import Reader
from tests.web import small_centre
from tests.web.conftest import Cast


@pytest.fixture
def worked_out(cast: Cast) -> Cast:
    """The small centre up to yesterday, seven people on Billing each day, and a round at this moment."""
    now = local_now(cast.site)
    small_centre.bring_in(now.date() - timedelta(1), 13)
    mina = viewer_of(cast.user("Mina"), cast.site, now.date())
    pattern = Pattern(range(7), 480, 1080, 7, "Billing", now.date() - timedelta(weeks=2), now.date() + timedelta(weeks=2))
    bring_in_pattern(cast.site, pattern, mina, now)
    rounds.work_out_site(cast.site, now)
    return cast


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_before_the_first_round_the_pages_say_what_will_fill_them(cast: Cast, as_mina: Client) -> None:
    assert "Nothing is forecast yet." in text(as_mina, "/time/forecast/")
    assert "Nothing is expected on this day." in text(as_mina, "/time/people/")
    assert "Nothing can be said yet." in text(as_mina, "/time/room/")
    assert "No promise has come to its day yet." in text(as_mina, "/time/promises/")
    assert "No queue is known yet." in text(as_mina, "/time/queues/")


def test_while_a_round_is_under_way_its_phase_is_told(worked_out: Cast, as_mina: Client) -> None:
    Round.objects.update(phase="people")
    assert "We are working out how many people they take." in text(as_mina, "/time/forecast/")
    Round.objects.update(failure="MemoryError")
    assert "The last attempt did not succeed." in text(as_mina, "/time/forecast/")


def test_the_forecast_of_the_week_and_the_year(worked_out: Cast, as_mina: Client) -> None:
    assert "contacts until" in text(as_mina, "/time/forecast/?span=week&queue=Billing")
    assert "contacts until" in text(as_mina, "/time/forecast/?span=year")


def test_a_day_has_both_bands_and_the_names_of_what_is_in_the_calendar(worked_out: Cast, as_mina: Client) -> None:
    day = next_open_day(worked_out)
    facts = {"kind": "campaign", "name": "Letters to all", "queue": "Billing", "first": day, "last": day}
    add_event(
        worked_out.site,
        facts,
        local_now(worked_out.site),
        viewer_of(worked_out.user("Mina"), worked_out.site, local_now(worked_out.site).date()),
    )
    page = text(as_mina, f"/time/forecast/?queue=Billing&day={day}")
    assert "8 of 10 days:" in page
    assert "5 of 10 days:" in page
    assert "In the calendar: Letters to all." in page
    assert "Letters to all" not in text(as_mina, f"/time/forecast/?queue=Support&day={day}")


def test_an_executive_reads_totals_of_days_without_a_curve(worked_out: Cast, as_viktor: Client, as_mina: Client) -> None:
    day = next_open_day(worked_out)
    address = f"/time/forecast/?queue=Billing&day={day}"
    assert "The busiest hour is" in text(as_mina, address)
    page = text(as_viktor, address)
    assert "in 8 of 10 such days between" in page
    assert "The busiest hour is" not in page


def next_open_day(cast: Cast) -> str:
    today = local_now(cast.site).date()
    return next(day for step in range(1, 4) if (day := today + timedelta(step)).weekday() not in (5, 6)).isoformat()


def test_what_was_thought_stands_beside_what_is_thought_now(worked_out: Cast, as_mina: Client) -> None:
    mina = viewer_of(worked_out.user("Mina"), worked_out.site, local_now(worked_out.site).date())
    kept = keep_forecast(worked_out.site, "For the budget", mina, local_now(worked_out.site))
    page = text(as_mina, f"/time/forecast/?queue=Billing&day={next_open_day(worked_out)}&then={kept.pk}")
    assert "For the budget" in page
    assert "Now we expect" in page
    as_mina.post(f"/time/forecast/kept/{kept.pk}/drop/")
    assert not Snapshot.objects.filter(by__isnull=False).exists()


def test_sliders_change_the_answer_and_live_in_the_address(worked_out: Cast, as_mina: Client) -> None:
    address = f"/time/people/?queue=Billing&day={next_open_day(worked_out)}"
    assert "Enough people are planned all day." in text(as_mina, address)
    otherwise = text(as_mina, f"{address}&volume=100&aht=120&sick=3")
    assert re.search(r"you are up to (one person|\d+ people) short", otherwise)
    assert "as it would be otherwise" in otherwise
    assert 'value="120"' in otherwise
    assert text(as_mina, f"{address}&volume=x&aht=99999999&sick=-4")


def test_without_patience_it_is_said_and_with_it_too(worked_out: Cast, as_mina: Client) -> None:
    address = f"/time/people/?queue=Billing&day={next_open_day(worked_out)}"
    assert "Customers give up after" in text(as_mina, address)
    Round.objects.update(rates={"Billing": {"aht_s": 360.0, "patience_s": None, "spread": 0.0}})
    assert "we assume that nobody leaves (Erlang C)" in text(as_mina, address)


def test_from_the_week_to_a_certificate_to_a_promise(worked_out: Cast, as_mina: Client) -> None:
    ahead = Certificate.objects.filter(made="ahead", confidence=0.9, promised_at=None)
    found = next(each for each in ahead if each.grants)
    assert f"/time/room/{found.pk}/" in text(as_mina, "/time/room/")
    beside = text(as_mina, f"/time/room/?queue=Billing&day={found.day}")
    assert beside.count('class="picture"') >= 2
    assert room_words.how_sure(found, Reader("en")) in beside
    assert re.search(r"kept\. [0-9.]+ h given", beside)
    assert "What this rests on" in text(as_mina, f"/time/room/{found.pk}/")
    assert "The word is given" in as_mina.post(f"/time/room/{found.pk}/promise/", follow=True).content.decode()
    assert "The word is taken back." in as_mina.post(f"/time/room/{found.pk}/take-back/", follow=True).content.decode()
    assert "promises were kept" in text(as_mina, "/time/promises/?queue=Billing")


def test_what_a_queue_must_reach_is_changed_and_journalled(worked_out: Cast, as_mateusz: Client) -> None:
    given = {
        "work": "live",
        "target": "90",
        "threshold_s": "10",
        "definition": "answered",
        "max_occupancy": "85",
        "shrinkage": "12",
        "absence": "4",
        "at_once": "1",
        "deadline_h": "24",
    }
    page = as_mateusz.post("/time/queue/?queue=Billing", given, follow=True).content.decode()
    assert "90% answered within 10 s, of those who were answered." in page
    assert QueuePlan.objects.get().shrinkage == pytest.approx(0.12)
    wrong = as_mateusz.post("/time/queue/?queue=Billing", {**given, "target": "100"})
    assert wrong.status_code == 422
    assert "100 per cent can never be promised" in wrong.content.decode()
    text(as_mateusz, "/time/queue/?queue=Nothing", 404)


def test_every_page_is_written_in_persian_too(worked_out: Cast, as_mina: Client) -> None:
    worked_out.users["Mina"].language = "fa"
    worked_out.users["Mina"].save()
    for address in ("/time/forecast/", "/time/people/", "/time/room/", "/time/promises/", "/time/roster/", "/time/queues/"):
        assert 'dir="rtl"' in text(as_mina, address)
