"""Changes far beyond what is believed likely are told with the size that they have."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from floorwalker.core import patterns

FIRST = date(2026, 1, 1)
DAYS, ONSET = 120, 80


def stepped(size: float, noise: float) -> pl.DataFrame:
    """A mean of 300 with this noise that moves by `size` on day 80 and stays."""
    random = np.random.default_rng(7)
    values = 300 + noise * random.standard_normal(DAYS) + np.where(np.arange(DAYS) >= ONSET, size, 0.0)
    return pl.DataFrame(
        {
            "series": "aht",
            "kind": "mean",
            "date": [FIRST + timedelta(days=number) for number in range(DAYS)],
            "value": values,
            "weight": 200.0,
        }
    )


@pytest.mark.parametrize(("size", "noise"), [(180.0, 0.5), (60.0, 5.0), (-40.0, 5.0)])
def test_a_huge_step_is_told_with_its_size_and_taken_as_normal_at_its_level(size: float, noise: float) -> None:
    answers = patterns.classify(stepped(size, noise))
    called = answers.states.filter(pl.col("state").cast(pl.String).is_in(["shift", "trend"]) & pl.col("change").is_not_null())
    assert called.height > 0
    last = called.row(-1, named=True)
    assert last["change"] == pytest.approx(size, rel=0.1)
    assert last["change_low"] < last["change"] < last["change_high"]
    assert abs((last["onset"] - FIRST).days - ONSET) <= 1
    end = answers.states.row(-1, named=True)
    assert end["usual"] == pytest.approx(300 + size, rel=0.05)
