"""Dated, concrete contacts to talk about: from each of the last weeks the one most like the change, never the worst."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from floorwalker.core.measures import Settings

WEEKS = 4
COLUMN = {
    "aht": "handle_s",
    "talk_time": "talk_s",
    "hold_time": "hold_s",
    "acw_time": "acw_s",
    "transfer_rate": "transfer_kind",
    "csat": "score_norm",
    "short_contact_share": "talk_s",
}
"""Where the rows behind a measure say what is talked about. Repeat contacts and hours have no single contact to show."""
PASSED_ON = ("blind", "attended", "queue")
PERSONAL_NAME = {"csat": "contact_native_id"}


@dataclass(frozen=True)
class Example:
    """One contact. `value` is its own value of the measure where that is a time, else None."""

    key: int
    day: date
    name: str
    queue: str
    value: float | None


def examples(days: Iterable[pl.DataFrame], measure: str, level: float, higher: bool, settings: Settings) -> list[Example]:
    """At most one contact of each of four weeks, the latest first.

    `days` are the rows behind the measure, a frame a day, the latest first. Of times, the contact nearest to the new `level`;
    of shares, one that counts where the share is `higher` now, and one that does not where it is lower.
    """
    if measure not in COLUMN:
        return []
    found: dict[int, Example] = {}
    distances: dict[int, float] = {}
    newest: date | None = None
    for frame in days:
        rows = _telling(frame, measure, higher, settings)
        if not rows.height:
            continue
        day = rows["day"][0]
        newest = newest or day
        week = (newest - day) // timedelta(days=7)
        if week >= WEEKS:
            break
        is_time = rows.schema[COLUMN[measure]].is_float() and measure not in ("csat", "short_contact_share")
        near = (
            rows.with_columns(far=(pl.col(COLUMN[measure]) - level).abs() if is_time else pl.lit(0.0))
            .sort("far")
            .row(0, named=True)
        )
        if week not in found or near["far"] < distances[week]:
            distances[week] = near["far"]
            name = near[PERSONAL_NAME.get(measure, "native_id")] or ""
            value = near[COLUMN[measure]] if is_time else None
            found[week] = Example(near["contact_key"], day, name, near["queue"] or "", value)
    return [found[week] for week in sorted(found)]


def _telling(frame: pl.DataFrame, measure: str, higher: bool, settings: Settings) -> pl.DataFrame:
    """Rows of known contacts that show the change."""
    column = COLUMN[measure]
    rows = frame.filter(pl.col("contact_key").is_not_null() & pl.col(column).is_not_null())
    if measure == "transfer_rate":
        return rows.filter(pl.col(column).is_in(PASSED_ON) == higher)
    if measure == "csat":
        return rows.filter((pl.col(column) >= settings.satisfied_from) == higher)
    if measure == "short_contact_share":
        return rows.filter((pl.col(column) < settings.short_contact_s) == higher)
    return rows
