"""The stories of the sample centre, told by the page: found with their kind, their place and about their day, and nothing else
called lasting at a rate above the alarm budget.

The last 260 days hold every story of a queue and of a team. The stories of single people
are told on their own pages.
"""

from datetime import UTC, datetime, timedelta

import pytest

from floorwalker.sources.sample.stories import Kind, Move, Story
from floorwalker.web.accounts.models import AgentName, Membership, Person, Role, Team
from floorwalker.web.changes.models import AlarmBudget, Finding
from floorwalker.web.changes.places import Place, queue
from floorwalker.web.changes.rounds import judge_site
from floorwalker.web.changes.series import WATCHED
from tests.web.conftest import Cast
from tests.web.sample_centre import CENTRE, DAYS, bring_in_sample

pytestmark = pytest.mark.one_database

NEAR = timedelta(days=4)


QUEUES = {story.name: story for story in CENTRE.stories() if story.queue}
TEAMS = {story.name: story for story in CENTRE.stories() if story.team}


@pytest.fixture
def judged(cast: Cast) -> list[Finding]:
    bring_in_sample()
    _hire(cast)
    judge_site(cast.site, datetime(2026, 11, 20, 7, tzinfo=UTC))
    return list(Finding.objects.all())


def _hire(cast: Cast) -> None:
    """The sample centre's agents in their teams."""
    for row in CENTRE.people().filter(role="agent").to_dicts():
        team, _made = Team.objects.get_or_create(site=cast.site, name=row["team"])
        person = Person.objects.create(site=cast.site, native_id=row["native_id"], name=row["name"])
        days = {"since": row["hired_on"], "until": row["left_on"]}
        Membership.objects.create(person=person, role=Role.AGENT, team=team, **days)
        AgentName.objects.bulk_create(AgentName(person=person, name=name) for name in row["agent_names"].split(";"))


def place_of(story: Story) -> Place:
    """Where a story is seen; that of one person on the whole site at most."""
    return Place("team", story.team) if story.team else queue(story.queue or "")


def told(findings: list[Finding], story: Story, move: Move) -> Finding:
    """The one finding that tells a story: of its kind, going its way, and beginning near the true day."""
    kind = "blip" if story.kind is Kind.BLIP else "lasting"
    of_series = [each for each in findings if each.series == (move.measure, place_of(story))]
    same_way = [each for each in of_series if (each.size > 0) == (move.size > 0)]
    near = [each for each in same_way if each.kind == kind and abs(each.onset - story.first) <= NEAR]
    assert len(near) == 1, f"{story.name}: {[str(each) for each in of_series]}"
    return near[0]


def test_every_story_is_found_with_its_kind_and_its_day_and_little_else_is_called_lasting(judged: list[Finding]) -> None:
    """One round for both questions: it is the dearest part."""
    _every_story_of_a_queue_is_found(judged)
    _what_is_called_lasting_is_a_story_or_follows_from_one(judged)


def _every_story_of_a_queue_is_found(judged: list[Finding]) -> None:
    for story in QUEUES.values():
        for move in (each for each in story.moves if each.measure in WATCHED):
            found = told(judged, story, move)
            assert found.size == pytest.approx(move.size, rel=0.35), story.name
            assert found.until is None or story.kind is Kind.BLIP, story.name


def _what_is_called_lasting_is_a_story_or_follows_from_one(judged: list[Finding]) -> None:
    """A team's own idea is found as that team's; handle time shifts only where it did; nothing else comes above the budget."""
    lasting = [each for each in judged if each.kind == "lasting" and not each.is_held]
    (idea,) = TEAMS.values()
    (found,) = [each for each in lasting if each.series == ("transfer_rate", place_of(idea))]
    (move,) = idea.moves
    assert found.size == pytest.approx(move.size, rel=0.35)
    assert abs(found.onset - idea.first) <= NEAR
    teams = [each for each in lasting if each.dimension == "team" and each.measure == "transfer_rate"]
    assert teams == [found]
    slower = {each.queue for each in CENTRE.stories() if any(move.measure == "aht" for move in each.moves)}
    assert {each.value for each in lasting if each.measure == "aht" and each.dimension == "queue"} <= slower
    places = {place_of(each) for each in CENTRE.stories()}
    false = [each for each in lasting if each.place not in places]
    assert len(false) / (DAYS / 7) <= AlarmBudget.USUAL
