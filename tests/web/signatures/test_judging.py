"""Whose change is told: one's own, with enough evidence; never what all share, never one day, never a newcomer's."""

from datetime import date, timedelta

import polars as pl

from floorwalker.web.signatures.judging import Patterns, judge
from floorwalker.web.signatures.models import Finding, Trait
from tests.web.signatures.conftest import DAYS, LAST, PEOPLE, team, work

STARTED: dict[int, date | None] = dict.fromkeys(PEOPLE, date(2020, 1, 1))


def judged(table: pl.DataFrame, started: dict[int, date | None] | None = None) -> Patterns:
    return judge([table], team(), started or STARTED, LAST)


def lasting(found: Patterns) -> list[Finding]:
    return [each for each in found.findings if each.is_lasting]


def state_of(found: Patterns, person: int) -> str:
    (trait,) = [each for each in found.traits if each.person_id == person]
    return str(trait.state)


def day(step: int) -> date:
    return LAST - timedelta(days=DAYS - 1 - step)


def test_quiet_people_are_as_usual() -> None:
    found = judged(work())
    assert lasting(found) == []
    assert {each.state for each in found.traits} <= {Trait.State.USUAL, Trait.State.BLIP}


def test_a_lasting_change_of_one_is_told_of_that_one_with_its_day_and_size() -> None:
    (change,) = lasting(judged(work({2: (70, 15.0)})))
    assert (change.person_id, change.measure) == (2, "acw_time")
    assert abs((change.onset - day(70)).days) <= 3
    assert abs(change.size - 15) < 3
    assert change.size_low < change.size < change.size_high
    assert not change.is_gradual


def test_what_everybody_in_the_queue_shares_is_told_of_nobody() -> None:
    found = judged(work(dict.fromkeys(PEOPLE, (70, 15.0))))
    assert lasting(found) == []
    for trait in found.traits:
        assert trait.shared_since is not None
        assert abs((trait.shared_since - day(70)).days) <= 3


def test_the_usual_range_moves_along_with_the_queue() -> None:
    found = judged(work(dict.fromkeys(PEOPLE, (70, 15.0))))
    for trait in found.traits:
        usual = {at: middle for at, _value, _weight, _low, middle, _high in trait.days}
        assert 10 < usual[LAST.isoformat()] - usual[day(60).isoformat()] < 20


def test_one_person_does_not_move_the_queue_for_the_others() -> None:
    found = judged(work({2: (70, 40.0)}))
    assert {each.person_id for each in lasting(found)} == {2}
    assert all(each.shared_since is None for each in found.traits)


def test_a_part_of_a_shared_change_is_no_change_of_ones_own() -> None:
    found = judged(work({1: (70, 20.0), 2: (70, 20.0), 3: (70, 20.0), 4: (70, 12.0)}))
    assert lasting(found) == []


def test_another_queue_is_no_change_of_the_person() -> None:
    """Moves takes ninety seconds; from day 70 on, person 2 serves it instead of Billing."""
    billing = work()
    moves = work(people=(5, 6, 7), queue="queue Moves", seed=6).with_columns(pl.col("value") + 30)
    leaves = (pl.col("person") == 2) & (pl.col("date") >= day(70))
    served = billing.with_columns(
        queue=pl.when(leaves).then(pl.lit("queue Moves")).otherwise("queue"),
        value=pl.when(leaves).then(pl.col("value") + 30).otherwise("value"),
    )
    assert lasting(judge([pl.concat([served, moves])], team(), STARTED, LAST)) == []


def test_one_slip_is_a_blip() -> None:
    table = work()
    slip = (pl.col("person") == 3) & (pl.col("date") == day(DAYS - 12))
    found = judged(table.with_columns(value=pl.when(slip).then(110.0).otherwise("value")))
    assert lasting(found) == []
    assert {each.person_id for each in found.findings} == {3}
    assert state_of(found, 3) == Trait.State.BLIP


def test_a_change_of_two_days_has_not_enough_evidence() -> None:
    found = judged(work({2: (DAYS - 2, 15.0)}))
    assert lasting(found) == []
    assert state_of(found, 2) == Trait.State.EARLY


def test_a_change_that_has_gone_back_is_not_told() -> None:
    table = work({2: (40, 15.0)})
    back = (pl.col("person") == 2) & (pl.col("date") >= day(85))
    found = judged(table.with_columns(value=pl.when(back).then(pl.col("value") - 15).otherwise("value")))
    assert [each for each in lasting(found) if each.size > 0] == []


def test_a_change_that_comes_bit_by_bit_is_as_large_as_it_is_now() -> None:
    table = work()
    grows = ((pl.col("date") - day(60)).dt.total_days() * 0.6).clip(0, 24)
    found = judged(table.with_columns(value=pl.when(pl.col("person") == 2).then(pl.col("value") + grows).otherwise("value")))
    (change,) = lasting(found)
    assert change.person_id == 2
    assert 18 < change.size < 26
    assert change.is_gradual


def test_what_is_too_small_to_matter_is_not_told() -> None:
    quiet = work().with_columns(value=60 + (pl.col("value") - 60) / 10)
    moved = (pl.col("person") == 2) & (pl.col("date") >= day(70))
    assert lasting(judged(quiet.with_columns(value=pl.when(moved).then(pl.col("value") + 2).otherwise("value")))) == []


def test_a_newcomer_is_still_learning() -> None:
    began = LAST - timedelta(days=60)
    started = {**STARTED, 2: began}
    table = work({2: (90, -15.0)}).filter((pl.col("person") != 2) | (pl.col("date") >= began))
    found = judged(table, started)
    assert lasting(found) == []
    assert state_of(found, 2) == Trait.State.NEWCOMER


def test_under_twenty_days_it_is_too_young_for_a_pattern() -> None:
    table = work().filter((pl.col("person") != 2) | (pl.col("date") > LAST - timedelta(days=19)))
    assert state_of(judged(table), 2) == Trait.State.YOUNG


def test_of_few_contacts_nothing_is_said() -> None:
    few = work().with_columns(weight=pl.when(pl.col("person") == 2).then(1.0).otherwise("weight"))
    assert state_of(judged(few), 2) == Trait.State.THIN


def test_whoever_left_is_not_judged() -> None:
    found = judged(work({2: (70, 15.0)}), {1: None, 3: None, 4: None})
    assert {each.person_id for each in found.traits} == {1, 3, 4}
    assert lasting(found) == []


def test_without_any_work_nothing_is_found() -> None:
    assert judged(work().clear()) == Patterns([], [])
