"""Which row is which: the same row of the same source has the same identity in every import."""

import numpy as np
import polars as pl

from floorwalker.core.records.keys import key_of
from floorwalker.sources.reading import Site
from floorwalker.sources.spreadsheet.mapping import Mapping
from floorwalker.sources.spreadsheet.row_hash import row_hashes
from floorwalker.sources.spreadsheet.rows import LINE, RawBatch
from floorwalker.sources.spreadsheet.seen import Seen

_NO_ID = "~"
"""Begins the native id of a row that has none of its own."""


class Identity:
    """Native ids of rows, for one reading of one or several files."""

    def __init__(self, mapping: Mapping, site: Site) -> None:
        self.mapping, self.site = mapping, site
        rule = mapping.fields.get("native_id")
        self.columns = mapping.identity or (rule.columns if rule else ())
        self._seen = Seen()

    def native_ids(self, raw: pl.DataFrame, said: pl.DataFrame, stable: tuple[str, ...]) -> pl.Series:
        """The texts of the identity columns; rows without any get a hash of `stable` fields and a number among equals."""
        if self.columns:
            several = pl.concat_str(self.columns, separator=" ", ignore_nulls=True)
            own = raw[self.columns[0]] if len(self.columns) == 1 else raw.select(several).to_series()
            missing = own.is_null() | (own == "")
            if not missing.any():
                return own.alias("native_id")
            own = own.set(missing, None)
        else:
            own = pl.repeat(None, raw.height, dtype=pl.String, eager=True)
        hashed = said.select(key_of([pl.col(name) for name in stable if name in said.columns])).to_series()
        ordinals = pl.Series(self._seen.ordinals(hashed.to_numpy()))
        numbered = pl.select(
            pl.when(ordinals == 0)
            .then(pl.concat_str(pl.lit(_NO_ID), hashed.cast(pl.String)))
            .otherwise(pl.concat_str(pl.lit(_NO_ID), hashed.cast(pl.String), pl.lit("#"), ordinals.cast(pl.String)))
        ).to_series()
        return own.fill_null(numbered).alias("native_id")

    def repeated(self, keys: pl.Series, standing: pl.Series) -> pl.Series:
        """Which standing rows have a key that an earlier standing row has had."""
        again = np.zeros(len(keys), dtype=bool)
        again[standing.to_numpy()] = self._seen.ordinals(keys.filter(standing).to_numpy()) > 0
        return pl.Series(again)

    def row_hashes(self, raw: RawBatch) -> pl.Series:
        """Hashes of everything that a row says, and of how it is read: another mapping may make another record of it."""
        digest, frame = self.mapping.digest, raw.frame
        if raw.text:
            return pl.Series("row_hash", row_hashes(raw.text, frame.height, raw.delimiter, digest))
        texts = [pl.col(name) for name in frame.columns if name != LINE]
        return frame.select(key_of([pl.lit(digest), *texts]).alias("row_hash")).to_series()
