"""What the warehouse knows about the past, as the engines want it: counts by half-hour, handle times, patience."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from floorwalker.core.measures import Filter, Question
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.planning.concurrency import chat_durations
from floorwalker.web.planning.needs import Rates

STEP, DAY = 30, 24 * 60
DAYS_OF_RATES = 42
FEWEST_HANDLED = 30
FEWEST_ABANDONS = 20
USUAL_AHT_S = 300.0
HISTORY = {"queue": pl.String, "start": pl.Datetime("us"), "contacts": pl.Float64}


@dataclass(frozen=True)
class Known:
    """Counts by queue and half-hour up to `until`, the site's clock; the queue without a name is all of them together."""

    counts: pl.DataFrame
    until: datetime
    last_day: date


@dataclass(frozen=True)
class Usual:
    """How a queue's contacts have been lately, and how much the handle time of whole days differs (of its logarithm)."""

    rates: Rates
    spread: float = 0.0


def history_of(warehouse: Warehouse, days: int, now: datetime, known_until: datetime | None) -> Known | None:
    """Counts of the last `days`; None when there are none. `now` and `known_until` are readings of the site's clock.

    An interval without contacts on a day of which the site knows any, at a time of day at which the queue ever had some, is a
    zero. A day without any contacts at all stays unknown.
    """
    frame = warehouse.answer(Question(("offered",), ("queue", "day", "minute"), since=now.date() - timedelta(days))).frame
    rows = frame.filter(pl.col("minute").is_not_null() & (pl.col("offered") > 0) & (pl.col("day") <= now.date()))
    if not rows.height:
        return None
    named = rows.with_columns(pl.col("queue").fill_null(""))
    every = named.group_by("day", "minute").agg(pl.col("offered").sum()).with_columns(queue=pl.lit(""))
    both = pl.concat([named.filter(pl.col("queue") != ""), every], how="diagonal")
    stepped = (
        both.with_columns(minute=pl.col("minute").cast(pl.Int64) // STEP * STEP)
        .group_by("queue", "day", "minute")
        .agg(contacts=pl.col("offered").sum().cast(pl.Float64))
    )
    last = stepped["day"].max()
    assert isinstance(last, date)  # noqa: S101 - there are rows
    until = _until(last, now, known_until)
    return Known(as_clocks_ran(_with_zeros(stepped, until), now), until, last)


def _until(last: date, now: datetime, known_until: datetime | None) -> datetime:
    """The half-hour up to which everything is known: in the day under way, else the end of the last known day."""
    if last == now.date() and known_until is not None:
        at = min(known_until, now).replace(tzinfo=None)
        return at.replace(minute=at.minute // STEP * STEP, second=0, microsecond=0)
    return datetime.combine(last + timedelta(1), datetime.min.time())


def _with_zeros(counts: pl.DataFrame, until: datetime) -> pl.DataFrame:
    slots = counts.select("queue", "minute").unique()
    begun = counts.group_by("queue").agg(first=pl.col("day").min())
    days = counts.select("day").unique()
    grid = slots.join(begun, on="queue").join(days, how="cross").filter(pl.col("day") >= pl.col("first"))
    whole = grid.join(counts, on=["queue", "day", "minute"], how="left").with_columns(pl.col("contacts").fill_null(0.0))
    started = whole.with_columns(start=pl.col("day").cast(pl.Datetime("us")) + pl.duration(minutes="minute"))
    return started.filter(pl.col("start") < until).select(list(HISTORY)).cast(HISTORY).sort("queue", "start")  # type: ignore[arg-type]


def as_clocks_ran(counts: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Where the site's clock was changed: an hour that was lived twice counts half, one that never was is unknown."""
    days = counts.select(day=pl.col("start").dt.date()).unique()["day"].to_list()
    changed = [day for day in days if _offset(day, 0, now) != _offset(day + timedelta(1), 0, now)]
    twice: list[datetime] = []
    never: list[datetime] = []
    for start in (
        datetime.combine(day, datetime.min.time()) + timedelta(minutes=at) for day in changed for at in range(0, DAY, STEP)
    ):
        first, second = (start.replace(tzinfo=now.tzinfo, fold=fold).utcoffset() or timedelta(0) for fold in (0, 1))
        if first != second:
            (twice if first > second else never).append(start)
    halved = pl.when(pl.col("start").is_in(twice)).then(pl.col("contacts") / 2).otherwise("contacts")
    return counts.with_columns(contacts=halved).filter(~pl.col("start").is_in(never)) if changed else counts


def _offset(day: date, hour: int, now: datetime) -> timedelta:
    return datetime(day.year, day.month, day.day, hour, tzinfo=now.tzinfo).utcoffset() or timedelta(0)


def usual_of(warehouse: Warehouse, last: date, since: Mapping[str, date]) -> dict[str, Usual]:
    """Each queue's rates over six weeks up to `last`, or since its handle time shifted for good (`since`)."""
    first = last - timedelta(DAYS_OF_RATES)
    asked = Question(("aht",), ("queue", "day"), first, last, (Filter("queue", ("*",)),))
    days = warehouse.answer(asked).frame.filter(pl.col("aht").is_not_null() & (pl.col("aht.n") > 0))
    patience, chats = _patience(warehouse, first), chat_durations(warehouse, first)
    found: dict[str, Usual] = {}
    for (queue,), rows in days.partition_by("queue", as_dict=True).items():
        name = str(queue)
        lately = rows.filter(pl.col("day") >= since.get(name, first))
        used = lately if (lately["aht.n"].sum() or 0) >= FEWEST_HANDLED else rows
        weights, values = used["aht.n"].to_numpy().astype(float), used["aht"].to_numpy().astype(float)
        spread = float(np.log(values[values > 0]).std()) if (values > 0).sum() > 5 else 0.0
        found[name] = Usual(Rates(float(np.average(values, weights=weights)), patience.get(name), chats.get(name, ())), spread)
    return found


def _patience(warehouse: Warehouse, first: date) -> dict[str, float]:
    """Mean patience by queue where enough customers have left: all the time that anybody waited, for each who gave up.

    That is the maximum-likelihood estimate of an exponential patience when an answer ends the watching.
    """
    files = warehouse.files().get("leg", ())
    if not files:
        return {}
    legs = pl.scan_parquet([str(path) for path in files[-2 * DAYS_OF_RATES :]])
    waited = legs.filter((pl.col("day") >= first) & pl.col("wait_s").is_not_null() & pl.col("queue").is_not_null())
    by_queue = (
        waited.filter(pl.col("outcome").is_in(["answered", "abandoned"]))
        .group_by("queue")
        .agg(waited=pl.col("wait_s").sum(), left=(pl.col("outcome") == "abandoned").sum())
        .filter((pl.col("left") >= FEWEST_ABANDONS) & (pl.col("waited") > 0))
        .collect()
    )
    return {queue: waited / left for queue, waited, left in by_queue.select("queue", "waited", "left").iter_rows()}
