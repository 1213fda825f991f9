"""The page of one change, its rulings, and the charts on which it stands."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from floorwalker.web.changes.models import Decision, Finding, Round, Ruling, Story
from floorwalker.web.events.models import Event
from floorwalker.web.journal.models import Entry
from tests.web.changes.conftest import LAST, NOW, made
from tests.web.changes.test_page import text_of
from tests.web.conftest import Cast

ONSET = date(2026, 11, 12)


@pytest.fixture
def page(finding: Finding) -> str:
    Round.objects.create(site=finding.site, at=NOW, until=LAST, judged=34, handle_s=300)
    return f"/changes/{finding.pk}/"


def test_it_says_verdict_size_cost_doubt_and_draws_both_pictures(page: str, as_mina: Client) -> None:
    Finding.objects.update(rests_on=310)
    text = text_of(as_mina, page)
    assert "Each Billing contact takes 38 seconds longer since 12 November" in text
    assert "About 196 minutes of work more a day." in text
    assert "After 7 days of doubt it ended as a lasting shift." in text
    assert "verdict given here" in text
    assert "no verdict is given below 80%" in text


def test_what_else_began_then_and_what_was_like_it_before(cast: Cast, page: str, as_mina: Client) -> None:
    made(cast, measure="csat", size=-0.08, size_low=-0.1, size_high=-0.06, usual=0.8)
    earlier = made(cast, onset=date(2026, 5, 4), until=date(2026, 5, 4), kind="blip")
    made(cast, onset=date(2026, 4, 4), size=400.0)
    series = {"site": cast.site, "measure": "aht", "dimension": "queue", "value": "Billing"}
    Story.objects.create(**series, onset=earlier.onset, text="The screen froze.", by=cast.user("Mina"), at=NOW)
    text = text_of(as_mina, page)
    assert "Billing, Customer satisfaction: 8.0 percentage points lower" in text
    assert "on 4 May, for one day." in text
    assert "The screen froze." in text
    assert "4 April" not in text


def test_the_same_kind_of_event_is_like_it_too(cast: Cast, page: str, as_mina: Client) -> None:
    other = made(cast, queue="Moves", onset=date(2026, 5, 4))
    for name, finding in (("One", Finding.objects.get(dimension="queue", value="Billing")), ("Two", other)):
        event = Event.objects.create(site=cast.site, kind="release", name=name, first=ONSET, last=ONSET, at=NOW)
        series = {"site": cast.site, "measure": "aht", "dimension": "queue", "value": finding.value, "onset": finding.onset}
        Story.objects.create(**series, text=name, event=event, by=cast.user("Mina"), at=NOW)
    assert "Each Moves contact takes" in text_of(as_mina, page)


def test_a_story_may_name_an_event_and_nothing_but_it(cast: Cast, page: str, as_mina: Client) -> None:
    event = Event.objects.create(site=cast.site, kind="release", name="New screen", first=ONSET, last=ONSET, at=NOW)
    assert "New screen, 12 November" in text_of(as_mina, page)
    as_mina.post(f"{page}story/", {"text": "", "event": str(event.pk)})
    story = Story.objects.get()
    assert (story.text, story.event) == ("New screen", event)
    as_mina.post(f"{page}story/", {"text": "It asks twice.", "event": str(event.pk)})
    assert "Event: New screen" in text_of(as_mina, page)
    as_mina.post(f"{page}story/", {"text": "It asks twice.", "event": "no"})
    assert Story.objects.get().event is None


def test_a_ruling_is_kept_told_journalled_and_taken_back(page: str, as_mina: Client) -> None:
    as_mina.post(f"{page}ruling/", {"kind": "normal", "back": page})
    assert "Mina ruled on 2" in text_of(as_mina, page) or Ruling.objects.get().kind == "normal"
    assert "this is the new normal." in text_of(as_mina, page)
    assert "Take the ruling back" in text_of(as_mina, page)
    as_mina.post(f"{page}ruling/", {"kind": "back"})
    assert Ruling.objects.get().taken_back
    assert "This is a blip" in text_of(as_mina, page)
    assert list(Entry.objects.filter(verb__startswith="ruling").values_list("verb", flat=True).order_by("pk")) == [
        "ruling.made",
        "ruling.taken_back",
    ]
    assert as_mina.post(f"{page}ruling/", {"kind": "odd"}).status_code == 400


def test_after_a_ruling_all_is_judged_anew(page: str, as_mina: Client, django_capture_on_commit_callbacks: "object") -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        as_mina.post(f"{page}ruling/", {"kind": "as_was"})
    assert DBTaskResult.objects.filter(task_path="floorwalker.web.changes.tasks.find_changes").count() == 1


def test_what_the_usual_was_told_is_traced(cast: Cast, page: str, as_mina: Client) -> None:
    facts = {
        "site": cast.site,
        "measure": "aht",
        "dimension": "queue",
        "value": "Billing",
        "first": ONSET,
        "last": ONSET,
        "decided": LAST,
    }
    Decision.objects.create(kind="new_normal", **facts)
    Decision.objects.create(kind="blip_left_out", by_person=True, **{**facts, "first": ONSET - timedelta(days=9)})
    text = text_of(as_mina, page)
    assert "What began on 12 November 2026 counts as the new normal since 21 November 2026." in text
    assert "because a person ruled so." in text


def test_a_teams_change_is_seen_by_those_only_who_may_see_the_team(cast: Cast, as_petra: Client, as_laleh: Client) -> None:
    Round.objects.create(site=cast.site, at=NOW, until=LAST, judged=34)
    facts = {"size": -0.04, "size_low": -0.05, "size_high": -0.03, "usual": 0.09}
    hidden = made(cast, dimension="team", value="Support", measure="transfer_rate", **facts)
    assert "Team Support, Transfer rate: 4.0 percentage points lower" in text_of(as_petra)
    assert "Support" not in text_of(as_laleh)
    assert as_laleh.get(f"/changes/{hidden.pk}/").status_code == 404
    assert as_laleh.post(f"/changes/{hidden.pk}/story/", {"text": "x"}).status_code == 404
    assert as_laleh.post(f"/changes/{hidden.pk}/ruling/", {"kind": "blip"}).status_code == 404


def test_what_the_budget_holds_back_is_found_under_its_own_filter(cast: Cast, as_mina: Client) -> None:
    Round.objects.create(site=cast.site, at=NOW, until=LAST, judged=34)
    made(cast, is_held=True)
    assert "Each Billing contact" not in text_of(as_mina)
    assert "Each Billing contact" in text_of(as_mina, "/changes/?kind=held")


@pytest.mark.parametrize("language", ["pl", "ko", "zh-hant", "zh-hans", "fa"])
def test_every_language_says_it(cast: Cast, page: str, as_mina: Client, language: str) -> None:
    user = cast.user("Mina")
    user.language = language
    user.save()
    made(cast, measure="csat", size=-0.08, size_low=-0.1, size_high=-0.06, usual=0.8)
    text = text_of(as_mina, page)
    assert "verdict given" not in text
    assert "doubt" not in text


def test_pulse_draws_the_step_the_pin_and_the_list(slow_centre: Cast, as_mina: Client) -> None:
    onset = date(2026, 10, 26)
    found = made(slow_centre, onset=onset, size=180.0, size_low=170.0, size_high=190.0, usual=360.0)
    series = {"site": slow_centre.site, "measure": "aht", "dimension": "queue", "value": "Billing"}
    Story.objects.create(**series, onset=onset, text="The new screen.", by=slow_centre.user("Mina"), at=NOW)
    text = text_of(as_mina, "/pulse/?measure=aht&queue=Billing&by=topic")
    assert 'class="level"' in text
    assert 'class="pin"' in text
    assert f'href="/changes/{found.pk}/"' in text
    assert "The new screen." in text
    assert "The stories on this chart" not in text_of(as_mina, "/pulse/?measure=aht&queue=Support&by=topic")


def test_today_shows_at_most_three_and_a_line_for_the_story(slow_centre: Cast, as_mina: Client) -> None:
    text = text_of(as_mina, "/")
    assert "never more than three" in text
    Round.objects.create(site=slow_centre.site, at=NOW, until=LAST, judged=34)
    assert "Nothing changed. 34 numbers stayed" in text_of(as_mina, "/")
    for measure, queue in (("csat", "Billing"), ("aht", "Support"), ("repeat_rate", "Moves"), ("transfer_rate", "Chat")):
        made(slow_centre, queue=queue, measure=measure, kind="early", decided=None)
    text = text_of(as_mina, "/")
    assert text.count("Too early to say:") == 3
    assert text.count("What happened?") == 3
