"""The daily series that the engine judges: each watched measure of the site, of every queue and of every team."""

from datetime import timedelta

import polars as pl

from floorwalker.core import patterns
from floorwalker.core.measures import Filter, Question
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import Site
from floorwalker.web.events.queries import known_days
from floorwalker.web.pulse.queries import team_memberships

WATCHED = {
    "offered": "count",
    "service_level": "rate",
    "abandonment_rate": "rate",
    "transfer_rate": "rate",
    "csat": "rate",
    "repeat_rate": "rate",
    "aht": "mean",
    "asa": "mean",
}
"""The measures that are watched, with what they are to the engine. Rates and means carry what they rest on as weight."""
OF_TEAMS = ("transfer_rate", "csat", "repeat_rate", "aht")
"""What a team can change by itself; how many call and how long they wait, it cannot."""
AROUND = timedelta(days=56)
"""What a team did before a queue's change, and since, is seen in so many days."""
GAP = timedelta(days=7)
"""A queue that was in its usual for longer begins a new change, not the next part of one."""
LONGEST_PRIOR = 7
"""Of a longer event only its first days let something begin."""


def named(measure: str, queue: str = "", team: str = "") -> str:
    """The name of a series for the engine."""
    return "\n".join((measure, queue, team))


def parts_of(name: str) -> tuple[str, str, str]:
    """Measure, queue and team of a series' name."""
    measure, queue, team = name.split("\n")
    return measure, queue, team


def daily_series(warehouse: Warehouse, until: object) -> pl.DataFrame:
    """Each watched measure day by day up to `until`, of the whole site and of each queue, as the engine takes it."""
    measures = tuple(WATCHED)
    site = warehouse.answer(Question(measures, by=("day",), until=until)).frame.with_columns(queue=pl.lit(""))  # type: ignore[arg-type]
    question = Question(measures, by=("day", "queue"), until=until, where=(Filter("queue", ("*",)),))  # type: ignore[arg-type]
    both = pl.concat([site, warehouse.answer(question).frame], how="diagonal").filter(pl.col("day").is_not_null())
    both = both.with_columns(team=pl.lit(""))
    return pl.concat([_of(both, measure, kind) for measure, kind in WATCHED.items()])


def _of(frame: pl.DataFrame, measure: str, kind: str) -> pl.DataFrame:
    """Days below the measure's smallest sample stay: their weight says how little they tell."""
    weight = pl.lit(None, pl.Float64) if kind == "count" else pl.col(f"{measure}.n").cast(pl.Float64)
    series = frame.select(
        series=pl.concat_str(pl.lit(measure), pl.col("queue"), pl.col("team"), separator="\n"),
        kind=pl.lit(kind),
        date="day",
        value=pl.col(measure).cast(pl.Float64),
        weight=weight,
    )
    return series.filter(pl.col("value").is_not_null().any().over("series"))


def team_series(warehouse: Warehouse, until: object, of_queues: patterns.Answers) -> pl.DataFrame:
    """The measures of each team day by day, without what happened to the queues that it served.

    A queue's change is a team's in the share of its contacts that came from this queue on that day, as far as most of the
    queue's teams moved too; so a release that slows Billing down is told once, as Billing's, and a team stands out only by what
    it does otherwise than its mix of queues. What one team did for the whole queue stays with this team.
    """
    memberships = team_memberships()
    if memberships.is_empty():
        return pl.DataFrame(
            schema={"series": pl.String, "kind": pl.String, "date": pl.Date, "value": pl.Float64, "weight": pl.Float64}
        )
    question = Question(OF_TEAMS, by=("day", "team"), until=until, where=(Filter("team", ("*",)),))  # type: ignore[arg-type]
    teams = warehouse.answer(question, memberships=memberships).frame.drop_nulls(["day", "team"]).with_columns(queue=pl.lit(""))
    mix = Question(OF_TEAMS, by=("day", "team", "queue"), until=until, where=(Filter("queue", ("*",)),))  # type: ignore[arg-type]
    served = warehouse.answer(mix, memberships=memberships).frame.drop_nulls(["day", "team", "queue"])
    effects = patterns.effects_of(of_queues)
    return pl.concat([_without_queues(_of(teams, name, WATCHED[name]), served, effects, name) for name in OF_TEAMS])


def _without_queues(series: pl.DataFrame, served: pl.DataFrame, effects: pl.DataFrame, measure: str) -> pl.DataFrame:
    parent = pl.concat_str(pl.lit(measure), pl.col("queue"), pl.lit(""), separator="\n")
    value, weight = pl.col(measure).cast(pl.Float64), pl.col(f"{measure}.n").cast(pl.Float64).fill_null(0.0)
    cells = served.select("day", "team", value=value, n=weight, parent=parent)
    moved = (
        cells.with_columns(share=pl.col("n") / pl.col("n").sum().over("day", "team"))
        .join(shared(effects, cells), left_on=["parent", "day"], right_on=["series", "date"])
        .group_by("day", "team")
        .agg(moved=(pl.col("share") * pl.col("change")).sum())
        .select(series=pl.concat_str(pl.lit(measure), pl.lit(""), pl.col("team"), separator="\n"), date="day", moved="moved")
    )
    lowered = pl.col("value") - pl.col("moved").fill_nan(None).fill_null(0.0)
    top = 1.0 if WATCHED[measure] == "rate" else None
    joined = series.join(moved, on=["series", "date"], how="left", maintain_order="left")
    return joined.with_columns(value=lowered.clip(0.0, top)).select(series.columns)


def shared(effects: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """The queues' effects (series, date, change) as far as most of a queue's teams took part in them.

    `cells`: parent (the queue's series), team, day, value, n. Each stretch of equal change is compared, team by team, with the
    weeks before the queue left its usual; what the lower half of the teams did not do, in the direction of the change, is not
    the queue's but that of those who did it.
    """
    days = effects.sort("series", "date").with_columns(
        block=(pl.col("date").diff().over("series") > GAP).fill_null(True).cum_sum().over("series")
    )
    days = days.with_columns(began=pl.col("date").min().over("series", "block"), part=pl.col("change").rle_id().over("series"))
    parts = days.group_by("series", "block", "part").agg(
        pl.col("began").first(), pl.col("change").first(), first=pl.col("date").min(), last=pl.col("date").max()
    )
    own = parts.join(cells.drop_nulls("value"), left_on="series", right_on="parent")
    before = pl.col("day").is_between(pl.col("began") - AROUND, pl.col("began") - timedelta(days=1))
    since = pl.col("day").is_between(pl.col("first"), pl.min_horizontal(pl.col("first") + AROUND, "last"))
    mean = [(pl.col("value") * pl.col("n")).filter(side).sum() / pl.col("n").filter(side).sum() for side in (before, since)]
    took_part = (
        own.group_by("series", "block", "part", "team")
        .agg(change=pl.col("change").first(), own=mean[1] - mean[0])
        .filter(pl.col("own").is_finite())
        .with_columns(own=(pl.col("own") / pl.col("change")).clip(0.0, 1.0))
        .group_by("series", "block", "part")
        .agg(most=pl.col("own").quantile(0.5, "lower"))
    )
    joined = days.join(took_part, on=["series", "block", "part"])
    return joined.select("series", "date", change=pl.col("change") * pl.col("most"))


def prior_days(site: Site, table: pl.DataFrame) -> pl.DataFrame:
    """series, date: where the calendar lets something begin: holidays and events, those of a queue in its series only."""
    known = known_days(site, table["date"].min(), table["date"].max())  # type: ignore[arg-type]
    early = pl.col("date") < pl.col("date").min().over("name", "kind", "queue") + pl.duration(days=LONGEST_PRIOR)
    known = known.filter((pl.col("kind") == "holiday") | early)
    series = table.select("series", queue=pl.col("series").str.split("\n").list.get(1)).unique()
    everywhere = series.join(known.filter(pl.col("queue").is_null()).select("date"), how="cross")
    own = series.join(known.drop_nulls("queue").select("queue", "date"), on="queue")
    return pl.concat([each.select("series", "date") for each in (everywhere, own)]).unique()
