"""A table of counts by interval, checked row by row and laid out as days by slots, queue by queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from floorwalker.core.demand.settings import Floats

DAY = 1440
MOST_DAYS = 30 * 365
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local time without a zone, as in the history
Schema = pl.DataType | type[pl.DataType]
REFUSED: dict[str, Schema] = {"queue": pl.String, "start": pl.Datetime("us"), "code": pl.String, "found": pl.String}
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Unusable(ValueError):
    """A table that cannot be read at all. `code` names the reason, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(f"{code} {facts}")
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Grid:
    """One queue's history: `counts` (days, slots) is NaN where nothing is known; day 0 is `first` (days since 1970-01-01)."""

    queue: str
    step: int
    """Minutes of an interval."""
    first: int
    minutes: Ints
    """(slots,) minute of the day at which each slot starts."""
    counts: Floats
    resets: tuple[int, ...] = ()
    """Days on which a lasting shift began."""

    def starts(self, day: int) -> Ints:
        """(slots,) minutes since 1970-01-01 of a day's slots."""
        return np.asarray(day * DAY + self.minutes)


def lay_out(history: pl.DataFrame, until: datetime | None = None) -> tuple[dict[str, Grid], pl.DataFrame]:
    """Each queue's grid, and what was refused: queue, start, code, found. What starts at `until` or later is left out, and what
    started `MOST_DAYS` before it is refused: one wrong year must not lay out centuries.

    A missing row is unknown, not zero. A row that cannot be right counts as unknown and is listed; it never stops the others.
    Raises Unusable where a column is missing.
    """
    rows = checked(history, until)
    refused = [rows.filter(pl.col("code").is_not_null()).select("queue", "start", "code", "found")]
    good = rows.filter(pl.col("code").is_null()).select("queue", "start", "contacts")
    minutes = good["start"].dt.epoch("ms") // 60_000
    good = good.select("queue", "contacts", minute=minutes).sort("queue", "minute")
    grids: dict[str, Grid] = {}
    for queue, minute, contacts in _queues(good):
        found, bad = _grid(queue, minute, contacts)
        if found is not None:
            grids[queue] = found
        refused += bad
    return grids, pl.concat([each.cast(pl.Schema(REFUSED)) for each in refused])


def checked(history: pl.DataFrame, until: datetime | None = None) -> pl.DataFrame:
    """Rows before `until`: queue, start, contacts, found, and code where a row cannot be right. Empty cells are left out."""
    missing = [name for name in ("queue", "start", "contacts") if name not in history.columns]
    if missing:
        raise Unusable("column_missing", column=missing[0], found=", ".join(history.columns))
    written = history.schema["start"] == pl.String
    start = (
        pl.col("start").str.to_datetime(strict=False, time_unit="us") if written else pl.col("start").cast(pl.Datetime("us"))
    )
    value = pl.col("contacts").cast(pl.Float64, strict=False)
    found = pl.col("contacts").cast(pl.String).fill_null("")
    rows = history.select(
        queue=pl.col("queue").cast(pl.String).fill_null(""),
        start=start,
        contacts=value,
        found=pl.when(start.is_null()).then(pl.col("start").cast(pl.String).fill_null("")).otherwise(found),
        empty=found == "",
    )
    rules = {
        "unreadable_start": pl.col("start").is_null(),
        "not_a_number": pl.col("contacts").is_null() & ~pl.col("empty"),
        "not_finite": ~pl.col("contacts").is_finite(),
        "negative": pl.col("contacts") < 0,
        "too_old": pl.col("start") < (until or pl.col("start").max()) - timedelta(days=MOST_DAYS),
    }
    if until is not None:
        rows = rows.filter((pl.col("start") < until) | pl.col("start").is_null())
    coded = rows.with_columns(code=pl.coalesce(pl.when(rule).then(pl.lit(code)) for code, rule in rules.items()))
    return coded.filter(~(pl.col("empty") & pl.col("code").is_null()))


def _queues(rows: pl.DataFrame) -> Iterator[tuple[str, Ints, Floats]]:
    """Rows sorted by queue and minute, queue by queue."""
    lengths = rows["queue"].rle().struct.unnest()
    ends = np.concatenate([[0], np.cumsum(lengths["len"].to_numpy())]).astype(np.int64)
    minute, contacts = rows["minute"].to_numpy(), rows["contacts"].to_numpy()
    for k, queue in enumerate(lengths["value"]):
        yield queue, minute[ends[k] : ends[k + 1]], contacts[ends[k] : ends[k + 1]]


def _grid(queue: str, minute: Ints, contacts: Floats) -> tuple[Grid | None, list[pl.DataFrame]]:
    gaps = np.diff(minute)
    gaps = gaps[gaps > 0]
    step = int(np.bincount(gaps[gaps <= DAY]).argmax()) if (gaps <= DAY).any() else 0
    if step <= 0 or DAY % step:
        return None, [_refusal(queue, minute[:1], "interval_unclear", [str(step)])]
    phase = int(np.bincount(minute % step).argmax())
    off = minute % step != phase
    refused = [_refusal(queue, minute[off], "off_grid", [str(step)] * int(off.sum()))] if off.any() else []
    minute, contacts = minute[~off], contacts[~off]
    minute, contacts, twice = _once(minute, contacts)
    if len(twice):
        refused.append(_refusal(queue, twice, "duplicate", [""] * len(twice)))
    if not len(minute):
        return None, refused
    day, slot = minute // DAY, minute % DAY
    minutes = np.arange(slot.min(), slot.max() + 1, step)
    counts = np.full((int(day[-1] - day[0]) + 1, len(minutes)), np.nan)
    counts[day - day[0], (slot - minutes[0]) // step] = contacts
    return Grid(queue, step, int(day[0]), minutes, counts), refused


def _once(minute: Ints, contacts: Floats) -> tuple[Ints, Floats, Ints]:
    """Rows with each start once. The hour that a clock lives twice in autumn (every start of one hour of a day exactly twice)
    is read as its mean, so that the day stays comparable; any other start given twice is set aside and returned.
    """
    unique, first, times = np.unique(minute, return_index=True, return_counts=True)
    if len(unique) == len(minute):
        return minute, contacts, unique[:0]
    means = np.add.reduceat(contacts, first) / times
    repeated = unique[times > 1]
    allowed = np.zeros(len(unique), bool)
    for day in np.unique(repeated // DAY):
        mine = repeated[repeated // DAY == day]
        hours = np.unique(mine // 60)
        whole = np.isin(unique // 60, hours)
        if len(hours) == 1 and (times[whole] == 2).all():
            allowed |= whole
    keep = (times == 1) | allowed
    return unique[keep], means[keep], unique[~keep]


def _refusal(queue: str, minute: Ints, code: str, found: list[str]) -> pl.DataFrame:
    start = pl.Series(minute * 60_000_000, dtype=pl.Int64).cast(pl.Datetime("us"))
    return pl.DataFrame(
        {"queue": [queue] * len(start), "start": start, "code": [code] * len(start), "found": found}, schema=REFUSED
    )
