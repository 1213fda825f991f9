"""The daily series that the engine judges first: each watched measure of the site and of every queue."""

import polars as pl

from floorwalker.core.measures import Filter, Question
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import Site
from floorwalker.web.changes.places import SITE, Place
from floorwalker.web.events.queries import known_days

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
LONGEST_PRIOR = 7
"""Of a longer event only its first days let something begin."""


def named(measure: str, place: Place = SITE) -> str:
    """The name of a series for the engine."""
    return "\n".join((measure, place.dimension, place.value))


def named_by(measure: str, dimension: str, column: str) -> pl.Expr:
    """The same for a column of values; without a value it is the whole site."""
    value = pl.col(column)
    place = pl.when(value.is_null()).then(pl.lit("\n")).otherwise(pl.concat_str(pl.lit(f"{dimension}\n"), value))
    return pl.concat_str(pl.lit(f"{measure}\n"), place)


def parts_of(name: str) -> tuple[str, Place]:
    """Measure and place of a series' name."""
    measure, dimension, value = name.split("\n", 2)
    return measure, Place(dimension, value)


def daily_series(warehouse: Warehouse, until: object) -> pl.DataFrame:
    """Each watched measure day by day up to `until`, of the whole site and of each queue, as the engine takes it."""
    measures = tuple(WATCHED)
    site = warehouse.answer(Question(measures, by=("day",), until=until)).frame.with_columns(queue=pl.lit(None, pl.String))  # type: ignore[arg-type]
    question = Question(measures, by=("day", "queue"), until=until, where=(Filter("queue", ("*",)),))  # type: ignore[arg-type]
    both = pl.concat([site, warehouse.answer(question).frame], how="diagonal").filter(pl.col("day").is_not_null())
    return pl.concat([rows_of(both, measure, kind, named_by(measure, "queue", "queue")) for measure, kind in WATCHED.items()])


def rows_of(frame: pl.DataFrame, measure: str, kind: str, name: pl.Expr, *more: str) -> pl.DataFrame:
    """A measure's days under the names of their series, with the columns `more`.

    Days below the measure's smallest sample stay: their weight says how little they tell.
    """
    weight = pl.lit(None, pl.Float64) if kind == "count" else pl.col(f"{measure}.n").cast(pl.Float64)
    series = frame.select(
        series=name,
        kind=pl.lit(kind),
        date="day",
        value=pl.col(measure).cast(pl.Float64),
        weight=weight,
        **{column: pl.col(column) for column in more},
    )
    return series.filter(pl.col("value").is_not_null().any().over("series"))


def prior_days(site: Site, table: pl.DataFrame) -> pl.DataFrame:
    """series, date: where the calendar lets something begin: holidays and events, those of a queue in its series only."""
    known = known_days(site, table["date"].min(), table["date"].max())  # type: ignore[arg-type]
    early = pl.col("date") < pl.col("date").min().over("name", "kind", "queue") + pl.duration(days=LONGEST_PRIOR)
    known = known.filter((pl.col("kind") == "holiday") | early)
    name = pl.col("series").str.splitn("\n", 3)
    is_queue = name.struct.field("field_1") == "queue"
    series = table.select("series", queue=pl.when(is_queue).then(name.struct.field("field_2"))).unique()
    everywhere = series.join(known.filter(pl.col("queue").is_null()).select("date"), how="cross")
    own = series.join(known.drop_nulls("queue").select("queue", "date"), on="queue")
    return pl.concat([each.select("series", "date") for each in (everywhere, own)]).unique()
