"""Survey rows: one answer of a customer to one question."""

import polars as pl

from floorwalker.core.records import SURVEY
from floorwalker.core.records.keys import key_of
from floorwalker.sources.reading import Site
from floorwalker.sources.spreadsheet import zones
from floorwalker.sources.spreadsheet.cells import Cells
from floorwalker.sources.spreadsheet.fields import SURVEYS
from floorwalker.sources.spreadsheet.identity import Identity
from floorwalker.sources.spreadsheet.records import conformed
from floorwalker.sources.spreadsheet.scales import Scale

_STABLE = ("at", "contact_native_id", "queue", "agent", "kind")


def survey_tables(cells: Cells, site: Site, identity: Identity) -> dict[str, pl.DataFrame]:
    """The record frame of a batch. A row without a score was asked and not answered; a row without any time is refused."""
    scale = Scale.of(cells.mapping.answers.get("scale", ""))
    said = cells.values(field.name for field in SURVEYS.fields if field.name != "native_id")
    moments = [said[name] for name in ("answered_at", "asked_at") if name in said]
    at = pl.select(pl.coalesce(moments)).to_series().alias("at")
    cells.require("answered_at" if "answered_at" in said else "asked_at", at)
    raw = cells.kept(cells.frame)
    frame = pl.DataFrame([*said.values(), at, cells.texts("score").alias("score_raw"), cells.lines, cells.hashes])
    frame = cells.kept(frame).with_columns(_kind(cells, said))
    native_ids = identity.native_ids(raw, frame, _STABLE)
    day, minute = zones.day_and_minute(frame["at"], site.tz)
    source = pl.lit(site.source)
    frame = frame.with_columns(native_ids, day, minute, source.alias("source"), *scale.bounds())
    frame = frame.with_columns(
        key_of([source, pl.col("native_id"), pl.col("kind")]).alias("survey_key"),
        scale.norm(frame["score"]).alias("score_norm"),
    )
    return {"survey": conformed(frame.drop("at"), SURVEY)}


def _kind(cells: Cells, said: dict[str, pl.Series]) -> pl.Expr:
    """The row's own word for what was asked, else the answer given for the whole file."""
    whole = pl.lit(cells.mapping.answers.get("survey_kind", "csat"))
    return (pl.col("kind").fill_null(whole) if "kind" in said else whole).alias("kind")
