"""One contact with all that belongs to it: its legs, and what its customer said afterwards."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from floorwalker.warehouse.keys import find, run_table
from floorwalker.warehouse.manifest import Part
from floorwalker.warehouse.records import KEPT
from floorwalker.warehouse.snapshot import Snapshot

Tables = Mapping[str, pl.DataFrame]


def one_contact(root: Path, snapshot: Snapshot, contact_key: int) -> Tables:
    """The contact of this key (no row when it is unknown), its legs in order, and its surveys, as their record tables."""
    contact = _rows(root, "contact", _indexed(root, snapshot, "contact", contact_key), contact_key)
    legs = _rows(root, "leg", _indexed(root, snapshot, "leg", contact_key), contact_key)
    begun = contact["day"][0] if contact.height else None
    surveys = _rows(root, "survey", snapshot.days("survey", begun) if begun else (), contact_key)
    return {"contact": contact, "leg": legs.sort("seq"), "survey": surveys}


def _indexed(root: Path, snapshot: Snapshot, table: str, contact_key: int) -> Sequence[Part]:
    """The days on which the contact may lie, by the key runs."""
    keys = pl.Series("contact_key", [contact_key], dtype=pl.Int64)
    days = find(root, snapshot.runs(run_table(table)), keys)["day"].to_list()
    return [part for day in sorted(days) if (part := snapshot.day(table, day))]


def _rows(root: Path, table: str, parts: Sequence[Part], contact_key: int) -> pl.DataFrame:
    columns = list(KEPT[table].table.schema)
    if not parts:
        return KEPT[table].table.empty()
    rows = pl.scan_parquet([root / part.path for part in parts]).filter(pl.col("contact_key") == contact_key)
    return rows.select(columns).collect()
