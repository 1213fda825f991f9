"""One day of one table: what was there, what came, what stays. Pure frames in, pure frames out."""

from dataclasses import dataclass

import polars as pl

from floorwalker.warehouse.records import Kept
from floorwalker.warehouse.staging import ARRIVAL


@dataclass(frozen=True)
class Merged:
    """The rows of a day after an import, the rows it put aside, and how many rows of which kind there were.

    `fresh` are the groups that were not there before; `changed` says whether the day differs at all.
    """

    frame: pl.DataFrame
    replaced: pl.DataFrame
    fresh: pl.DataFrame
    kept: int
    updated: int
    unchanged: int
    repeated: int

    @property
    def changed(self) -> bool:
        return bool(self.kept or self.updated or self.replaced.height)


def merged(kept: Kept, old: pl.DataFrame, come: pl.DataFrame, gone: pl.DataFrame | None) -> Merged:
    """Merge the rows that `come` (the later of two with one key wins) into the `old` ones.

    A row with the hash it already had changes nothing and keeps its import. Of a group that comes, or is listed in `gone`
    because it came on another day, old rows that did not come again are put aside.
    """
    key, group = list(kept.table.key), list(kept.group)
    new = (
        come.unique(key, keep="last", maintain_order=True) if come.select(pl.struct(key).is_duplicated().any()).item() else come
    )
    repeated = come.height - new.height
    new = new.drop(ARRIVAL)
    if not old.height:
        return Merged(_ordered(kept, new), old, new.select(group).unique(), new.height, 0, 0, repeated)
    touched = new.select(group) if gone is None else pl.concat([new.select(group), gone.select(group)])
    hashes = old.select(*key, pl.col("row_hash").alias("old_hash"))
    matched = new.join(hashes, on=key, how="left", maintain_order="left")
    same = matched.filter(pl.col("old_hash") == pl.col("row_hash"))
    rewritten = matched.filter((pl.col("old_hash") != pl.col("row_hash")).fill_null(True))
    updated = int(rewritten["old_hash"].is_not_null().sum())
    in_group = old.join(touched, on=group, how="semi")
    replaced = in_group.join(same, on=key, how="anti")
    staying = old.join(replaced, on=key, how="anti") if replaced.height else old
    frame = _ordered(kept, pl.concat([staying, rewritten.drop("old_hash")]))
    fresh = rewritten.filter(pl.col("old_hash").is_null()).select(group).unique()
    return Merged(frame, replaced, fresh, rewritten.height - updated, updated, same.height, repeated)


def _ordered(kept: Kept, frame: pl.DataFrame) -> pl.DataFrame:
    """In order of time, and of key where times are equal, so that equal rows make equal files."""
    return frame.sort(kept.order, *kept.table.key, nulls_last=True)
