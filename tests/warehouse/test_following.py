"""Who came back is told the same however the days came in."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from floorwalker.core.measures import Question
from tests.warehouse.few_rows import Row, at, contact, frames
from tests.warehouse.test_cube_laws import assert_same, opened

WEEK = timedelta(days=7)
EDGES = (timedelta(0), timedelta(seconds=1), timedelta(seconds=-1), timedelta(milliseconds=400), timedelta(hours=-13))


def centre() -> list[Row]:
    """Contacts of three weeks; many of them come a week, give or take a moment, after one of the same customer."""
    random = np.random.default_rng(3)
    starts: list[tuple[int, datetime]] = [(customer, at(customer % 14, 9 + customer % 12)) for customer in range(40)]
    starts += [(customer, start + WEEK + EDGES[customer % len(EDGES)]) for customer, start in starts]
    starts += [(int(random.integers(40)), at(int(random.integers(21)), float(random.random() * 24))) for _ in range(40)]
    return [contact(f"c{number}", start, customer=customer) for number, (customer, start) in enumerate(starts)]


@pytest.mark.parametrize("backwards", [False, True])
def test_day_after_day_tells_the_same_of_who_came_back_as_all_at_once(tmp_path: Path, backwards: bool) -> None:
    whole, daily = opened(tmp_path / "whole"), opened(tmp_path / "daily")
    rows = frames(contact=centre())["contact"]
    whole.take(1, [{"contact": rows}])
    days = sorted(rows["day"].unique(), reverse=backwards)
    question = Question(("repeat_rate", "fcr"), ("day",), others=True)
    for number, day in enumerate(days, start=1):
        daily.take(number, [{"contact": rows.filter(rows["day"] == day)}])
    assert_same(daily.answer(question), whole.answer(question))
    daily.rebuild()
    assert_same(daily.answer(question), whole.answer(question))
