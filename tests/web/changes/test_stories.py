"""One sentence about a change: told, changed, taken back; by whom, and how long it lives."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.changes.actions import tell_story
from floorwalker.web.changes.ledger import ledger_of
from floorwalker.web.changes.models import Finding, Story
from floorwalker.web.changes.queries import Asked, changes_of
from floorwalker.web.journal.models import Entry
from tests.web.changes.conftest import NOW, made
from tests.web.conftest import Cast


def verbs() -> list[str]:
    return list(Entry.objects.filter(verb__startswith="story.").order_by("pk").values_list("verb", flat=True))


def test_a_story_stands_at_its_change_with_writer_and_day(finding: Finding, as_laleh: Client) -> None:
    response = as_laleh.post(f"/changes/{finding.pk}/story/", {"text": " A new screen  asks why. "}, follow=True)
    text = response.content.decode()
    assert response.redirect_chain[0][0] == f"/changes/#change-{finding.pk}"
    assert "A new screen asks why." in text
    assert "\u2068Laleh\u2069" in text
    assert verbs() == ["story.told"]


def test_a_story_is_changed_and_then_taken_back(finding: Finding, cast: Cast) -> None:
    viewer = viewer_of(cast.user("Mina"), cast.site, NOW.date())
    for text in ("The new screen.", "The new customer screen.", "The new customer screen.", "", ""):
        tell_story(finding, text, viewer, NOW)
    assert verbs() == ["story.told", "story.changed", "story.taken_back"]
    assert not Story.objects.exists()


@pytest.mark.parametrize("name", ["Omid", "Hanna", "Viktor"])
def test_who_only_reads_tells_no_story(finding: Finding, cast: Cast, name: str) -> None:
    with pytest.raises(PermissionDenied):
        tell_story(finding, "Because.", viewer_of(cast.user(name), cast.site, NOW.date()), NOW)
    assert not Story.objects.exists()


def test_a_story_outlives_a_round_that_moves_the_onset_a_little(finding: Finding, cast: Cast) -> None:
    viewer = viewer_of(cast.user("Mina"), cast.site, NOW.date())
    tell_story(finding, "The new screen.", viewer, NOW)
    finding.delete()
    near = made(cast, onset=finding.onset + timedelta(days=2))
    made(cast, onset=finding.onset - timedelta(days=40))
    told = {change.finding.pk: change.story.text if change.story else "" for change in changes_of(ledger_of(viewer), Asked())}
    assert told.pop(near.pk) == "The new screen."
    assert set(told.values()) == {""}


def test_a_way_back_to_another_site_is_not_taken(finding: Finding, as_mina: Client) -> None:
    response = as_mina.post(f"/changes/{finding.pk}/story/", {"text": "x", "back": "https://elsewhere.example/"})
    assert response["Location"].startswith("/changes/")
