"""Site, queue, team, agent: what happened to the parent is taken out of the children before they are judged."""

import polars as pl

from floorwalker.core.patterns.engine import Answers, classify
from floorwalker.core.patterns.settings import Settings

LASTING = ("shift", "trend")


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
    An outage of a site so raises one event, not one for each of its agents.
    """
    answers: list[Answers] = []
    effects = pl.DataFrame(schema={"series": pl.String, "date": pl.Date, "change": pl.Float64, "ratio": pl.Float64})
    for table in levels:
        found = classify(without_parents(table, parents, effects), events=events, overrides=overrides, settings=settings)
        answers.append(found)
        above = inherited(table, parents, effects)
        own = effects_of(found).join(above, on=["series", "date"], how="full", coalesce=True)
        effects = own.select(
            "series",
            "date",
            change=pl.col("change").fill_null(0) + pl.col("change_right").fill_null(0),
            ratio=pl.col("ratio").fill_null(1) * pl.col("ratio_right").fill_null(1),
        )
    return answers


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
