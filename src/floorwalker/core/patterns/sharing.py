"""Which events of a parent are its children's too, and a child's days without them."""

from datetime import timedelta

import polars as pl

from floorwalker.core.patterns.effects import on_days

FEWEST = 3
"""So many children must have been seen on the days of an event before it can be found to be not theirs."""
HALF = 0.5
BEFORE = timedelta(days=28)


def shared_spans(spans: pl.DataFrame, above: pl.DataFrame, table: pl.DataFrame, parents: pl.DataFrame) -> pl.DataFrame:
    """Those of the parents' `spans` that are not the doing of a few children.

    A child's part is how far it moved from the same weekdays of the four weeks before, over how far the parent did; the event
    is shared where the median child has at least half of its parent's part. `above` is what moved the parents from higher up,
    `table` the children's days. A mean is moved by one child of six, a median is not.
    """
    if spans.is_empty():
        return spans
    numbered = spans.with_row_index("event")
    days = without_parents(table, under(parents, above)).filter(pl.col("value").is_finite())
    days = days.select("series", "kind", "date", "value", weekday=pl.col("date").dt.weekday())
    wanted = numbered.join(parents.rename({"series": "child", "parent": "series"}), on="series")
    wanted = wanted.select("event", "first", "seen", "change", "ratio", "child", early=pl.col("first") - BEFORE)
    rows = days.join_where(
        wanted, pl.col("series") == pl.col("child"), pl.col("date") >= pl.col("early"), pl.col("date") <= pl.col("seen")
    )
    before = rows.filter(pl.col("date") < pl.col("first"))
    usual = before.group_by("event", "series", "weekday").agg(usual=pl.col("value").median())
    during = rows.filter(pl.col("date") >= pl.col("first")).join(usual, on=["event", "series", "weekday"])
    moved = during.group_by("event", "series").agg(
        pl.col("kind", "change", "ratio").first(),
        by=(pl.col("value") - pl.col("usual")).mean(),
        times=pl.col("value").sum() / pl.col("usual").sum(),
    )
    count = (pl.col("times") - 1) / (pl.col("ratio") - 1)
    part = pl.when(pl.col("kind") == "count").then(count).otherwise(pl.col("by") / pl.col("change"))
    parts = moved.with_columns(part=part).filter(pl.col("part").is_finite())
    few = parts.group_by("event").agg(pl.len(), pl.col("part").median())
    own = few.filter((pl.col("len") >= FEWEST) & (pl.col("part") < HALF))["event"]
    return numbered.filter(~pl.col("event").is_in(own.implode())).drop("event")


def under(parents: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """The spans of each series' parent, under the name of the child."""
    named = parents.select("series", "parent").unique().join(spans.rename({"series": "parent"}), on="parent")
    return named.select(spans.columns).sort("series", "first", "seen", "change")


def without_parents(table: pl.DataFrame, above: pl.DataFrame) -> pl.DataFrame:
    """The table with the effects of `above` (spans, or a row a day) taken out: counts are divided by their ratio, means and
    rates lowered by their change."""
    if above.is_empty():
        return table
    daily = above if "date" in above.columns else on_days(above, table.select("series", "date"))
    joined = table.join(
        daily.select("series", "date", "change", "ratio"), on=["series", "date"], how="left", maintain_order="left"
    )
    change, ratio = pl.col("change").fill_null(0.0), pl.col("ratio").fill_null(1.0).fill_nan(1.0).clip(0.01, 100)
    value = (
        pl.when(pl.col("kind") == "count")
        .then(pl.col("value") / ratio)
        .when(pl.col("kind") == "rate")
        .then((pl.col("value") - change).clip(0, 1))
        .otherwise(pl.col("value") - change)
    )
    return joined.with_columns(value=pl.when(pl.col("change").is_null()).then("value").otherwise(value)).select(table.columns)
