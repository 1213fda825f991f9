"""The `follow` rows of some days: each contact with the next one of its customer, read backwards block by block."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import polars as pl

from floorwalker.core.measures.adding import days_to_follow
from floorwalker.core.measures.follow import NONE, Follower, Integers
from floorwalker.core.measures.settings import Settings
from floorwalker.core.records import UNCOUNTED
from floorwalker.warehouse.manifest import Part
from floorwalker.warehouse.snapshot import Snapshot

FOLLOW_BASICS = ("day", "direction", "status", "reopen_count", "customer_key", "started_at")
"""Columns of a contact by which it is told whether its customer came back; dimensions are read beside them."""
FOLLOW_ADDED = ("next_at", "known_until")

_BLOCK_ROWS = 150_000
_ZONES = timedelta(days=1)
"""A local day lies within the UTC days before and after it."""

_FOR_THE_PASS = ("contact_key", "customer_key", "started_at", "direction", "status")
_INSTANT = pl.Datetime("us", "UTC")


def follow_rows(
    root: Path, snapshot: Snapshot, since: date, until: date, settings: Settings, columns: Sequence[str]
) -> Iterator[pl.DataFrame]:
    """Frames of `columns` (FOLLOW_BASICS among them), next_at and known_until, latest first: contacts of known customers.

    `next_at` is null where the customer did not come back within `settings.repeat_days`, give or take a day.
    """
    follower = Follower(int(days_to_follow(settings) / timedelta(microseconds=1)))
    last = until + days_to_follow(settings) + _ZONES
    for first, end in _blocks(snapshot.days("contact", since - _ZONES, last)):
        parts = snapshot.days("contact", first - _ZONES, end + _ZONES)
        wanted = set(columns) if first - _ZONES <= until else set()
        block = _read(root, parts, [*dict.fromkeys((*_FOR_THE_PASS, *sorted(wanted)))], first, end)
        starts = block["started_at"].to_physical().to_numpy()
        found = follower.next_starts(starts, block["customer_key"].to_numpy(), block["counted_"].to_numpy())
        if wanted:
            rows = block.with_columns(_instants(found), pl.lit(snapshot.known_until, _INSTANT).alias("known_until"))
            yield rows.filter(pl.col("day").is_between(since, until)).select(*columns, *FOLLOW_ADDED)


def _blocks(parts: Sequence[Part]) -> Iterator[tuple[date, date]]:
    """Runs of days with about _BLOCK_ROWS contacts, the latest first; together they cover every day between the parts."""
    end: date | None = None
    rows = 0
    for part in reversed(parts):
        end = end or part.day
        rows += part.rows
        if rows >= _BLOCK_ROWS:
            yield part.day, end
            end, rows = part.day - timedelta(days=1), 0
    if end and parts and parts[0].day <= end:
        yield parts[0].day, end


def _read(root: Path, parts: Sequence[Part], columns: list[str], first: date, end: date) -> pl.DataFrame:
    """Contacts of known customers that began on the UTC days from `first` to `end`, in order of time."""
    began = pl.col("started_at").is_between(_midnight(first), _midnight(end + timedelta(days=1)), closed="left")
    inbound = pl.col("direction").fill_null("in") == "in"
    counted = inbound & ~pl.col("status").fill_null("closed").is_in(UNCOUNTED)
    rows = (
        pl.scan_parquet([root / part.path for part in parts])
        .select(columns)
        .filter(began & pl.col("customer_key").is_not_null())
        .with_columns(counted_=counted)
        .collect()
    )
    return rows if rows["started_at"].is_sorted() else rows.sort("started_at", "contact_key")


def _instants(found: Integers) -> pl.Series:
    frame = pl.DataFrame({"next_at": found})
    return frame.select(pl.when(pl.col("next_at") != NONE).then(pl.col("next_at")).cast(_INSTANT))["next_at"]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
