"""Every measure is declared whole, and worded."""

import pytest

from floorwalker.core.measures import MEASURES, Direction, Measure, Unit
from floorwalker.web.pulse.wording import DEFINITIONS, DIRECTIONS, MEASURE_WORDS, UNITS


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_every_measure_has_a_question_a_unit_a_direction_and_a_smallest_sample(measure: Measure) -> None:
    words = MEASURE_WORDS[measure.name]
    assert str(words.name)
    assert str(words.question).endswith("?")
    assert isinstance(measure.unit, Unit)
    assert measure.unit in UNITS
    assert isinstance(measure.direction, Direction)
    assert measure.direction in DIRECTIONS
    assert measure.smallest_sample >= 1


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_every_other_definition_has_a_name(measure: Measure) -> None:
    assert [name for name in measure.others if (measure.name, name) not in DEFINITIONS] == []


def test_no_words_are_kept_for_a_measure_that_is_gone() -> None:
    assert set(MEASURE_WORDS) == set(MEASURES)
