"""A round works the coming days out and keeps them: forecast, people, certificates, what was thought, and how good it was."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from floorwalker.web.accounts.actions import change_site
from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.events.actions import add_event
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.planning import rounds, tasks
from floorwalker.web.planning.certifying import Record
from floorwalker.web.planning.forecast_words import progress
from floorwalker.web.planning.forecasting import Learned, forecast_site
from floorwalker.web.planning.history import HISTORY, Usual, as_clocks_ran, history_of
from floorwalker.web.planning.models import Certificate, Expected, Round, Snapshot
from floorwalker.web.planning.needs import Rates
from floorwalker.web.planning.plans import Plan, set_plan
from floorwalker.web.planning.promises import renew
from floorwalker.web.planning.repeated import Pattern
from floorwalker.web.planning.rosters import bring_in_pattern
from floorwalker.web.ui.reader import Reader
from tests.web import small_centre
from tests.web.conftest import Cast
from tests.web.planning.conftest import LAST, MONDAY, NOW, WARSAW


def of(queue: str, day: date) -> Expected:
    return Expected.objects.get(snapshot=None, queue=queue, day=day)


def at(expected: Expected, name: str, hour: int) -> float:
    curve = expected.curve | expected.people
    return float(curve[name][curve["minutes"].index(hour * 60)])


@pytest.fixture
def planned(centre: Cast) -> Cast:
    """Ten people on Billing from Monday to Saturday, the last four weeks and the next two."""
    mina = viewer_of(centre.user("Mina"), centre.site, LAST)
    days = range(6)
    pattern = Pattern(days, 480, 1080, 10, "Billing", LAST - timedelta(weeks=4), LAST + timedelta(weeks=2))
    bring_in_pattern(centre.site, pattern, mina, NOW)
    return centre


def test_monday_is_expected_as_mondays_were(planned: Cast) -> None:
    rounds.work_out_site(planned.site, NOW)
    monday = of("Billing", MONDAY)
    assert monday.total["mean"] == pytest.approx(3 * 40 + 6 * 4, rel=0.1)
    assert monday.total["q10"] <= monday.total["mean"] <= monday.total["q90"]
    assert at(monday, "mean", 10) > 2 * at(monday, "mean", 14)
    assert of("", MONDAY).total["mean"] == pytest.approx(monday.total["mean"] + 40, rel=0.1)


def test_a_busier_hour_takes_more_people(planned: Cast) -> None:
    rounds.work_out_site(planned.site, NOW)
    monday = of("Billing", MONDAY)
    assert at(monday, "need", 10) > at(monday, "need", 14) > 0
    assert at(of("", MONDAY), "need", 10) >= at(monday, "need", 10)


def test_ten_people_are_more_than_enough_so_some_may_leave(planned: Cast) -> None:
    rounds.work_out_site(planned.site, NOW)
    certificate = Certificate.objects.get(queue="Billing", day=MONDAY, confidence=0.9)
    assert certificate.grants
    assert certificate.chance_low >= 0.85
    assert certificate.promised_at is None
    assert not Certificate.objects.filter(queue="Support").exists()


def test_past_days_are_looked_back_at_and_judged_by_what_came(planned: Cast) -> None:
    rounds.work_out_site(planned.site, NOW)
    past = Certificate.objects.filter(made="hindsight", queue="Billing")
    assert past.count() >= 20
    assert {each.kept for each in past if each.grants} == {True}
    assert all(each.outcome["contacts"] for each in past)
    rounds.work_out_site(planned.site, NOW)
    assert Certificate.objects.filter(made="hindsight").count() == past.count()


def test_a_change_of_one_queue_is_followed_by_its_own_numbers_and_nothing_else(planned: Cast) -> None:
    rounds.work_out_site(planned.site, NOW)
    site, before = planned.site, at(of("", MONDAY), "need", 10)
    untouched, certificate = of("Support", MONDAY).pk, Certificate.objects.get(queue="Billing", day=MONDAY, confidence=0.9)
    set_plan(site, "Billing", {"target": 0.95, "threshold_s": 5.0}, None)
    rounds.work_out_site(site, NOW, ["Billing"])
    assert of("Support", MONDAY).pk == untouched
    assert at(of("", MONDAY), "need", 10) > before
    assert Certificate.objects.get(queue="Billing", day=MONDAY, confidence=0.9).ground["target"] == 0.95
    assert sum(certificate.plan["spare"]) > 0
    assert set(Round.objects.get().choices) >= {"", "Billing", "Support"}


def test_an_event_of_a_queue_asks_for_this_queue_and_the_pages_say_that_it_waits(
    centre: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    mina = viewer_of(centre.user("Mina"), centre.site, LAST)
    facts = {"kind": "campaign", "name": "Letters", "queue": "Billing", "first": MONDAY, "last": MONDAY}
    with django_capture_on_commit_callbacks(execute=True):
        add_event(centre.site, facts, NOW, mina)
        add_event(centre.site, {**facts, "name": "More letters"}, NOW, mina)
    asked = DBTaskResult.objects.filter(task_path=tasks.work_out.module_path)
    assert [each.args_kwargs["args"] for each in asked] == [[centre.site.pk, ["", "Billing"]]]
    assert "It is worked in as soon as the work before it is done." in progress(Round.objects.get(), Reader("en"))


def test_nothing_is_certified_for_a_day_on_which_nothing_comes_although_it_should(planned: Cast) -> None:
    closed = datetime(2026, 11, 23, 12, 5, tzinfo=WARSAW)
    known = replace(
        history_of(open_warehouse(planned.site), 400, closed, None) or pytest.fail("no history"),
        until=datetime(2026, 11, 23),  # noqa: DTZ001 - a reading of the site's clock
    )
    ahead = forecast_site(planned.site, known, MONDAY, Learned())
    told = ahead.near.drivers.with_columns(driver=pl.lit("silent")).filter(pl.col("date") == MONDAY)
    usual = {queue: Usual(Rates(360.0)) for queue in ("Billing", "Support")}
    plans = {queue: Plan(queue, 0.8, 20.0) for queue in usual}
    renew(planned.site, replace(ahead, near=replace(ahead.near, drivers=told)), usual, plans, Record(), closed)
    assert not Certificate.objects.filter(day=MONDAY).exists()
    renew(planned.site, ahead, usual, plans, Record(), closed)
    assert Certificate.objects.filter(day=MONDAY, queue="Billing").count() == 3


def test_what_is_thought_is_kept_once_a_day(planned: Cast) -> None:
    rounds.work_out_site(planned.site, NOW)
    rounds.work_out_site(planned.site, NOW)
    assert Snapshot.objects.get().days.filter(queue="Billing", day=MONDAY).exists()


def test_how_good_it_was_stands_beside_the_plain_mean(planned: Cast) -> None:
    rounds.work_out_site(planned.site, NOW)
    round_ = Round.objects.get()
    assert (round_.phase, round_.failure) == ("done", "")
    same_day = next(each for each in round_.choices["Billing"] if each["lead"] == "same_day")
    assert same_day["error"] is not None
    assert same_day["error_of_mean"] is not None
    assert round_.rates["Billing"]["aht_s"] == pytest.approx(360, rel=0.01)


def test_a_day_under_way_counts_what_came_already(cast: Cast) -> None:
    monday = date(2026, 11, 16)
    days = [day for day in small_centre.days_until(LAST, 13) if day <= monday]
    open_warehouse(cast.site).take(1, [small_centre.tables(days, until=(12, 0))])
    rounds.work_out_site(cast.site, datetime(2026, 11, 16, 12, 5, tzinfo=WARSAW))
    today = of("Billing", monday)
    assert 60 <= sum(today.came) <= 3 * 16 + 6 * 4
    assert today.total["mean"] >= sum(today.came)
    assert today.curve["mean"][: len(today.came)] == today.came


def test_a_site_without_contacts_has_nothing_to_expect(cast: Cast) -> None:
    rounds.work_out_site(cast.site, NOW)
    assert Round.objects.get().phase == "done"
    assert not Expected.objects.exists()


def test_one_day_of_history_is_too_little_but_nothing_breaks(cast: Cast) -> None:
    open_warehouse(cast.site).take(1, [small_centre.tables([LAST])])
    rounds.work_out_site(cast.site, NOW)
    assert Round.objects.get().phase == "done"


def test_a_failure_is_noted_and_what_stood_before_stays(planned: Cast) -> None:
    rounds.work_out_site(planned.site, NOW)
    for file in Path(settings.WAREHOUSE).rglob("*.parquet"):
        file.write_bytes(b"spilled coffee")
    with pytest.raises(Exception, match=r"(?i)parquet"):
        rounds.work_out_site(planned.site, NOW)
    assert Round.objects.get().failure
    assert of("Billing", MONDAY)


def test_every_morning_has_one_turn_waiting(cast: Cast) -> None:
    tasks.work_out.call(cast.site.pk)
    tasks.work_out.call(cast.site.pk)
    assert DBTaskResult.objects.filter(task_path=tasks.work_out.module_path).count() == 1


def test_other_thresholds_of_the_site_are_worked_out_anew(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change_site(cast.site, {"answer_within_s": 40.0})
    assert DBTaskResult.objects.filter(task_path=tasks.work_out.module_path).exists()


def test_an_hour_that_was_lived_twice_counts_once_and_one_that_never_was_is_unknown() -> None:
    autumn, spring = datetime(2026, 10, 25), datetime(2027, 3, 28)  # noqa: DTZ001 - readings of the site's clock
    starts = [day + timedelta(minutes=30 * step) for day in (autumn, spring) for step in range(48)]
    counts = pl.DataFrame({"queue": "Billing", "start": starts, "contacts": 4.0}, schema_overrides=HISTORY)
    known = dict(as_clocks_ran(counts, NOW).select("start", "contacts").iter_rows())
    assert known[autumn + timedelta(hours=2)] == known[autumn + timedelta(hours=2, minutes=30)] == 2.0
    assert known[autumn + timedelta(hours=3)] == known[spring + timedelta(hours=3)] == 4.0
    assert spring + timedelta(hours=2) not in known
    assert len(known) == 94
