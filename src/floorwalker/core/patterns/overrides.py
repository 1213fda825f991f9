"""What a person has decided against the engine, or before it: it is obeyed, and told apart from what the engine decided.

A table with the columns series, kind, first and, where it ends, last:

- `leave_out`: these days were a blip. They enter neither the evidence nor the usual; they are told as `blip`, reason `told`.
- `not_lasting`: what is away from the usual on these days will go back. No change that began on them, or in the week before, is
  told as lasting or becomes the usual; what speaks for one is told as a blip, reason `told`. Afterwards the days are left out.
  Without `last` it holds until it is taken back.
- `new_normal`: since `first` another level is the usual. What was before is set aside and the level is learned anew, the
  weekday profile and the noise are kept.
"""

from datetime import timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from floorwalker.core.patterns.memory import T_BEFORE, T_DENIED, T_LEFT_OUT, T_NORMAL, T_NOTHING
from floorwalker.core.patterns.observations import Unusable

KINDS = {"leave_out": "blip_left_out", "not_lasting": "not_lasting", "new_normal": "new_normal"}
"""Each kind, and under which name `decisions` lists it."""
NEAR = timedelta(days=7)
"""A change that began this much earlier is still the one that was meant."""


def read(overrides: pl.DataFrame | None) -> pl.DataFrame | None:
    """The table with dates; None where there is nothing. Raises Unusable where it cannot be understood."""
    if overrides is None or overrides.is_empty():
        return None
    missing = [name for name in ("series", "kind", "first") if name not in overrides.columns]
    if missing:
        raise Unusable("column_missing", column=missing[0], found=", ".join(overrides.columns))
    if "last" not in overrides.columns:
        overrides = overrides.with_columns(last=pl.lit(None, pl.Date))
    unknown = overrides.filter(~pl.col("kind").is_in(list(KINDS)).fill_null(False))
    if unknown.height:
        raise Unusable("unknown_override", found=str(unknown["kind"][0]))
    days = overrides.select(pl.col("series", "kind").cast(pl.String), _date("first"), _date("last"))
    if days["first"].null_count() or (days["last"].null_count() > overrides["last"].null_count()):
        raise Unusable("unreadable_date", column="first, last")
    return days.sort("series", "first", "kind")


def _date(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).str.to_date(strict=False)


def told(rows: pl.DataFrame, overrides: pl.DataFrame | None, judged: pl.DataFrame) -> NDArray[np.int8]:
    """For each of `rows` (series, date; sorted) what a person has said of it, as the kernels read it (T_*).

    `judged` (series, until) is the last day of each series that has been judged before: a new normal begins once.
    """
    if overrides is None:
        return np.zeros(rows.height, np.int8)
    keyed = rows.select("series", "date").with_row_index()
    whole = keyed.join(overrides, on="series")
    date, first, last = pl.col("date"), pl.col("first"), pl.col("last")
    within, before = (date >= first) & (date <= last).fill_null(True), (date >= first - NEAR) & (date < first)
    kind = pl.col("kind")
    begun = whole.join(judged, on="series", how="left").filter((kind == "new_normal") & (date >= first))
    starts = begun.filter(first > pl.col("until")).group_by("series", "first").agg(pl.col("index").min())
    marked = pl.concat(
        [
            whole.filter((kind == "not_lasting") & before).select("index", code=_code(T_BEFORE)),
            whole.filter((kind == "not_lasting") & within).select("index", code=_code(T_DENIED)),
            whole.filter((kind == "leave_out") & within).select("index", code=_code(T_LEFT_OUT)),
            starts.select("index", code=_code(T_NORMAL)),
        ]
    )
    found = np.full(rows.height, T_NOTHING, np.int8)
    found[marked["index"].to_numpy()] = marked["code"].to_numpy()
    return found


def _code(code: int) -> pl.Expr:
    return pl.lit(code, pl.Int8)


def decided(overrides: pl.DataFrame | None, names: pl.Series) -> pl.DataFrame:
    """The overrides of these series as rows of `decisions`, by `person`."""
    listed = pl.DataFrame(schema=DECISIONS) if overrides is None else overrides.filter(pl.col("series").is_in(names.implode()))
    if listed.is_empty():
        return pl.DataFrame(schema=DECISIONS)
    return listed.select(
        "series",
        decided="first",
        kind=pl.col("kind").replace_strict(KINDS),
        first="first",
        last="last",
        by=pl.lit("person"),
    )


DECISIONS = {
    "series": pl.String,
    "decided": pl.Date,
    "kind": pl.String,
    "first": pl.Date,
    "last": pl.Date,
    "by": pl.String,
}
