"""The people: the known cast, six teams of ten, and who has left."""

from datetime import date, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from floorwalker.core.records import PERSON
from floorwalker.sources.sample import SampleCentre
from floorwalker.sources.sample.people import agents

from .conftest import TODAY


def test_people_conform_and_have_one_address_each(centre: SampleCentre) -> None:
    people = centre.people()
    assert_frame_equal(PERSON.conform(people), people)
    assert people["email"].n_unique() == people["name"].n_unique() == people["native_id"].n_unique() == people.height
    assert people["email"].str.contains(r"^[a-z-]+(\.[a-z-]+)+@example\.org$").all()


def test_the_known_cast_is_there(centre: SampleCentre) -> None:
    cast = {row["name"]: row for row in centre.people().iter_rows(named=True)}
    assert cast["Laleh Moradi"]["role"] == cast["Petra Nowak"]["role"] == "lead"
    assert cast["Omid Rahimi"]["team"] == cast["Laleh Moradi"]["team"] != cast["Petra Nowak"]["team"]
    assert cast["Viktor Hansen"]["role"] == "executive"


def test_six_teams_of_ten_agents_work_there_today(centre: SampleCentre) -> None:
    employed = centre.people().filter(pl.col("left_on").is_null())
    teams = dict(employed.filter(role="agent").group_by("team").len().iter_rows())
    assert sorted(teams.values()) == [10] * 6
    assert set(employed.filter(role="lead")["team"]) == set(teams)
    assert set(employed["role"]) == {"agent", "lead", "coach", "planner", "manager", "executive"}


def test_some_have_left_after_they_were_hired(centre: SampleCentre) -> None:
    left = centre.people().drop_nulls("left_on")
    assert left.height >= 10
    assert (left["left_on"] > left["hired_on"]).all()


def test_every_day_each_seat_has_one_agent() -> None:
    for ago in range(1, 401):
        day = TODAY - timedelta(ago)
        seats = [(agent.queue, agent.rank) for agent in agents(TODAY) if agent.works_here(day)]
        assert len(seats) == len(set(seats)) == 60


@pytest.mark.xdist_group("sample_history")
def test_nobody_works_after_they_left_or_on_what_came_before_their_first_day_but_mail_of_the_eve(
    history: dict[str, pl.DataFrame], centre: SampleCentre
) -> None:
    worked = history["leg"].drop_nulls("agent").group_by(name="agent").agg(first=pl.col("day").min(), last=pl.col("day").max())
    known = worked.join(centre.people(), on="name")
    assert known.height == worked.height == 65
    assert known.filter(pl.col("first") < pl.col("hired_on") - pl.duration(days=1)).is_empty()
    assert known.filter(pl.col("last") > pl.col("left_on")).is_empty()


def test_people_age_with_today() -> None:
    def hired(today: date) -> date:
        return SampleCentre(today).people().filter(name="Omid Rahimi")["hired_on"].item()

    assert hired(TODAY + timedelta(30)) - hired(TODAY) == timedelta(30)
