"""From local clock readings to instants and back to local quarters of an hour, looked up once per distinct quarter."""

from typing import Literal

import polars as pl

from floorwalker.core.records import instants

_WHICH: dict[str, Literal["earliest", "latest"]] = {"first": "earliest", "second": "latest"}


def to_instants(naive: pl.Series, tz: str, repeated: str = "") -> pl.Series:
    """UTC instants of local clock readings; null in an hour that never was, and in one that was twice.

    `repeated` decides the latter: "first" or "second" for all readings of such an hour.
    """
    if tz == "UTC":
        return naive.dt.replace_time_zone("UTC")
    quarters = naive.dt.truncate("15m")
    distinct = quarters.unique().drop_nulls()
    if repeated:
        zoned = distinct.dt.replace_time_zone(tz, ambiguous=_WHICH[repeated], non_existent="null")
        known = zoned.dt.convert_time_zone("UTC")
    else:
        known = distinct.to_frame("naive").select(instants.to_instant(pl.col("naive"), tz)).to_series()
    starts = quarters.replace_strict(distinct, known, default=None, return_dtype=pl.Datetime("us", "UTC"))
    return starts + (naive - quarters)


def happens_twice(naive: pl.Series, tz: str) -> pl.Series:
    """Which readings lie in an hour that the clock shows twice."""
    return to_instants(naive, tz).is_null() & to_instants(naive, tz, "first").is_not_null()


def day_and_minute(moments: pl.Series, tz: str) -> tuple[pl.Series, pl.Series]:
    """The local `day` and `minute` of UTC instants in zone `tz`, as `core.records.instants.quarter` gives them."""
    quarters = moments.dt.truncate("15m")
    distinct = quarters.unique().drop_nulls()
    day, minute = instants.quarter(pl.col("at"), tz)
    known = distinct.to_frame("at").select(day, minute)
    days = quarters.replace_strict(distinct, known["day"], default=None, return_dtype=pl.Date)
    minutes = quarters.replace_strict(distinct, known["minute"], default=None, return_dtype=pl.Int64)
    return days.alias("day"), minutes.alias("minute")
