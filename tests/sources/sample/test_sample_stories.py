"""Each story is really there, with the size that it says, and nothing else is."""

from datetime import date, timedelta
from math import sqrt

import polars as pl
import pytest

from floorwalker.core.measures import MEASURES
from floorwalker.sources.sample import SampleCentre
from floorwalker.sources.sample.days import is_holiday
from floorwalker.sources.sample.queues import QUEUES
from floorwalker.sources.sample.stories import Kind, Move, Story, stories

from .conftest import TODAY

History = dict[str, pl.DataFrame]

pytestmark = pytest.mark.xdist_group("sample_history")

WEEK = timedelta(7)
SET, EMERGED = 0.15, 0.35
STANDARD_ERRORS = 2.5
TOLD = [pytest.param(story, move, id=f"{story.name}-{move.measure}") for story in stories(TODAY) for move in story.moves]


@pytest.fixture(scope="session")
def seen(history: History, centre: SampleCentre) -> History:
    """For each measure one row per contact, call, answer or day: day, queue, agent, team, and its value `x`."""
    answered = history["leg"].filter(outcome="answered")
    until_next = pl.col("started_at").shift(-1).over("customer_key", order_by="started_at") - pl.col("started_at")
    followed = history["contact"].drop_nulls("customer_key").with_columns(x=(until_next <= WEEK).fill_null(value=False))
    rated = history["survey"].filter(kind="csat").drop_nulls("score")
    rows = {
        "aht": answered.with_columns(x="handle_s"),
        "hold_time": answered.with_columns(x="hold_s"),
        "acw_time": answered.with_columns(x="acw_s"),
        "transfer_rate": answered.with_columns(x=pl.col("transfer_kind") != "none"),
        "csat": rated.with_columns(x=pl.col("score_norm") >= 0.75),
        "abandonment_rate": history["leg"].with_columns(x=(pl.col("outcome") == "abandoned") & (pl.col("wait_s") >= 5)),
        "repeat_rate": followed.filter(pl.col("day") < TODAY - WEEK),
        "offered": history["leg"].group_by("day", "queue").agg(x=pl.len()).with_columns(agent=pl.lit(None, pl.String)),
    }
    teams = centre.people().select(agent="name", team="team")
    narrow = {name: frame.select("day", "queue", "agent", pl.col("x").cast(pl.Float64)) for name, frame in rows.items()}
    return {name: frame.join(teams, on="agent", how="left") for name, frame in narrow.items()}


@pytest.mark.parametrize(("story", "move"), TOLD)
def test_a_story_is_there_with_its_size(story: Story, move: Move, seen: History) -> None:
    values = about(story, seen[move.measure]).filter(~pl.col("day").is_in(days_of_others(story, move.measure)))
    inside, outside, part = compared(story, values)
    expected, difference = move.size * part, inside.mean() - outside.mean()
    error = sqrt(inside.var() / inside.len() + outside.var() / outside.len()) if inside.len() > 2 else outside.std()
    tolerance = (EMERGED if move.emerges else SET) * abs(expected) + STANDARD_ERRORS * error
    assert difference == pytest.approx(expected, abs=tolerance)
    assert difference * expected > 0


def about(story: Story, values: pl.DataFrame) -> pl.DataFrame:
    for name in ("queue", "team", "agent"):
        if getattr(story, name) is not None:
            return values.filter(pl.col(name) == getattr(story, name))
    raise AssertionError(f"{story.name} is about nobody")


def days_of_others(story: Story, measure: str) -> list[date]:
    """Days on which a blip moves the same measure of the same queue."""
    others = (other for other in stories(TODAY) if other is not story and other.queue == story.queue and other.last)
    return [day for other in others if measure in {move.measure for move in other.moves} for day in days(other)]


def days(story: Story) -> list[date]:
    last = story.last or TODAY - timedelta(1)
    return [story.first + timedelta(k) for k in range((last - story.first).days + 1)]


def compared(story: Story, values: pl.DataFrame) -> tuple[pl.Series, pl.Series, float]:
    """The values with the story, those without, and what part of its size should lie between them."""
    if story.kind is Kind.BLIP:
        inside = values.filter(pl.col("day").is_in(days(story)))
        near = [day + WEEK * k for day in days(story) for k in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)]
        usual = [day for day in near if day < TODAY and not is_holiday(day)]
        return inside["x"], values.filter(pl.col("day").is_in(usual))["x"], 1.0
    if story.kind is Kind.LEARNING:
        early = [day for day in days(story) if day < story.first + 2 * WEEK]
        late = [day for day in days(story) if day >= story.first + 5 * WEEK]
        learnt = sum(map(story.weight, early)) / len(early) - sum(map(story.weight, late)) / len(late)
        inside, outside = (values.filter(pl.col("day").is_in(some))["x"] for some in (early, late))
        return inside, outside, learnt
    full = [day for day in days(story) if story.weight(day) == 1]
    before = values.filter(pl.col("day").is_between(story.first - timedelta(150), story.first, closed="left"))
    return values.filter(pl.col("day").is_in(full))["x"], before["x"], 1.0


@pytest.mark.parametrize("queue", ["E-mail", "Shop chat"])
@pytest.mark.parametrize("measure", ["aht", "transfer_rate", "csat", "repeat_rate"])
def test_a_queue_without_a_story_stays_as_it_is(queue: str, measure: str, seen: History) -> None:
    values = seen[measure].filter(queue=queue)
    usual = values["x"].mean()
    for quarter in range(4):
        part = values.filter(((TODAY - pl.col("day")).dt.total_days() - 1) // 100 == quarter)["x"]
        assert part.mean() == pytest.approx(usual, abs=0.02 * usual + 3 * part.std() / sqrt(part.len()))


def test_agents_differ_from_one_another_and_stay_so(seen: History) -> None:
    moved = {story.agent for story in stories(TODAY)}
    values = seen["aht"].filter(pl.col("queue") == "E-mail", ~pl.col("agent").is_in(moved - {None}))
    halves = values.group_by("agent", early=pl.col("day") < TODAY - timedelta(200)).agg(pl.col("x").mean())
    both = halves.pivot("early", index="agent", values="x").drop_nulls()
    assert both.select(pl.corr("true", "false")).item() > 0.9
    assert both["true"].std() > 5


def test_about_one_million_and_two_hundred_thousand_contacts_come(history: History) -> None:
    assert history["contact"].height == pytest.approx(1_200_000, rel=0.03)
    assert set(history["contact"]["queue"]) == {queue.name for queue in QUEUES}
    assert history["contact"]["day"].n_unique() == 400


def test_weekdays_and_holidays_have_their_own_volume(history: History) -> None:
    volume = dict(history["contact"].group_by("day").len().iter_rows())
    mondays = [count for day, count in volume.items() if day.weekday() == 0 and not is_holiday(day)]
    sundays = [count for day, count in volume.items() if day.weekday() == 6 and not is_holiday(day)]
    assert min(mondays) > max(sundays)
    assert volume[date(2025, 12, 25)] < 0.6 * volume[date(2025, 12, 18)]


def test_every_voice_queue_answers_most_calls_and_loses_some(history: History) -> None:
    calls = history["leg"].filter(pl.col("queue").is_in(["Billing", "Moves", "Deliveries"]))
    lost = calls.group_by("queue").agg((pl.col("outcome") == "abandoned").mean())
    in_time = calls.group_by("queue").agg(((pl.col("outcome") == "answered") & (pl.col("wait_s") <= 20)).mean())
    assert all(0.03 < share < 0.1 for _, share in lost.iter_rows())
    assert all(0.65 < share < 0.9 for _, share in in_time.iter_rows())


@pytest.mark.parametrize("today", [TODAY, date(2026, 12, 27), date(2027, 1, 6), date(2027, 5, 4)])
def test_stories_are_about_known_measures_and_subjects_within_the_history(today: date) -> None:
    centre = SampleCentre(today)
    people = centre.people()
    known = {"queue": {queue.name for queue in QUEUES}, "team": set(people["team"]), "agent": set(people["name"])}
    for story in centre.stories():
        subjects = [(name, value) for name in known if (value := getattr(story, name)) is not None]
        assert len(subjects) == 1
        assert all(value in known[name] for name, value in subjects)
        assert {*story.also, *(move.measure for move in story.moves)} <= set(MEASURES)
        assert centre.days()[90] < story.first < today - timedelta(21)
        assert story.note.endswith(".")
        if story.last:
            assert not any(map(is_holiday, days(story)))


def test_a_learner_begins_on_the_day_they_were_hired(centre: SampleCentre) -> None:
    hired = dict(centre.people().select("name", "hired_on").iter_rows())
    learners = [story for story in centre.stories() if story.kind is Kind.LEARNING]
    assert learners
    assert all(story.agent and story.first == hired[story.agent] for story in learners)


def test_a_gradual_story_builds_up_and_a_learner_halves_what_is_lacking() -> None:
    begun = date(2026, 3, 2)
    gradual = Story("g", Kind.GRADUAL, "", begun, None, (), builds_over=10)
    learning = Story("l", Kind.LEARNING, "", begun, None, (), halves_in=7)
    assert [gradual.weight(begun + timedelta(k)) for k in (-1, 0, 4, 9, 30)] == [0, 0.1, 0.5, 1, 1]
    assert [learning.weight(begun + timedelta(k)) for k in (0, 7, 14)] == [1, 0.5, 0.25]


def test_a_blip_is_over_when_its_last_day_is() -> None:
    blip = Story("b", Kind.BLIP, "", date(2026, 3, 3), date(2026, 3, 4), ())
    assert [blip.weight(date(2026, 3, day)) for day in (2, 3, 4, 5)] == [0, 1, 1, 0]
