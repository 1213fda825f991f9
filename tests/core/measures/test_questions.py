"""A question is checked when it is made; the refusal says which thing and what is known."""

from datetime import date

import pytest

from floorwalker.core.measures import DIMENSIONS, MEASURES, Filter, Question, Unanswerable


def refused(**asked: object) -> Unanswerable:
    with pytest.raises(Unanswerable) as refusal:
        Question(**{"measures": ("aht",), **asked})  # type: ignore[arg-type]
    return refusal.value


def test_a_question_may_cut_by_every_dimension() -> None:
    assert [Question(("aht",), (name,)).by for name in DIMENSIONS] == [(name,) for name in DIMENSIONS]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"measures": ()}, "no_measure"),
        ({"measures": ("aht", "joy")}, "unknown_measure"),
        ({"by": ("moon",)}, "unknown_dimension"),
        ({"where": (Filter("moon", ("full",)),)}, "unknown_dimension"),
        ({"by": ("day", "day")}, "dimension_twice"),
        ({"since": date(2024, 2, 1), "until": date(2024, 1, 31)}, "days_reversed"),
        ({"definitions": (("joy", ""),)}, "unknown_measure"),
        ({"definitions": (("aht", "with_joy"),)}, "unknown_definition"),
        ({"where": (Filter("queue", ()),)}, "no_value"),
        ({"where": (Filter("hour", ("nine",)),)}, "not_a_number"),
        ({"where": (Filter("day", ("2024-02-30",)),)}, "not_a_day"),
    ],
)
def test_what_makes_no_sense_is_refused(asked: dict[str, object], code: str) -> None:
    assert refused(**asked).code == code


def test_a_refusal_says_what_was_found_and_what_is_known() -> None:
    assert refused(measures=("joy",)).facts == {"value": "joy", "known": ", ".join(MEASURES)}
    wrong = refused(definitions=(("aht", "with_joy"),))
    assert wrong.facts == {"measure": "aht", "value": "with_joy", "known": "without_acw"}


def test_folded_dimensions_are_asked_of_an_engine_as_day_and_agent() -> None:
    assert Question(("aht",), ("week", "queue")).physical_by == ("day", "queue")
    assert Question(("aht",), ("team",)).physical_by == ("day", "agent")
    assert Question(("aht",), where=(Filter("weekday", ("1",)),)).physical_by == ("day",)


def test_the_engine_applies_only_filters_on_its_own_columns() -> None:
    queue, team = Filter("queue", ("Sales",)), Filter("team", ("North",))
    assert Question(("aht",), where=(queue, team)).physical_where == (queue,)


def test_a_known_value_and_an_unknown_one_can_be_asked_for() -> None:
    assert Question(("aht",), where=(Filter("hour", ("*", "")), Filter("day", ("",)))).measures == ("aht",)
