"""From local clock readings to instants and back to local quarters of an hour, looked up once per distinct quarter."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from floorwalker.core.records import instants

_WHICH: dict[str, Literal["earliest", "latest"]] = {"first": "earliest", "second": "latest"}
_QUARTER = 900_000_000
_NEVER = np.iinfo(np.int64).min
_NEAR = 200_000
"""Quarters of an hour between the first and the last that are put in one table: some five years."""

Whole = npt.NDArray[np.int64]


def to_instants(naive: pl.Series, tz: str, repeated: str = "") -> pl.Series:
    """UTC instants of local clock readings; null in an hour that never was, and in one that was twice.

    `repeated` decides the latter: "first" or "second" for all readings of such an hour.
    """
    if tz == "UTC" or naive.null_count() == len(naive):
        return naive.dt.replace_time_zone("UTC")
    quarters, places = _quarters(naive)
    starts = pl.Series(quarters * _QUARTER).cast(pl.Datetime("us"))
    if repeated:
        known = starts.dt.replace_time_zone(tz, ambiguous=_WHICH[repeated], non_existent="null").dt.convert_time_zone("UTC")
    else:
        known = starts.to_frame("naive").select(instants.to_instant(pl.col("naive"), tz)).to_series()
    shifts = (known.dt.replace_time_zone(None) - starts).dt.total_microseconds().fill_null(_NEVER).to_numpy()[places]
    moments = pl.Series(naive.to_physical().fill_null(0).to_numpy() + np.where(shifts == _NEVER, 0, shifts))
    lost = naive.is_null() | pl.Series(shifts == _NEVER)
    if lost.any():
        moments = moments.set(lost, None)
    return moments.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")


def day_and_minute(moments: pl.Series, tz: str) -> tuple[pl.Series, pl.Series]:
    """The local `day` and `minute` of UTC instants without nulls, as `core.records.instants.quarter` gives them."""
    quarters, places = _quarters(moments)
    day, minute = instants.quarter(pl.col("at"), tz)
    starts = pl.Series(quarters * _QUARTER).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    known = starts.to_frame("at").select(day, minute)
    return known["day"].gather(places), known["minute"].gather(places)


def _quarters(moments: pl.Series) -> tuple[Whole, Whole]:
    """Numbers of quarters of an hour since 1970, and for each moment the place of its quarter among them."""
    numbers = moments.to_physical().fill_null(strategy="forward").fill_null(strategy="backward").to_numpy() // _QUARTER
    if not len(numbers):
        return numbers, numbers
    low, high = int(numbers.min()), int(numbers.max())
    if high - low <= _NEAR:
        return np.arange(low, high + 1), numbers - low
    distinct, places = np.unique(numbers, return_inverse=True)
    return distinct, places
