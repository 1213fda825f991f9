"""Rounds: what is judged of whom, when, and what stays from one round to the next."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from floorwalker.web.accounts.models import AgentName
from floorwalker.web.accounts.signals import thresholds_changed
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.signatures.actions import decide
from floorwalker.web.signatures.conversations import withdraw
from floorwalker.web.signatures.models import Finding, Guide, Policy, Round, Support, Trait
from floorwalker.web.signatures.queries import works
from floorwalker.web.signatures.rounds import judge_people
from tests.web import small_centre
from tests.web.conftest import Cast
from tests.web.signatures.patterns import guide, made, viewer

LAST = date(2026, 11, 21)
NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
TASK = "floorwalker.web.signatures.tasks.find_patterns"


@pytest.fixture
def centre(cast: Cast) -> Cast:
    small_centre.bring_in(LAST, 13)
    return cast


def waiting() -> list[list[int]]:
    return [task.args_kwargs["args"] for task in DBTaskResult.objects.filter(task_path=TASK)]


def test_everybody_who_works_here_is_judged_measure_by_measure(centre: Cast) -> None:
    judge_people(centre.site, NOW)
    told = set(Trait.objects.filter(person=centre.person("Omid")).values_list("measure", flat=True))
    assert {"aht", "talk_time", "hold_time", "acw_time", "transfer_rate", "csat", "short_contact_share"} <= told
    assert Trait.objects.filter(person=centre.person("Mina")).count() == 0
    assert Round.objects.get().until == LAST
    assert not Finding.objects.filter(is_lasting=True).exists()


def test_two_names_of_one_person_are_one_person(centre: Cast) -> None:
    AgentName.objects.filter(name="agent.samira").update(person=centre.person("Omid"))
    aht = next(iter(works(open_warehouse(centre.site), centre.site, LAST)))
    omid = aht.filter(person=centre.person("Omid").pk, date=LAST)
    jun = aht.filter(person=centre.person("Jun").pk, date=LAST)
    assert omid.height == jun.height == 1
    assert omid["weight"][0] > 1.5 * jun["weight"][0]


def test_the_running_day_is_left_out(centre: Cast) -> None:
    judge_people(centre.site, NOW - timedelta(days=1))
    assert Round.objects.get().until == LAST - timedelta(days=1)
    assert Trait.objects.first().days[-1][0] < LAST.isoformat()  # type: ignore[union-attr]


def test_a_site_that_switched_patterns_off_knows_of_none(centre: Cast) -> None:
    judge_people(centre.site, NOW)
    made(centre, "Omid")
    decide(centre.site, is_on=False, keep_days=90, offers=[], viewer=viewer(centre, "Mina"))
    judge_people(centre.site, NOW)
    assert (Trait.objects.count(), Finding.objects.count(), Round.objects.get().until) == (0, 0, None)


def test_guides_past_their_days_are_gone_for_good(cast: Cast) -> None:
    change = made(cast, "Omid")
    old = guide(change, cast.user("Laleh"), expires_on=LAST)
    kept = guide(change, cast.user("Laleh"), expires_on=LAST + timedelta(days=2))
    judge_people(cast.site, NOW)
    assert not Guide.objects.filter(pk=old.pk).exists()
    assert Guide.objects.filter(pk=kept.pk).exists()


def test_a_withdrawn_guide_is_gone_after_a_day(cast: Cast) -> None:
    written = guide(made(cast, "Omid"), cast.user("Laleh"))
    withdraw(written, viewer(cast, "Laleh"), NOW)
    judge_people(cast.site, NOW + timedelta(hours=20))
    assert Guide.objects.filter(pk=written.pk).exists()
    judge_people(cast.site, NOW + timedelta(hours=25))
    assert not Guide.objects.filter(pk=written.pk).exists()


def test_without_contacts_nothing_is_found(cast: Cast) -> None:
    judge_people(cast.site, NOW)
    assert (Round.objects.get().until, Trait.objects.count()) == (None, 0)


def test_a_whole_import_calls_for_a_round_and_its_counts_for_no_second(cast: Cast) -> None:
    coming = Import.objects.create(site=cast.site, reader="spreadsheet", source="table", state="running")
    coming.state = Import.State.WHOLE
    coming.save()
    coming.save(update_fields=["counts"])
    assert waiting() == [[cast.site.pk]]


def test_new_thresholds_call_for_a_round(cast: Cast) -> None:
    thresholds_changed.send(sender=None, site=cast.site)
    assert waiting() == [[cast.site.pk]]


def test_what_the_company_offers_is_kept_by_the_manager(cast: Cast) -> None:
    mina = viewer(cast, "Mina")
    decide(cast.site, is_on=True, keep_days=1000, offers=["Other hours", "A training"], viewer=mina)
    assert Policy.objects.get().keep_days == 365
    assert [each.text for each in Support.objects.all()] == ["Other hours", "A training"]
