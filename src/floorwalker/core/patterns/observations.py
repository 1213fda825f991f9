"""A table of daily observations, checked row by row and laid out for the kernels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

KINDS = {"count": 0, "rate": 1, "mean": 2}
COLUMNS = {"series": pl.String, "kind": pl.String, "date": pl.Date, "value": pl.Float64, "weight": pl.Float64}
LARGEST, LEAST = 1e100, 1e-6
"""No number of a service desk is larger, and no day rests on less than this."""


class Unusable(ValueError):
    """A table that cannot be read at all. `code` names the reason, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(f"{code} {facts}")
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Observations:
    """Rows sorted by series and date. `values` is NaN where nothing is known; `refusals` says why where that is an error."""

    names: pl.Series
    rows: NDArray[np.int64]
    """(series + 1,) where each series begins."""
    kinds: NDArray[np.int64]
    series: pl.Series
    dates: pl.Series
    days: NDArray[np.int64]
    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    expected: NDArray[np.bool_]
    """Days of a known event."""
    refusals: pl.DataFrame
    """series, date, code, found."""


def observe(table: pl.DataFrame, events: pl.DataFrame | None = None) -> Observations:
    """Check a table with the columns series, kind (count, rate, mean), date, value, weight, and lay it out.

    A count has no weight; a mean may have one (how many observations it is the mean of); a rate needs one (its denominator).
    No value, or a weight of 0, means that nothing is known of the day. A row that cannot be right (see `_reason`) counts as
    unknown and is listed in `refusals`; it never stops the others. Of an instant the day counts that is written there or that
    its own zone's clock showed, so a change of clocks moves no day. `events` has a column date and may have one series.
    Raises Unusable where a column is missing.
    """
    missing = [name for name in COLUMNS if name != "weight" and name not in table.columns]
    if missing:
        raise Unusable("column_missing", column=missing[0], found=", ".join(table.columns))
    if "weight" not in table.columns:
        table = table.with_columns(weight=pl.lit(None, pl.Float64))
    dated, unreadable = _dated(table)
    rows = dated.select(
        *(pl.col(name).cast(kind, strict=False) for name, kind in COLUMNS.items()),
        unread=pl.coalesce(_unread(table, "value"), _unread(table, "weight")),
    ).drop_nulls(["series", "date"])
    rows = rows.sort("series", "date", maintain_order=True) if not _sorted(rows) else rows
    rows = rows.with_columns(first=pl.col("kind").first().over("series"), code=_reason())
    refusals = rows.filter(pl.col("code").is_not_null()).select("series", "date", "code", found=_found())
    lengths = rows["series"].rle().struct.unnest()
    ends = np.concatenate([[0], np.cumsum(lengths["len"].to_numpy())]).astype(np.int64)
    known = rows.select(
        value=pl.when(pl.col("code").is_null() & ~_empty()).then("value").fill_null(float("nan")),
        weight=pl.col("weight").fill_null(0.0),
    )
    kinds = rows["kind"].gather(ends[:-1]).replace_strict(KINDS, default=KINDS["mean"], return_dtype=pl.Int64)
    return Observations(
        names=lengths["value"],
        rows=ends,
        kinds=kinds.to_numpy(),
        series=rows["series"],
        dates=rows["date"],
        days=rows["date"].cast(pl.Int32).cast(pl.Int64).to_numpy(),
        values=known["value"].to_numpy(),
        weights=known["weight"].to_numpy(),
        expected=_expected(rows, events),
        refusals=pl.concat([unreadable, refusals]),
    )


def _dated(table: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The table with a column of dates, and a refusal for each row whose date is none or that names no series."""
    date, sort = pl.col("date"), table.schema["date"]
    if sort == pl.String:
        read = date.str.strip_chars().str.replace(r"^(\d{4}-\d{2}-\d{2})[T ]\d.*$", "$1").str.to_date(strict=False)
    else:
        read = date.dt.date() if isinstance(sort, pl.Datetime) else date.cast(pl.Date, strict=False)
    name = pl.col("series").cast(pl.String)
    code = pl.when(read.is_null()).then(pl.lit("unreadable_date")).when(name.is_null()).then(pl.lit("no_series"))
    found = pl.when(read.is_null()).then(date.cast(pl.String)).fill_null("")
    lost = table.select(name.fill_null(""), date=pl.when(read.is_not_null()).then(read), code=code, found=found)
    return table.with_columns(date=read), lost.filter(pl.col("code").is_not_null())


def _unread(table: pl.DataFrame, column: str) -> pl.Expr:
    """A written value that is no number; null where it is one, or empty and so only unknown."""
    if table.schema[column] != pl.String:
        return pl.lit(None, pl.String)
    written = pl.col(column).str.strip_chars()
    return pl.when(written.cast(pl.Float64, strict=False).is_null() & (written != "")).then(written)


def _sorted(rows: pl.DataFrame) -> bool:
    before = rows.select(s=pl.col("series").shift(), d=pl.col("date").shift())
    after, same = rows["series"] > before["s"], rows["series"] == before["s"]
    return bool((after | (same & (rows["date"] >= before["d"]))).fill_null(True).all())


def _empty() -> pl.Expr:
    return pl.col("value").is_nan() | ((pl.col("kind") != "count") & (pl.col("weight") == 0)).fill_null(False)


def _reason() -> pl.Expr:
    """Why a row cannot be right; null where it can."""
    value, weight, kind = pl.col("value"), pl.col("weight"), pl.col("kind")
    rules = {
        "not_a_number": pl.col("unread").is_not_null(),
        "unknown_kind": ~kind.is_in(list(KINDS)).fill_null(False),
        "kind_changed": kind != pl.col("kind").first().over("series"),
        "duplicate_day": pl.struct("series", "date").is_duplicated() & value.is_not_null(),
        "not_finite": value.is_infinite() | weight.is_infinite() | weight.is_nan(),
        "beyond_reason": (value.is_not_nan() & (value.abs() > LARGEST))
        | (weight > LARGEST)
        | ((weight > 0) & (weight < LEAST)),
        "negative_weight": weight < 0,
        "negative_count": (kind == "count") & (value < 0),
        "rate_outside_0_1": (kind == "rate") & ((value < 0) | (value > 1)),
        "rate_without_weight": (kind == "rate") & weight.is_null() & value.is_not_null(),
    }
    return pl.coalesce(pl.when(rule).then(pl.lit(code)) for code, rule in rules.items())


def _found() -> pl.Expr:
    return (
        pl.when(pl.col("code") == "not_a_number")
        .then("unread")
        .when(pl.col("code").is_in(["unknown_kind", "kind_changed"]))
        .then("kind")
        .when(pl.col("code").is_in(["negative_weight", "rate_without_weight"]) | _odd_weight())
        .then(pl.col("weight").cast(pl.String))
        .otherwise(pl.col("value").cast(pl.String))
        .fill_null("")
    )


def _odd_weight() -> pl.Expr:
    return pl.col("code").is_in(["beyond_reason", "not_finite"]) & (pl.col("value").abs() <= LARGEST)


def _expected(rows: pl.DataFrame, events: pl.DataFrame | None) -> NDArray[np.bool_]:
    if events is None or events.is_empty():
        return np.zeros(rows.height, np.bool_)
    keys = ["date", "series"] if "series" in events.columns else ["date"]
    marked: Any = rows.select("series", "date").join(
        events.select(keys).unique().with_columns(marked=True), on=keys, how="left", maintain_order="left"
    )
    return np.asarray(marked["marked"].fill_null(False).to_numpy())
