"""From local clock readings to instants, and from instants to the local day and quarter of an hour."""

import polars as pl


def quarter(instant: pl.Expr, tz: str) -> tuple[pl.Expr, pl.Expr]:
    """The local `day` (Date) and `minute` (0 to 1425, rounded down to 15) of a UTC instant in zone `tz`."""
    local = instant.dt.convert_time_zone(tz)
    minute = local.dt.hour().cast(pl.Int64) * 60 + (local.dt.minute().cast(pl.Int64) // 15) * 15
    return local.dt.date().alias("day"), minute.alias("minute")


def to_instant(naive: pl.Expr, tz: str) -> pl.Expr:
    """A local clock reading (Datetime without zone) as a UTC instant; null where that hour happens twice or never."""
    zoned = naive.dt.replace_time_zone(tz, ambiguous="null", non_existent="null")
    return zoned.dt.convert_time_zone("UTC").dt.cast_time_unit("us")
