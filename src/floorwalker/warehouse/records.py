"""How each record table is kept: which rows replace one another, and in what order rows lie in a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from floorwalker.core.records import AGENT_STATE, CONTACT, INTERVAL_STAT, LEG, SURVEY, Kind, Table

SAID = ("contact_key", "day", "minute", "queue", "channel", "topic", "agent")
"""What a survey itself says is kept beside what it takes from its contact, under `said_` names."""

_DIFFERENT_TEXTS = {"native_id", "root_native_id", "prev_native_id", "custom", "transfer_to"}
"""Columns of contacts and legs in which nearly every row may have a text of its own."""


@dataclass(frozen=True)
class Kept:
    """A record table in the warehouse.

    Rows of one `group` are replaced together: a contact brought again brings all its legs. `order` is the instant by which
    rows lie in a day. A row whose `compared` columns are as before is unchanged. Rows of an `indexed` table may turn up
    again on another day; those of the others cannot, because the day follows from their key.
    """

    table: Table
    group: tuple[str, ...]
    order: str
    indexed: bool
    compared: tuple[str, ...] = ("row_hash",)

    @property
    def schema(self) -> pl.Schema:
        """Columns as stored."""
        said = {f"said_{name}": self.table.schema[name] for name in SAID} if self.table is SURVEY else {}
        return pl.Schema({**self.table.schema, **said})

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Columns of a few different texts, which wait as categories: sooner sorted and written than texts."""
        if self.table not in (CONTACT, LEG):
            return ()
        texts = (column.name for column in self.table.columns if column.kind is Kind.TEXT)
        return tuple(name for name in texts if name not in _DIFFERENT_TEXTS)


KEPT: Mapping[str, Kept] = {
    "contact": Kept(CONTACT, ("contact_key",), "started_at", indexed=True),
    "leg": Kept(LEG, ("contact_key",), "enqueued_at", indexed=True),
    "agent_state": Kept(AGENT_STATE, AGENT_STATE.key, "from_at", indexed=False),
    "interval_stat": Kept(INTERVAL_STAT, INTERVAL_STAT.key, "started_at", indexed=False),
    "survey": Kept(SURVEY, ("survey_key",), "answered_at", indexed=True, compared=("row_hash", *SAID)),
}
