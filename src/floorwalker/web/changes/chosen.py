"""Which channels and reasons for contact are watched: the busiest, chosen anew at the beginning of each month."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from floorwalker.core.measures import Filter, Question
from floorwalker.warehouse.warehouse import Warehouse

AT_LEAST = 50
"""Fewer contacts a week tell a change from chance too late to be of use."""
ANSWERS = 20
"""Satisfaction is watched where so many a week answer."""
MOST = 30
"""Of one dimension; the nightly round stays as long as it is, however many reasons there are."""
WEEKS = 8
ANOTHER_NAME = 0.95
"""What holds so much of a queue and little else is that queue by another name, and watched as the queue."""


@dataclass(frozen=True)
class Chosen:
    """The values that are watched; of those `answering` satisfaction too; so many are `known`, names of queues aside."""

    values: tuple[str, ...] = ()
    answering: frozenset[str] = frozenset()
    known: int = 0


def chosen(warehouse: Warehouse, dimension: str, until: date) -> Chosen:
    """By the eight weeks before the month of `until`; in a centre that began in this month, by its days."""
    span = warehouse.reading().spans.get("contact")
    if span is None or span.first > until:
        return Chosen()
    month = until.replace(day=1)
    last = month - timedelta(days=1) if span.first < month else until
    first = max(span.first, last - timedelta(weeks=WEEKS) + timedelta(days=1))
    where = (Filter(dimension, ("*",)),)
    asked = Question(("offered", "csat"), by=(dimension, "queue"), since=first, until=last, where=where)
    return _busiest(warehouse.answer(asked).frame.rename({dimension: "name"}), _queues(warehouse, first, last), last - first)


def _queues(warehouse: Warehouse, first: date, last: date) -> pl.DataFrame:
    frame = warehouse.answer(Question(("offered",), by=("queue",), since=first, until=last)).frame
    return frame.select("queue", whole="offered")


def _busiest(seen: pl.DataFrame, queues: pl.DataFrame, length: timedelta) -> Chosen:
    weeks = (length.days + 1) / 7
    joined = seen.join(queues, on="queue", how="left", nulls_equal=True).with_columns(
        total=pl.col("offered").sum().over("name")
    )
    most = pl.min_horizontal(pl.col("offered") / pl.col("total"), pl.col("offered") / pl.col("whole"))
    values = (
        joined.with_columns(alike=pl.when(pl.col("queue").is_not_null()).then(most))
        .group_by("name")
        .agg(pl.col("total").first(), pl.col("alike").max(), answers=pl.col("csat.n").sum())
    )
    if values.height < 2:
        return Chosen(known=values.height)
    own = values.filter((pl.col("alike") < ANOTHER_NAME).fill_null(True))
    busiest = own.filter(pl.col("total") >= AT_LEAST * weeks).sort("total", "name", descending=[True, False]).head(MOST)
    answering = busiest.filter(pl.col("answers") >= ANSWERS * weeks)["name"]
    return Chosen(tuple(sorted(busiest["name"])), frozenset(answering), own.height)
