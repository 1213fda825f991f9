"""Interval rows: what a system counted in a quarter or half of an hour. Never made into contacts."""

import polars as pl

from floorwalker.core.records import INTERVAL_STAT
from floorwalker.core.records.keys import key_of
from floorwalker.sources.reading import Site
from floorwalker.sources.spreadsheet import words, zones
from floorwalker.sources.spreadsheet.cells import Cells
from floorwalker.sources.spreadsheet.codes import unreadable
from floorwalker.sources.spreadsheet.fields import INTERVALS, Sort
from floorwalker.sources.spreadsheet.identity import Identity
from floorwalker.sources.spreadsheet.records import conformed
from floorwalker.sources.spreadsheet.script import plain

LONGEST_MIN = 1440
_PLACES = ("queue", "channel", "agent")
_KEY = ("started_at", *_PLACES)


def interval_tables(cells: Cells, site: Site, identity: Identity) -> dict[str, pl.DataFrame]:
    """The record frame of a batch; rows that do not stand are left out.

    A second row for a queue's interval is refused unless the answer `repeated_interval` is "add" or "last"; more answered
    than offered unless the answer `more_answered_than_offered` is "raise_offered".
    """
    _all_queues_aside(cells)
    said = cells.values(field.name for field in INTERVALS.fields)
    cells.require("started_at", said["started_at"])
    frame = pl.DataFrame(list(said.values())).with_columns(
        *(pl.lit("").alias(name) for name in _PLACES if name not in said),
        *(pl.col(name).fill_null("") for name in _PLACES if name in said),
    )
    frame = frame.with_columns(_length(cells, frame), cells.lines, cells.hashes)
    frame = frame.with_columns(_total(name, frame) for name in frame.columns if _is_mean(cells, name))
    frame = _possible(cells, frame)
    frame = _once_each(cells, frame, identity)
    day, minute = zones.day_and_minute(frame["started_at"], site.tz)
    return {"interval_stat": conformed(frame.with_columns(day, minute, pl.lit(site.source).alias("source")), INTERVAL_STAT)}


def _all_queues_aside(cells: Cells) -> None:
    """Rows of all queues together, which would count every contact twice."""
    if cells.has("queue"):
        texts = cells.texts("queue")
        sums = [text for text in texts.unique().drop_nulls() if plain(text) in words.totals()]
        if count := cells.set_aside(texts.is_in(sums)):
            cells.say("totals_left_out", lines=count)


def _length(cells: Cells, frame: pl.DataFrame) -> pl.Series:
    if "length_min" not in frame.columns:
        raise unreadable("field_not_mapped", kind="intervals", fields="length_min")
    length = frame["length_min"].cast(pl.Float64, strict=False)
    cells.refuse(~length.is_between(1, LONGEST_MIN).fill_null(value=False), "not_an_interval", "length_min")
    return length.cast(pl.Int64, strict=False).alias("length_min")


def _is_mean(cells: Cells, name: str) -> bool:
    return cells.has(name) and INTERVALS[name].sort is Sort.DURATION and cells.mapping.fields[name].per == "contact"


def _total(name: str, frame: pl.DataFrame) -> pl.Expr:
    """A mean per answered contact times their number; unknown when that number is."""
    return (pl.col(name) * (pl.col("answered") if "answered" in frame.columns else pl.lit(None, pl.Int64))).alias(name)


def _possible(cells: Cells, frame: pl.DataFrame) -> pl.DataFrame:
    if not {"answered", "offered"} <= set(frame.columns):
        return frame
    if cells.mapping.answers.get("more_answered_than_offered") == "raise_offered":
        return frame.with_columns(
            pl.max_horizontal("offered", pl.when(pl.col("offered").is_not_null()).then("answered")).alias("offered")
        )
    more = (frame["answered"] > frame["offered"]).fill_null(value=False)
    facts = frame.select("answered", "offered").filter(more & cells.standing).rows(named=True)
    cells.refuse_each(more, "more_answered_than_offered", "answered", "take_offered_as_answered", facts)
    return frame


def _once_each(cells: Cells, frame: pl.DataFrame, identity: Identity) -> pl.DataFrame:
    """The standing rows, one for each interval of each queue. Rows added to another, or outdone by a later, are set aside."""
    way = cells.mapping.answers.get("repeated_interval", "")
    if way:
        kept = _added(cells.kept(frame)) if way == "add" else cells.kept(frame).unique(_KEY, keep="last", maintain_order=True)
        dropped = cells.standing & ~frame["line"].is_in(kept["line"].implode())
        cells.set_aside(dropped)
        frame = frame.select("line").join(kept, on="line", how="left", maintain_order="left")
    if way != "last":
        keys = frame.select(key_of([pl.col(name) for name in _KEY])).to_series()
        again = identity.repeated(keys, cells.standing)
        facts = frame.select("queue").filter(again & cells.standing).rows(named=True)
        cells.refuse_each(again, "repeated_interval", "started_at", "add_up_or_keep_last", facts)
    return cells.kept(frame)


def _added(frame: pl.DataFrame) -> pl.DataFrame:
    sums = [
        field.name for field in INTERVALS.fields if field.sort in (Sort.COUNT, Sort.DURATION) and field.name in frame.columns
    ]
    sums = [name for name in sums if name != "threshold_s"]
    return frame.group_by(_KEY, maintain_order=True).agg(
        *(pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name) for name in sums),
        *(pl.col(name).first() for name in ("length_min", "line", "threshold_s") if name in frame.columns),
        pl.col("row_hash").sum(),
    )
