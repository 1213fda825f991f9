"""What a series that still learns borrows from its parent: a usual value and range, moved to its own level."""

from dataclasses import replace

import polars as pl

from floorwalker.core.patterns.engine import Answers

OWN_DAYS = 4.0
"""So many days of its own count as much as its parent's level in the learning time of a mean or a rate."""
FIGURES = ("usual", "usual_low", "usual_high")


def lend(answers: Answers, table: pl.DataFrame, parents: pl.DataFrame, told: pl.DataFrame, weights: pl.DataFrame) -> Answers:
    """The answers with a usual value and range, taken from the parent's of that day, on the days of the learning time.

    `table` holds the series' own days; `told` (series, date, usual, ...) and `weights` (series, date, weight) are the parents'.
    """
    young = answers.states.filter(pl.col("state") == "learning").select("series", "date").unique()
    if young.is_empty() or "weight" not in table.columns:
        return answers
    lent = _lent(_beside_parents(young, table, parents, told, weights))
    joined = answers.states.join(lent, on=["series", "date"], how="left", maintain_order="left")
    filled = joined.with_columns(pl.coalesce(name, pl.col(f"{name}_lent").cast(pl.Float32)).alias(name) for name in FIGURES)
    return replace(answers, states=filled.select(answers.states.columns))


def _beside_parents(
    young: pl.DataFrame, table: pl.DataFrame, parents: pl.DataFrame, told: pl.DataFrame, weights: pl.DataFrame
) -> pl.DataFrame:
    """The young days with their parent's usual, and the sums over the known days before of both."""
    higher = told.select("date", *FIGURES, parent="series").join(
        weights.select("date", parent="series", mass="weight"), on=["parent", "date"], how="left"
    )
    rows = young.join(table, on=["series", "date"]).join(parents, on="series").join(higher, on=["parent", "date"])
    known = pl.col("value").is_finite() & pl.col("usual").is_not_null()
    rows = (
        rows.unique(["series", "date"])
        .sort("series", "date")
        .with_columns(
            own=pl.when(known).then("value").otherwise(0.0),
            theirs=pl.when(known).then("usual").otherwise(0.0),
            seen=known.fill_null(False),
        )
    )
    before = {name: pl.col(name).cum_sum().shift(fill_value=0).over("series") for name in ("own", "theirs", "seen")}
    return rows.with_columns(**before)


def _lent(rows: pl.DataFrame) -> pl.DataFrame:
    ratio = pl.when(pl.col("theirs") > 0).then(pl.col("own") / pl.col("theirs"))
    moved = (pl.col("own") - pl.col("theirs")) / (pl.col("seen") + OWN_DAYS)
    count = pl.col("kind") == "count"
    usual = pl.when(count).then(pl.col("usual") * ratio).otherwise(pl.col("usual") + moved)
    fewer = (pl.col("mass") / pl.col("weight")).sqrt().clip(1).fill_null(1.0).fill_nan(1.0)
    wider = pl.when(count).then(ratio.sqrt()).otherwise(fewer)
    return rows.select(
        "series",
        "date",
        usual_lent=usual,
        usual_low_lent=usual - wider * (pl.col("usual") - pl.col("usual_low")),
        usual_high_lent=usual + wider * (pl.col("usual_high") - pl.col("usual")),
    )
