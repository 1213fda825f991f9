"""Site, queue, team, agent: what happened to the parent is taken out of the children before they are judged."""

from dataclasses import replace

import polars as pl

from floorwalker.core.patterns.engine import Answers, classify
from floorwalker.core.patterns.settings import Settings

LASTING = ("shift", "trend")
OWN_DAYS = 4.0
"""So many days of its own count as much as its parent's level in the learning time of a mean or a rate."""


def judge_family(
    levels: list[pl.DataFrame],
    parents: pl.DataFrame,
    *,
    events: pl.DataFrame | None = None,
    overrides: pl.DataFrame | None = None,
    settings: Settings | None = None,
) -> list[Answers]:
    """Judge tables of one measure from the top level down, each without the events of the level above.

    `levels`: tables as `classify` takes them, top first; `parents`: columns series, parent. Names are unique over all levels.
    An outage of a site so raises one event, not one for each of its agents. While a series is learning it borrows the usual
    value and range of its parent, moved to its own level as far as its own days show one; it still says `learning`.
    """
    answers: list[Answers] = []
    effects = pl.DataFrame(schema={"series": pl.String, "date": pl.Date, "change": pl.Float64, "ratio": pl.Float64})
    for level, table in enumerate(levels):
        own_part = without_parents(table, parents, effects)
        found = classify(own_part, events=events, overrides=overrides, settings=settings)
        answers.append(_borrowing(found, own_part, parents, answers[-1], levels[level - 1]) if level else found)
        above = inherited(table, parents, effects)
        own = effects_of(found).join(above, on=["series", "date"], how="full", coalesce=True)
        effects = own.select(
            "series",
            "date",
            change=pl.col("change").fill_null(0) + pl.col("change_right").fill_null(0),
            ratio=pl.col("ratio").fill_null(1) * pl.col("ratio_right").fill_null(1),
        )
    return answers


def _borrowing(answers: Answers, table: pl.DataFrame, parents: pl.DataFrame, above: Answers, raw: pl.DataFrame) -> Answers:
    """The answers with a usual value and range, taken from the parent's of that day, on the days of the learning time."""
    figures = ("usual", "usual_low", "usual_high")
    young = answers.states.filter(pl.col("state") == "learning").select("series", "date").unique()
    if young.is_empty() or not ("weight" in table.columns and "weight" in raw.columns):
        return answers
    higher = above.states.select("date", *figures, parent="series").join(
        raw.select("date", parent="series", mass="weight"), on=["parent", "date"], how="left"
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
    rows = rows.with_columns(**before)
    ratio = pl.when(pl.col("theirs") > 0).then(pl.col("own") / pl.col("theirs"))
    moved = (pl.col("own") - pl.col("theirs")) / (pl.col("seen") + OWN_DAYS)
    count = pl.col("kind") == "count"
    usual = pl.when(count).then(pl.col("usual") * ratio).otherwise(pl.col("usual") + moved)
    wider = (
        pl.when(count)
        .then(ratio.sqrt())
        .otherwise((pl.col("mass") / pl.col("weight")).sqrt().clip(1).fill_null(1.0).fill_nan(1.0))
    )
    lent = rows.select(
        "series",
        "date",
        usual_lent=usual,
        usual_low_lent=usual - wider * (pl.col("usual") - pl.col("usual_low")),
        usual_high_lent=usual + wider * (pl.col("usual_high") - pl.col("usual")),
    )
    joined = answers.states.join(lent, on=["series", "date"], how="left", maintain_order="left")
    filled = joined.with_columns(pl.coalesce(name, pl.col(f"{name}_lent").cast(pl.Float32)).alias(name) for name in figures)
    return replace(answers, states=filled.select(answers.states.columns))


def effects_of(answers: Answers) -> pl.DataFrame:
    """series, date, change (in the measure's unit), ratio: what each day's events did, as known at the end of the history.

    A lasting change counts from its onset for ever, with the size last known; a blip on the days that were left out.
    """
    states = answers.states.with_columns(ratio=(pl.col("usual") + pl.col("change")) / pl.col("usual"))
    lasting = pl.col("state").cast(pl.String).is_in(LASTING)
    runs = states.with_columns(run=(lasting != lasting.shift(fill_value=False)).cum_sum().over("series")).filter(lasting)
    last = runs.group_by("series", "run").agg(pl.col("onset", "change", "ratio").last())
    days = states.select("series", "date")
    moved = days.join(last, on="series").filter(pl.col("date") >= pl.col("onset")).select("series", "date", "change", "ratio")
    blips = answers.decisions.filter(pl.col("kind") == "blip_left_out").select("series", "first", "last")
    away = pl.col("score") * (pl.col("usual_high") - pl.col("usual")) / 1.96
    left = (
        states.join(blips, on="series")
        .filter(pl.col("date").is_between(pl.col("first"), pl.col("last")) & pl.col("score").is_not_null())
        .select(
            "series", "date", change=away.cast(pl.Float32), ratio=((pl.col("usual") + away) / pl.col("usual")).cast(pl.Float32)
        )
    )
    both = pl.concat([moved, left]).with_columns(pl.col("change", "ratio").cast(pl.Float64))
    return both.group_by("series", "date").agg(pl.col("change").sum(), pl.col("ratio").product())


def inherited(table: pl.DataFrame, parents: pl.DataFrame, effects: pl.DataFrame) -> pl.DataFrame:
    """The effects of each series' parent, under the name of the child."""
    return (
        table.select("series")
        .unique()
        .join(parents, on="series")
        .join(effects.rename({"series": "parent"}), on="parent")
        .select("series", "date", "change", "ratio")
    )


def without_parents(table: pl.DataFrame, parents: pl.DataFrame, effects: pl.DataFrame) -> pl.DataFrame:
    """The table with the parents' effects taken out: counts divided by their ratio, means and rates lowered by their change."""
    above = inherited(table, parents, effects)
    joined = table.join(above, on=["series", "date"], how="left", maintain_order="left")
    change, ratio = pl.col("change").fill_null(0.0), pl.col("ratio").fill_null(1.0).clip(0.01, 100)
    value = (
        pl.when(pl.col("kind") == "count")
        .then(pl.col("value") / ratio)
        .when(pl.col("kind") == "rate")
        .then((pl.col("value") - change).clip(0, 1))
        .otherwise(pl.col("value") - change)
    )
    return joined.with_columns(value=pl.when(pl.col("change").is_null()).then("value").otherwise(value)).select(table.columns)
