"""Spreads: counts of values in buckets whose edges grow by a fixed ratio, so that any two can be added.

A quantile read from a bucket is off by at most the bucket's width, four per cent. See DDSketch (Masson, Rim, Lee 2019).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import polars as pl

from floorwalker.core.measures.settings import Settings
from floorwalker.core.measures.sums import Contribution, answered, counted, if_so, seconds_between

GROWTH = 1.04
SMALLEST_S = 0.5
ZERO_BUCKET = -1


@dataclass(frozen=True)
class Spread:
    """A quantity whose distribution is kept: the record table, and the value of a row in seconds (null: not in it)."""

    name: str
    table: str
    value: Contribution


def _first_response(row: ir.Table, settings: Settings) -> ir.Value:
    return if_so(counted(row), seconds_between(row.started_at, row.first_response_at))


def _resolution(row: ir.Table, settings: Settings) -> ir.Value:
    return if_so(counted(row), seconds_between(row.started_at, row.resolved_at))


_SPREADS = (
    Spread("wait", "leg", lambda row, settings: if_so(answered(row), row.wait_s)),
    Spread("handle", "leg", lambda row, settings: if_so(answered(row), row.handle_s)),
    Spread("first_response", "contact", _first_response),
    Spread("resolution", "contact", _resolution),
)

SPREADS: Mapping[str, Spread] = {each.name: each for each in _SPREADS}


def bucket(value: ir.Value) -> ir.IntegerValue:
    """The bucket number of a value in seconds: ZERO_BUCKET below half a second, then 0, 1, 2, each 4% wider."""
    number = ((value.cast("float64") / SMALLEST_S).ln() / math.log(GROWTH)).floor().cast("int64")
    return ibis.ifelse(value < SMALLEST_S, ZERO_BUCKET, number)


def quantiles(counts: pl.DataFrame, by: Sequence[str], level: float) -> pl.DataFrame:
    """The `level` quantile, in seconds, per group of `by`, of spreads given as a frame of `by`, `bucket` and `n`.

    Columns of `by` and `value`; without `by` one row, null when the spread is empty. Inside the bucket that holds the quantile,
    values are taken as spread evenly; one alone lies in the middle.
    """
    groups = list(by)
    ordered = counts.group_by([*groups, "bucket"]).agg(pl.col("n").sum()).filter(pl.col("n") > 0).sort("bucket")
    upto, rank = pl.col("n").cum_sum(), level * pl.col("n").sum()
    if groups:
        upto, rank = upto.over(groups), rank.over(groups)
    reached = ordered.with_columns(upto_=upto, rank_=rank).filter(pl.col("upto_") >= pl.col("rank_"))
    share = (1 - (pl.col("upto_") - pl.col("rank_") + 0.5) / pl.col("n")).clip(0, 1)
    low = SMALLEST_S * pl.lit(GROWTH).pow(pl.col("bucket"))
    inside = pl.when(pl.col("bucket") == ZERO_BUCKET).then(0.0).otherwise(low * (1 + share * (GROWTH - 1)))
    value = inside.first().alias("value")
    return reached.group_by(groups).agg(value) if groups else reached.select(value)


def quantile(counts: pl.DataFrame, level: float) -> float | None:
    """The `level` quantile, in seconds, of one spread given as a frame of `bucket` and `n`; None when it is empty."""
    found: float | None = quantiles(counts, (), level)["value"].item()
    return found
