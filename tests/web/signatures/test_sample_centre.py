"""The sample centre's stories about people, told to them alone: Jonas changes bit by bit, Noor learns, nobody else does.

E-mail agents work off what came in, so their hours follow from the mail; hours are left out.
"""

from datetime import UTC, datetime, timedelta

import pytest

from floorwalker.web.accounts.models import AgentName, Membership, Person, Role, Team
from floorwalker.web.signatures.judging import WRONG_SHARE
from floorwalker.web.signatures.models import Finding, Trait
from floorwalker.web.signatures.rounds import judge_people
from tests.web.conftest import Cast
from tests.web.sample_centre import CENTRE, bring_in_sample

pytestmark = pytest.mark.one_database


@pytest.fixture
def judged(cast: Cast) -> dict[str, Person]:
    """Everybody of the sample centre by name, after one round."""
    bring_in_sample()
    people = {}
    for row in CENTRE.people().filter(role="agent").iter_rows(named=True):
        team, _made = Team.objects.get_or_create(site=cast.site, name=row["team"])
        facts = {"hired_on": row["hired_on"], "left_on": row["left_on"]}
        person = Person.objects.create(site=cast.site, native_id=row["native_id"], name=row["name"], **facts)
        Membership.objects.create(person=person, role=Role.AGENT, team=team, since=row["hired_on"], until=row["left_on"])
        for name in row["agent_names"].split(";"):
            AgentName.objects.create(name=name, person=person)
        people[person.name] = person
    judge_people(cast.site, datetime(2026, 11, 20, 7, tzinfo=UTC))
    return people


def test_the_stories_about_people_are_told_and_no_others(judged: dict[str, Person]) -> None:
    """One round for all questions: it is the dearest part."""
    jonas, noor = judged["Jonas Berg"], judged["Noor Hussain"]
    story = next(each for each in CENTRE.stories() if each.agent == jonas.name)
    found = list(Finding.objects.filter(is_lasting=True).exclude(measure="hours"))

    after_contact = next(each for each in found if (each.person_id, each.measure) == (jonas.pk, "acw_time"))
    (move,) = (each for each in story.moves if each.measure == "acw_time")
    assert story.first <= after_contact.onset <= story.first + timedelta(days=30), "it builds over 45 days"
    assert after_contact.size == pytest.approx(move.size, abs=8)
    assert after_contact.is_gradual

    assert {each.state for each in Trait.objects.filter(person=noor)} == {Trait.State.NEWCOMER}
    assert not Finding.objects.filter(person=noor).exists()

    others = [each for each in found if each.person_id != jonas.pk]
    assert len(others) <= WRONG_SHARE * max(len(found), 10)
    assert not any(each.person.left_on for each in found)
