"""Batches that end where a contact ends: rows of one id that stand together are read together."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from floorwalker.sources.spreadsheet.rows import RawBatch


def together(batches: Iterator[RawBatch], ids: tuple[str, ...]) -> Iterator[RawBatch]:
    """The same rows in batches that never part neighbours which are alike in the columns `ids`."""
    before = next(batches, None) if ids else None
    if before is None:
        yield from batches
        return
    for batch in batches:
        alike = _first_alike(before.frame, batch.frame, ids)
        if alike:
            before = replace(before, frame=pl.concat([before.frame, batch.frame[:alike]]), text=b"")
            batch = replace(batch, frame=batch.frame[alike:], text=b"")
        if batch.frame.height:
            yield before
            before = batch
        else:
            before = _followed(before, batch)
    yield before


def _first_alike(before: pl.DataFrame, after: pl.DataFrame, ids: tuple[str, ...]) -> int:
    """How many of the first rows have the ids of the last row before them."""
    last = before.tail(1).select(ids).rows()
    count = 0
    while last and any(last[0]) and count < after.height and after[count].select(ids).rows() == last:
        count += 1
    return count


def _followed(batch: RawBatch, by: RawBatch) -> RawBatch:
    """A batch with the account of another of which no row is left."""
    aside, totals = batch.aside + by.aside, batch.totals + by.totals
    return RawBatch(batch.frame, (*batch.refusals, *by.refusals), aside, totals, by.bytes_done)
