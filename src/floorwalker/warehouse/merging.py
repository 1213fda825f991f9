"""One day of one table: what was there, what came, what stays. Pure frames in, pure frames out."""

from dataclasses import dataclass

import polars as pl

from floorwalker.warehouse.days import ordered
from floorwalker.warehouse.records import Kept


@dataclass(frozen=True)
class Merged:
    """The rows of a day after an import, the rows it put aside, and how many rows of which kind there were.

    `fresh` are the groups that were not there before, `rewritten` says whether any row is new or corrected.
    """

    frame: pl.DataFrame
    replaced: pl.DataFrame
    fresh: pl.DataFrame
    kept: int
    updated: int
    unchanged: int
    repeated: int
    rewritten: bool = True

    @property
    def changed(self) -> bool:
        """Whether the day differs from before at all."""
        return self.rewritten or bool(self.replaced.height)


def merged(kept: Kept, old: pl.DataFrame, come: pl.DataFrame, gone: pl.DataFrame | None, import_id: int) -> Merged:
    """Merge the rows that `come` (the later of two with one key wins) into the `old` ones.

    A row as it already was changes nothing and keeps its import. Of a group that comes, or is listed in `gone`
    because it came on another day, old rows that did not come again are put aside. Only rows of
    `import_id` are counted.
    """
    key, group = list(kept.table.key), list(kept.group)
    doubled = come.select(pl.struct(key).is_duplicated().any()).item()
    new = come.unique(key, keep="last", maintain_order=True) if doubled else come
    repeated = come.height - new.height
    mine = pl.col("import_id") == import_id
    if not old.height:
        return Merged(ordered(kept, new), old, new.select(group).unique(), _count(new, mine), 0, 0, repeated)
    touched = new.select(group) if gone is None else pl.concat([new.select(group), gone.select(group)])
    before = old.select(*key, pl.struct(kept.compared).alias("before_"))
    matched = new.join(before, on=key, how="left", maintain_order="left")
    known = pl.col("before_").is_not_null()
    alike = pl.all_horizontal(pl.col("before_").struct.field(name).eq_missing(pl.col(name)) for name in kept.compared)
    same, rewritten = matched.filter(known & alike), matched.filter(~(known & alike))
    in_group = old.join(touched, on=group, how="semi")
    replaced = in_group.join(same, on=key, how="anti")
    staying = old.join(replaced, on=key, how="anti") if replaced.height else old
    frame = ordered(kept, pl.concat([staying, rewritten.drop("before_")]))
    fresh = rewritten.filter(~known).select(group).unique()
    kept_rows, updated = _count(rewritten, mine & ~known), _count(rewritten, mine & known)
    return Merged(frame, replaced, fresh, kept_rows, updated, _count(same, mine), repeated, bool(rewritten.height))


def _count(rows: pl.DataFrame, condition: pl.Expr) -> int:
    return int(rows.select(condition.sum()).item())
