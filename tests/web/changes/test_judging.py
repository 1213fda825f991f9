"""Which of the engine's answers become a card, on series made by hand."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from floorwalker.core import patterns
from floorwalker.web.changes.judging import SURE, Judged
from floorwalker.web.changes.judging import judge as judge_answered

FIRST = date(2026, 6, 1)
DAYS = 120
NOISE = np.random.default_rng(2).normal(0, 6, DAYS)


def series(values: NDArray[np.float64], name: str = "aht\nqueue\nBilling") -> pl.DataFrame:
    """Means of a hundred contacts a day."""
    count = len(values)
    return pl.DataFrame(
        {
            "series": [name] * count,
            "kind": ["mean"] * count,
            "date": [FIRST + timedelta(days=step) for step in range(count)],
            "value": values,
            "weight": [100.0] * count,
        }
    )


def judge(table: pl.DataFrame) -> Judged:
    """As a round does."""
    return judge_answered(table, patterns.classify(table))


@pytest.fixture
def usual() -> NDArray[np.float64]:
    return 360 + NOISE


def test_a_quiet_series_says_nothing(usual: NDArray[np.float64]) -> None:
    found = judge(series(usual))
    assert found.findings == []
    assert (found.judged, found.learning) == (1, 0)


def test_a_short_series_is_still_learning(usual: NDArray[np.float64]) -> None:
    found = judge(series(usual[:14]))
    assert (found.findings, found.judged, found.learning) == ([], 1, 1)


def test_a_step_is_a_lasting_shift_with_its_day_and_its_size(usual: NDArray[np.float64]) -> None:
    usual[80:] += 38
    (found,) = [each for each in judge(series(usual)).findings if each.kind == "lasting"]
    assert (found.kind, found.measure, found.value, found.until) == ("lasting", "aht", "Billing", None)
    assert abs((found.onset - (FIRST + timedelta(days=80))).days) <= 1
    assert found.size_low < 38 < found.size_high
    assert found.usual == pytest.approx(360, abs=6)
    assert found.sure >= SURE
    assert found.chances[0][0] == found.onset.isoformat()


def test_one_strange_day_is_a_blip_that_ends(usual: NDArray[np.float64]) -> None:
    usual[80] += 60
    (found,) = judge(series(usual)).findings
    day = FIRST + timedelta(days=80)
    assert found.kind == "blip"
    assert day - timedelta(days=1) <= found.onset <= day == found.until
    assert found.size > 20


def test_two_days_away_are_too_early_to_judge(usual: NDArray[np.float64]) -> None:
    usual[-2:] += 38
    (found,) = judge(series(usual)).findings
    assert found.kind == "early"
    assert found.onset >= FIRST + timedelta(days=DAYS - 3)
    assert found.decided is None


def test_the_whole_site_has_no_queue(usual: NDArray[np.float64]) -> None:
    usual[80:] += 38
    assert {each.value for each in judge(series(usual, "aht\n\n")).findings} == {""}


def test_a_blip_that_was_left_out_and_a_new_normal_are_kept_as_decisions(usual: NDArray[np.float64]) -> None:
    usual[50] += 60
    usual[70:] += 38
    kinds = {each.kind: each for each in judge(series(usual)).decisions}
    assert kinds["blip_left_out"].first == FIRST + timedelta(days=50)
    assert abs((kinds["new_normal"].first - (FIRST + timedelta(days=70))).days) <= 2
    assert not kinds["new_normal"].by_person


def test_a_step_that_became_normal_is_one_change(usual: NDArray[np.float64]) -> None:
    usual[50:] += 38
    lasting = [each for each in judge(series(usual)).findings if each.kind == "lasting"]
    assert len(lasting) == 1
    assert lasting[0].until is None


def test_without_room_in_the_budget_a_lasting_change_is_held_back(usual: NDArray[np.float64]) -> None:
    usual[80:] += 38
    table = series(usual)
    answers = patterns.classify(table)
    (held,) = judge_answered(table, answers, frozenset()).findings
    assert held.is_held
    days = frozenset(("aht\nqueue\nBilling", FIRST + timedelta(days=step)) for step in range(80, DAYS))
    (shown,) = judge_answered(table, answers, days).findings
    assert not shown.is_held


def test_two_blips_in_a_week_that_go_opposite_ways_are_both_told_and_left_out_of_the_usual(usual: NDArray[np.float64]) -> None:
    usual[80] += 60
    usual[82] -= 60
    found, days = judge(series(usual)), {FIRST + timedelta(days=80), FIRST + timedelta(days=82)}
    blips = [each for each in found.findings if each.kind == "blip"]
    assert {each.onset for each in blips} == days
    assert {each.size > 0 for each in blips} == {True, False}
    assert days <= {day for each in found.decisions if each.kind == "blip_left_out" for day in each.days}
