"""Changes, stories and the watch list for programs: what the pages say, to those who may read the pages."""

from django.test import Client

from floorwalker.web.changes.models import Story
from tests.web.changes.conftest import NOW, finding, made
from tests.web.conftest import Cast

__all__ = ["finding"]


def test_changes_are_listed_with_sentence_size_and_story(cast: Cast, as_viktor: Client) -> None:
    found = made(cast)
    series = {"site": cast.site, "measure": "aht", "dimension": "queue", "value": "Billing", "onset": found.onset}
    Story.objects.create(**series, text="The new screen.", by=cast.user("Mina"), at=NOW)
    (change,) = as_viktor.get("/api/changes", {"dimension": "queue", "value": "Billing", "verdict": "lasting"}).json()
    assert change["sentence"].startswith("Each Billing contact takes 38 seconds longer")
    assert (change["size_low"], change["size_high"], change["days_of_doubt"]) == (33.0, 43.0, 7)
    assert change["story"]["text"] == "The new screen."
    assert as_viktor.get("/api/changes", {"verdict": "blip"}).json() == []
    assert as_viktor.get("/api/stories").json()[0]["by"] == "Mina"


def test_one_change_has_its_days(cast: Cast, as_viktor: Client) -> None:
    change = as_viktor.get(f"/api/changes/{made(cast).pk}").json()
    assert len(change["chances"]) == 8
    assert change["days"][0]["usual"] == 358.0
    assert as_viktor.get("/api/changes/999999").status_code == 404


def test_a_filter_that_names_nothing_is_refused(cast: Cast, as_viktor: Client) -> None:
    for name in ("verdict", "queue", "team", "measure"):
        assert as_viktor.get("/api/changes", {name: "odd"}).status_code == 422


def test_a_teams_change_and_story_are_for_those_who_may_see_the_team(cast: Cast, as_petra: Client, as_laleh: Client) -> None:
    facts = {"size": -0.04, "size_low": -0.05, "size_high": -0.03, "usual": 0.09}
    hidden = made(cast, dimension="team", value="Support", measure="transfer_rate", **facts)
    series = {"site": cast.site, "measure": "transfer_rate", "dimension": "team", "value": "Support", "onset": hidden.onset}
    Story.objects.create(**series, text="Ask first.", by=cast.user("Petra"), at=NOW)
    assert [each["team"] for each in as_petra.get("/api/changes").json()] == ["Support"]
    assert len(as_petra.get("/api/stories").json()) == 1
    assert as_laleh.get("/api/changes").json() == []
    assert as_laleh.get("/api/stories").json() == []
    assert as_laleh.get(f"/api/changes/{hidden.pk}").status_code == 404


def test_the_watch_list_says_what_it_would_cost(cast: Cast, as_viktor: Client) -> None:
    made(cast, kind="early", decided=None, rests_on=60.0)
    (watched,) = as_viktor.get("/api/watch-list").json()
    assert (watched["cost_minutes"], watched["assigned_to"], watched["followed_by_me"]) == (38.0, "", False)
