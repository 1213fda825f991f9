"""Settings of the site."""

from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from floorwalker.web.accounts.models import Site
from floorwalker.web.journal.models import Entry
from tests.web.conftest import Cast

GIVEN: dict[str, Any] = {
    "name": "Vistula",
    "tz": "Europe/Warsaw",
    "country": "PL",
    "language": "en",
    "week_start": "0",
    "weekend": ["5", "6"],
    "answer_within_s": "20",
    "service_level_target": "80",
    "short_abandon_s": "5",
    "short_contact_s": "10",
    "repeat_days": "7",
    "queues": "",
}


def test_what_the_form_shows_is_what_is_kept(cast: Cast, as_mina: Client) -> None:
    before = Site.objects.values().get()
    assert as_mina.post("/site/", GIVEN)["Location"] == "/site/"
    assert Site.objects.values().get() == before
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_changed_threshold_has_every_sum_counted_again(cast: Cast, as_mina: Client) -> None:
    page = as_mina.post("/site/", {**GIVEN, "answer_within_s": "30", "queues": "Billing = 45,5\nVIP=10"}, follow=True)
    site = Site.objects.get()
    assert site.settings().answer_within_s == 30
    assert site.settings().answer_within_s_by_queue == (("Billing", 45.5), ("VIP", 10.0))
    assert "counted again" in page.content.decode()
    assert Entry.objects.get(verb="site.changed").thing == "answer_within_s, answer_within_s_by_queue"
    assert "floorwalker.web.intake.tasks.recount" in {task.task_path for task in DBTaskResult.objects.all()}


@pytest.mark.django_db(transaction=True)
def test_another_name_counts_nothing_again(cast: Cast, as_mina: Client) -> None:
    as_mina.post("/site/", {**GIVEN, "name": "Wisła"})
    assert Site.objects.get().name == "Wisła"
    assert not DBTaskResult.objects.filter(task_path="floorwalker.web.intake.tasks.recount").exists()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"queues": "Billing"}, "cannot read the line “Billing”"),
        ({"queues": "Billing = soon"}, "cannot read the line"),
        ({"queues": "Billing = -1"}, "cannot read the line"),
        ({"queues": "Billing = inf"}, "cannot read the line"),
        ({"tz": "Atlantis/Deep"}, "tz"),
        ({"answer_within_s": "-5"}, "answer_within_s"),
        ({"repeat_days": "0"}, "repeat_days"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_and_named(as_mina: Client, wrong: dict[str, str], why: str) -> None:
    answer = as_mina.post("/site/", {**GIVEN, **wrong})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert 'class="wrong"' in answer.content.decode()
