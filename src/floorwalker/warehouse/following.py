"""The `follow` rows of some days: each contact with the next one of its customer, read backwards block by block."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
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

_FOR_THE_PASS = ("customer_key", "started_at")
_BITS_PER_CUSTOMER = 8
_INSTANT = pl.Datetime("us", "UTC")


def follow_rows(
    root: Path, snapshot: Snapshot, since: date, until: date, settings: Settings, columns: Sequence[str]
) -> Iterator[pl.DataFrame]:
    """Frames of `columns` (FOLLOW_BASICS among them), next_at and known_until, latest first: contacts of known customers.

    `next_at` is null where the customer did not come back within `settings.repeat_days`, give or take a day.
    """
    follower = Follower(int(days_to_follow(settings) / timedelta(microseconds=1)))
    last = until + days_to_follow(settings) + _ZONES
    parts = snapshot.days("contact", since - _ZONES, last)
    edge = until + _ZONES
    mine = _Customers.of(root, parts, edge)
    for first, end in _blocks(parts, edge):
        wanted = sorted(columns) if first <= edge else []
        near = snapshot.days("contact", first - _ZONES, end + _ZONES)
        block = _read(root, near, wanted, first, end, mine)
        starts = block["started_at"].to_physical().to_numpy()
        found = follower.next_starts(starts, block["customer_key"].to_numpy(), block["counted_"].to_numpy())
        if wanted:
            rows = block.with_columns(_instants(found), pl.lit(snapshot.known_until, _INSTANT).alias("known_until"))
            yield rows.filter(pl.col("day").is_between(since, until)).select(*columns, *FOLLOW_ADDED)


@dataclass(frozen=True)
class _Customers:
    """Those of the days that are asked for; of the days after them, contacts of others need no look."""

    bits: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, root: Path, parts: Sequence[Part], edge: date) -> "_Customers | None":
        """The customers until `edge`; None where telling them apart would cost more than it saves."""
        asked = [root / part.path for part in parts if part.day <= edge]
        rows = sum(part.rows for part in parts if part.day <= edge)
        if not asked or 2 * rows > sum(part.rows for part in parts):
            return None
        keys = pl.scan_parquet(asked).select(pl.col("customer_key").drop_nulls()).collect().to_series()
        bits = np.zeros(_BITS_PER_CUSTOMER << rows.bit_length(), np.bool_)
        bits[_hashed(keys.to_numpy(), len(bits))] = True
        return cls(bits)

    def among(self, keys: pl.Series) -> pl.Series:
        """Which of the keys may be theirs; of a null, either."""
        return pl.Series(self.bits[_hashed(keys.fill_null(0).to_numpy(), len(self.bits))])


def _hashed(keys: Integers, many: int) -> Integers:
    """The low bits of keys; these are hashes themselves."""
    return keys & (many - 1)


def _blocks(parts: Sequence[Part], edge: date) -> Iterator[tuple[date, date]]:
    """Runs of days with about _BLOCK_ROWS contacts, the latest first, each before or after the end of day `edge`.

    Together they cover every day between the parts.
    """
    end: date | None = None
    rows = 0
    for part in reversed(parts):
        if end and rows and part.day <= edge < end:
            yield edge + timedelta(days=1), end
            end, rows = edge, 0
        end = end or part.day
        rows += part.rows
        if rows >= _BLOCK_ROWS:
            yield part.day, end
            end, rows = part.day - timedelta(days=1), 0
    if end and parts and parts[0].day <= end:
        yield parts[0].day, end


def _read(
    root: Path, parts: Sequence[Part], columns: list[str], first: date, end: date, mine: _Customers | None
) -> pl.DataFrame:
    """Contacts of known customers that began on the UTC days from `first` to `end`, in order of time."""
    began = pl.col("started_at").is_between(_midnight(first), _midnight(end + timedelta(days=1)), closed="left")
    inbound = pl.col("direction").fill_null("in") == "in"
    counted = inbound & ~pl.col("status").fill_null("closed").is_in(UNCOUNTED)
    known = began & pl.col("customer_key").is_not_null()
    if mine and not columns:
        known &= pl.col("customer_key").map_batches(mine.among, return_dtype=pl.Boolean)
    found = pl.scan_parquet([root / part.path for part in parts]).with_columns(counted_=counted)
    names = [*dict.fromkeys((*_FOR_THE_PASS, *columns, "counted_"))]
    rows = found.filter(known).select(names).collect()
    if not rows["started_at"].is_sorted():
        rows = found.filter(known).select([*names, "contact_key"]).sort("started_at", "contact_key").select(names).collect()
    return rows


def _instants(found: Integers) -> pl.Series:
    frame = pl.DataFrame({"next_at": found})
    return frame.select(pl.when(pl.col("next_at") != NONE).then(pl.col("next_at")).cast(_INSTANT))["next_at"]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
