"""Rounds: what is judged, when, and what stays from one round to the next."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from floorwalker.web.accounts.signals import thresholds_changed
from floorwalker.web.changes.models import Finding, Round
from floorwalker.web.changes.rounds import judge_site
from floorwalker.web.changes.series import daily_series
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.queries import open_warehouse
from tests.web.changes.conftest import LAST, NOW, SLOW_SINCE
from tests.web.conftest import Cast

TASK = "floorwalker.web.changes.tasks.find_changes"


def waiting() -> list[list[int]]:
    return [task.args_kwargs["args"] for task in DBTaskResult.objects.filter(task_path=TASK)]


def test_each_number_keeps_what_it_rests_on(slow_centre: Cast) -> None:
    table = daily_series(open_warehouse(slow_centre.site), LAST)
    billing = table.filter(series="aht\nqueue\nBilling", date=LAST)
    # 40 quarters of three contacts, one lost in each of ten hours; nine minutes each
    assert billing.select("value", "weight", "kind").row(0) == (540.0, 110.0, "mean")
    whole = table.filter(series="offered\n\n", date=LAST)
    assert whole.select("value", "weight", "kind").row(0) == (160.0, None, "count")


def test_what_happened_in_billing_is_found(slow_centre: Cast) -> None:
    judge_site(slow_centre.site, NOW)
    found = Finding.objects.get(measure="aht", dimension="queue", value="Billing")
    assert found.kind == "lasting"
    assert abs((found.onset - SLOW_SINCE).days) <= 1
    assert found.size == pytest.approx(180, rel=0.1)
    assert not Finding.objects.filter(dimension="queue", value="Support").exists()
    done = Round.objects.get()
    assert (done.until, done.learning) == (LAST, 0)


def test_a_second_round_finds_the_same_under_the_same_number(slow_centre: Cast) -> None:
    judge_site(slow_centre.site, NOW)
    before = list(Finding.objects.values())
    judge_site(slow_centre.site, NOW + timedelta(hours=1))
    assert list(Finding.objects.values()) == before
    assert Round.objects.get().at == NOW + timedelta(hours=1)


def test_the_running_day_is_left_out(slow_centre: Cast) -> None:
    judge_site(slow_centre.site, NOW - timedelta(days=1))
    assert Round.objects.get().until == LAST - timedelta(days=1)


def test_without_contacts_nothing_is_found(cast: Cast) -> None:
    judge_site(cast.site, NOW)
    done = Round.objects.get()
    assert (done.until, done.judged, Finding.objects.count()) == (None, 0, 0)


def test_a_whole_import_calls_for_a_round_and_its_counts_for_no_second(cast: Cast) -> None:
    coming = Import.objects.create(site=cast.site, reader="spreadsheet", source="table", state="running")
    assert waiting() == []
    coming.state = Import.State.WHOLE
    coming.save()
    coming.save(update_fields=["counts"])
    assert waiting() == [[cast.site.pk]]


def test_an_undone_import_calls_for_a_round(cast: Cast) -> None:
    Import.objects.create(site=cast.site, reader="spreadsheet", source="table", state="undone")
    assert waiting() == [[cast.site.pk]]


def test_new_thresholds_call_for_a_round(cast: Cast) -> None:
    thresholds_changed.send(sender=None, site=cast.site)
    assert waiting() == [[cast.site.pk]]
