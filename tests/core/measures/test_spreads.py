"""Quantiles from buckets: close to the true ones, and the same however the buckets were gathered."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.core.measures.spreads import GROWTH, SMALLEST_S, quantile, quantiles

SECONDS = st.floats(min_value=0.5, max_value=100_000)


def counted(values: list[float]) -> pl.DataFrame:
    numbers = [int(np.floor(np.log(value / SMALLEST_S) / np.log(GROWTH))) if value >= SMALLEST_S else -1 for value in values]
    return pl.DataFrame({"bucket": numbers, "n": [1] * len(values)}, schema={"bucket": pl.Int64, "n": pl.Int64})


@settings(deadline=None)
@given(values=st.lists(SECONDS, min_size=1, max_size=60), level=st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_a_quantile_is_within_a_bucket_of_the_true_one(values: list[float], level: float) -> None:
    true = sorted(values)[max(int(np.ceil(level * len(values) - 1e-9)) - 1, 0)]
    assert quantile(counted(values), level) == pytest.approx(true, rel=GROWTH - 1 + 1e-6)


@settings(deadline=None)
@given(one=st.lists(SECONDS, min_size=1, max_size=20), other=st.lists(SECONDS, min_size=1, max_size=20))
def test_spreads_can_be_added(one: list[float], other: list[float]) -> None:
    apart = pl.concat([counted(one), counted(other)])
    assert quantile(apart, 0.5) == quantile(counted(one + other), 0.5)


def test_many_spreads_are_read_at_once() -> None:
    both = pl.concat(
        [counted([10.0, 10.0, 90.0]).with_columns(queue=pl.lit("a")), counted([0.1]).with_columns(queue=pl.lit("b"))]
    )
    found = dict(quantiles(both, ("queue",), 0.5).iter_rows())
    assert found["a"] == pytest.approx(10, rel=0.04)
    assert found["b"] == 0


def test_an_empty_spread_has_no_quantile() -> None:
    assert quantile(counted([]), 0.5) is None
    assert quantiles(counted([]).with_columns(queue=pl.lit("a")), ("queue",), 0.5).height == 0
