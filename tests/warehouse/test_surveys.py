"""A survey joins its contact, whenever either of them comes."""

import polars as pl

from floorwalker.core.measures import Question
from floorwalker.warehouse import Counted, Warehouse
from tests.warehouse import few_rows as few
from tests.warehouse.few_rows import at, frames

SAID = few.survey("s1", at(9), score=5.0, contact_native_id="1", queue="Asked", agent="Zed")


def answered(warehouse: Warehouse) -> list[tuple[object, ...]]:
    """Day, queue and agent of each survey."""
    frame = warehouse.answer(Question(("csat",), ("day", "queue"))).frame
    agents = warehouse.answer(Question(("csat",), ("agent",))).frame
    return [(*row, agent) for row, agent in zip(frame.select("day", "queue").rows(), agents["agent"], strict=True)]


def contact(**more: object) -> dict[str, pl.DataFrame]:
    return frames(contact=[few.contact("1", at(2), **more)])


AS_SAID = [(at(9).date(), "Asked", "Zed")]
AS_CONTACT = [(at(2).date(), "Sales", "Ann")]


def test_a_survey_takes_day_queue_and_agent_from_its_contact(warehouse: Warehouse) -> None:
    warehouse.take(1, [contact()])
    assert warehouse.take(2, [frames(survey=[SAID])]).counts == {"survey": Counted(kept=1)}
    assert answered(warehouse) == AS_CONTACT


def test_a_survey_that_comes_twice_is_accounted_for(warehouse: Warehouse) -> None:
    assert warehouse.take(1, [frames(survey=[SAID, SAID])]).counts == {"survey": Counted(kept=1, repeated=1)}


def test_a_survey_may_come_in_the_same_import_as_its_contact(warehouse: Warehouse) -> None:
    warehouse.take(1, [frames(survey=[SAID]), contact()])
    assert answered(warehouse) == AS_CONTACT


def test_a_survey_waits_for_its_contact_and_joins_it_later(warehouse: Warehouse) -> None:
    warehouse.take(1, [frames(survey=[SAID])])
    assert answered(warehouse) == AS_SAID
    outcome = warehouse.take(2, [contact()])
    assert outcome.counts["survey"] == Counted()
    assert answered(warehouse) == AS_CONTACT


def test_a_survey_follows_its_contact_to_another_queue_and_day(warehouse: Warehouse) -> None:
    warehouse.take(1, [contact(), frames(survey=[SAID])])
    warehouse.take(2, [contact(queue="Help")])
    assert answered(warehouse) == [(at(2).date(), "Help", "Ann")]
    warehouse.take(3, [frames(contact=[few.contact("1", at(30))])])
    assert answered(warehouse) == [(at(30).date(), "Sales", "Ann")]


def test_a_survey_of_a_contact_that_is_undone_waits_again(warehouse: Warehouse) -> None:
    warehouse.take(1, [contact()])
    warehouse.take(2, [frames(survey=[SAID])])
    warehouse.undo(1)
    assert answered(warehouse) == AS_SAID
    warehouse.take(3, [contact()])
    assert answered(warehouse) == AS_CONTACT


def test_an_undone_survey_is_gone_though_it_moved_to_its_contact_since(warehouse: Warehouse) -> None:
    warehouse.take(1, [frames(survey=[SAID])])
    warehouse.take(2, [contact()])
    warehouse.undo(1)
    assert answered(warehouse) == []


def test_a_survey_tool_of_another_name_finds_the_contact(warehouse: Warehouse) -> None:
    warehouse.take(1, [frames(contact=[few.contact("1", at(2), source="pbx")])])
    warehouse.take(2, [frames(survey=[SAID])])
    assert answered(warehouse) == AS_CONTACT


def test_the_contact_of_its_own_source_comes_first(warehouse: Warehouse) -> None:
    other = few.contact("1", at(4), source="a first name", queue="Other")
    warehouse.take(1, [frames(contact=[other]), contact()])
    warehouse.take(2, [frames(survey=[SAID])])
    assert answered(warehouse) == AS_CONTACT


def test_the_same_surveys_again_change_nothing(warehouse: Warehouse) -> None:
    warehouse.take(1, [contact(), frames(survey=[SAID])])
    assert warehouse.take(2, [frames(survey=[SAID])]).counts == {"survey": Counted(unchanged=1)}


def test_a_corrected_survey_replaces_the_earlier_one(warehouse: Warehouse) -> None:
    warehouse.take(1, [contact(), frames(survey=[SAID])])
    worse = few.survey("s1", at(9), score=1.0, contact_native_id="1")
    assert warehouse.take(2, [frames(survey=[worse])]).counts == {"survey": Counted(updated=1)}
    assert warehouse.answer(Question(("csat",))).value("csat") == 0
    warehouse.undo(2)
    assert warehouse.answer(Question(("csat",))).value("csat") == 1
