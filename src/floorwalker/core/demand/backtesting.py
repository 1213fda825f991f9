"""How good would the forecasts of the last weeks have been, against the plain mean of the last four same weekdays?"""

from datetime import datetime, time, timedelta

import polars as pl

from floorwalker.core.demand.forecasting import forecast
from floorwalker.core.demand.history import checked
from floorwalker.core.demand.settings import Settings

LEADS = {"same_day": (0, 0), "days_2_7": (1, 6), "days_8_14": (7, 13), "days_15_28": (14, 27)}
"""Days ahead of the origin's own date, both included; forecasts made at midnight."""


def backtest(
    history: pl.DataFrame,
    until: datetime,
    weeks: int = 4,
    days: int = 14,
    known: pl.DataFrame | None = None,
    masked: pl.DataFrame | None = None,
    levels: pl.DataFrame | None = None,
    settings: Settings | None = None,
) -> pl.DataFrame:
    """Forecast again from each midnight of the last `weeks` before `until`, knowing only what was known then, and compare.

    One row per queue, lead (same_day, days_2_7 ...) and grain (interval | day): `error` and `error_of_mean` are WAPE (absolute
    errors over counts, both summed) of ours and of the plain weekday mean over the same intervals, `coverage` the share of
    outcomes from q10 to q90, `bias` the sum of forecasts over that of outcomes less 1, `outcomes` how many were compared.
    """
    first = datetime.combine(until.date() - timedelta(days=7 * weeks), time())
    midnights = pl.DataFrame(
        {"origin": pl.Series([first + timedelta(days=k) for k in range(7 * weeks)], dtype=pl.Datetime("us"))}
    )
    actual = checked(history, until).filter(pl.col("code").is_null()).group_by("queue", "start").agg(pl.col("contacts").mean())
    origins = actual.select("queue").unique().join(midnights, how="cross")
    rows = forecast(history, origins, days, known, masked, levels, settings).rows
    rows = rows.with_columns(date=pl.col("start").dt.date(), ahead=_days_ahead())
    lead = pl.coalesce(pl.when(pl.col("ahead").is_between(*bounds)).then(pl.lit(name)) for name, bounds in LEADS.items())
    rows = rows.with_columns(lead=lead).drop_nulls("lead")
    cells = _with_plain_mean(rows.filter(kind="interval").join(actual, on=["queue", "start"]), actual).drop_nulls("plain")
    sums = cells.group_by("queue", "origin", "date").agg(pl.col("contacts", "mean", "plain").sum())
    totals = rows.filter(kind="day").drop("mean").join(sums, on=["queue", "origin", "date"])
    return pl.concat([_scored(cells, "interval"), _scored(totals, "day")]).sort("queue", "lead", "grain")


def _days_ahead() -> pl.Expr:
    return (pl.col("start").dt.date() - pl.col("origin").dt.date()).dt.total_days()


def _with_plain_mean(rows: pl.DataFrame, actual: pl.DataFrame) -> pl.DataFrame:
    """Rows with `plain`: the mean of the last four known same weekdays before the origin, looked for in the last ten weeks."""
    rows = rows.with_columns(week=((pl.col("start").dt.date() - pl.col("origin").dt.date()).dt.total_days() // 7) + 1)
    back = [
        actual.select("queue", start=pl.col("start") + pl.duration(weeks=k), **{f"before{k}": pl.col("contacts")})
        for k in range(1, 13)
    ]
    for each in back:
        rows = rows.join(each, on=["queue", "start"], how="left")
    told = pl.concat_list([pl.when(pl.col("week") <= k).then(f"before{k}") for k in range(1, 13)])
    return rows.with_columns(plain=told.list.drop_nulls().list.head(4).list.mean()).drop([f"before{k}" for k in range(1, 13)])


def _scored(rows: pl.DataFrame, grain: str) -> pl.DataFrame:
    counts = pl.col("contacts").sum()
    inside = pl.col("contacts").is_between(pl.col("q10"), pl.col("q90"))
    return rows.group_by("queue", "lead").agg(
        grain=pl.lit(grain),
        error=(pl.col("contacts") - pl.col("mean")).abs().sum() / counts,
        error_of_mean=(pl.col("contacts") - pl.col("plain")).abs().sum() / counts,
        coverage=inside.mean(),
        bias=pl.col("mean").sum() / counts - 1,
        outcomes=pl.len(),
    )
