"""Rows that share the id of a contact: a system that writes a row for each stay in a queue, or for each agent, writes its legs.

Rows with one id, but with other queues, agents or times, not more than a day from one to the next, are the legs of one contact.
An id that comes again later, or a row that repeats another, is a record that was written twice: the last one counts.
"""

from datetime import timedelta

import numpy as np
import polars as pl

FURTHEST = timedelta(days=1)
_KEY, _ENTERED = "contact_key", "entered_"
_TOLD_APART = (_ENTERED, "queue", "agent")
_EARLIEST, _LATEST = ("started_at", "first_response_at"), ("ended_at", "resolved_at", "reopen_count")
_OF_THE_START = ("day", "minute")
_OF_THE_ANSWER = ("queue", "agent")


def leg_numbers(rows: pl.DataFrame) -> pl.Series:
    """The number of each row's leg within its contact, from 0; null where a later row says the same of the same leg."""
    keys = np.sort(rows[_KEY].to_numpy())
    if not (keys[1:] == keys[:-1]).any():
        return pl.repeat(0, rows.height, dtype=pl.Int64, eager=True).alias("seq")
    columns = [_KEY, "line", "queue", "agent", pl.coalesce("enqueued_at", "started_at").alias(_ENTERED)]
    several = rows.select(columns).with_row_index("place_").filter(pl.col(_KEY).is_duplicated()).sort(_KEY, _ENTERED, "line")
    far = pl.col(_ENTERED).diff().max().over(_KEY) > FURTHEST
    alike = pl.struct(_TOLD_APART).n_unique().over(_KEY) == 1
    legs = several.filter(~(far | alike).fill_null(value=False))
    distinct = legs.unique([_KEY, *_TOLD_APART], keep="last", maintain_order=True)
    numbered = distinct.with_columns(seq=pl.int_range(pl.len()).over(_KEY))
    seq = np.zeros(rows.height, np.int64)
    seq[legs["place_"].to_numpy()] = -1
    seq[numbered["place_"].to_numpy()] = numbered["seq"].to_numpy()
    found = pl.Series("seq", seq)
    return found.set(found < 0, None)


def one_each(contacts: pl.DataFrame, seq: pl.Series, outcome: pl.Series) -> pl.DataFrame:
    """One row per contact, made of those of its legs: its queue and agent are those of the last leg that was answered."""
    if not (seq > 0).any():
        return contacts
    rows = contacts.with_columns(seq.alias("seq_"), (outcome == "answered").alias("answered_"))
    further = rows.filter(pl.col("seq_") > 0)[_KEY].unique()
    several = pl.col(_KEY).is_in(further.implode())
    whole = (
        rows.filter(several)
        .sort(_KEY, "seq_")
        .group_by(_KEY, maintain_order=True)
        .agg(_joined(name) for name in rows.columns if name != _KEY)
    )
    return pl.concat([rows.filter(~several), whole.select(rows.columns)]).select(contacts.columns)


def _joined(name: str) -> pl.Expr:
    value = pl.col(name)
    if name in _EARLIEST:
        return value.min()
    if name in _LATEST:
        return value.max()
    if name in _OF_THE_START:
        return value.sort_by("started_at").first()
    if name in _OF_THE_ANSWER:
        return pl.when(pl.col("answered_").any()).then(value.filter("answered_").last()).otherwise(value.last())
    return value.sum() if name == "row_hash" else value.drop_nulls().first()
