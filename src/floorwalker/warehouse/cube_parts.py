"""Where the cube's rows are kept: each day as a part of its own, folded into the part of its month when they become many.

A day's part hides the same day in its month's part, so that one more day costs the writing of one day.
"""

import calendar
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path

import polars as pl

from floorwalker.core.measures.settings import Settings
from floorwalker.warehouse.files import new_path, write_sums
from floorwalker.warehouse.keys import by_day
from floorwalker.warehouse.levels import LEVELS, Level
from floorwalker.warehouse.manifest import Part
from floorwalker.warehouse.snapshot import Snapshot
from floorwalker.warehouse.table_merge import Pending

_LOOSE_MOST = 7


def stamp(settings: Settings) -> str:
    """What the cube's parts are stamped with: it changes with the settings and with what is kept."""
    kept = repr([(level.table, level.keys, level.values) for level in LEVELS])
    return settings.fingerprint() + blake2b(kept.encode(), digest_size=4).hexdigest()


class CubeParts:
    """Keeps the rows of levels as parts."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        self.stamp = stamp(settings)

    def all(self, snapshot: Snapshot) -> list[Part]:
        """Every part of the cube."""
        return [part for level in LEVELS for part in (*snapshot.days(level.table), *snapshot.months(level.table))]

    def write(
        self, level: Level, rows: pl.DataFrame, snapshot: Snapshot, month: date, days: Sequence[date], anew: bool
    ) -> Pending:
        """Keep the `rows` of `days`, in the level's order, instead of what is kept of them (if `anew`: of all that is kept)."""
        whole, loose = (None, []) if anew else _kept(snapshot, level, month)
        staying = [part for part in loose if part.day not in days]
        pending = Pending(removed=[part for part in loose if part.day in days])
        current = all(part.stamp == self.stamp for part in (*staying, *([whole] if whole else [])))
        if current and len(staying) + len(days) > _LOOSE_MOST:
            pending.removed += [*staying, *([whole] if whole else [])]
            hidden = [*days, *(part.day for part in loose)]
            before = [self._read(whole).filter(~pl.col("day").is_in(hidden))] if whole else []
            kept = [frame.select(rows.columns) for frame in (*before, *(self._read(part) for part in staying)) if frame.height]
            folded = pl.concat([rows, *kept]).sort(level.order) if kept else rows
            pending.added += [self._keep(level, month, "month", folded)] if folded.height else []
        else:
            of_day = by_day(rows, keep=True)
            empty = level.empty()
            frames = [(day, of_day.get(day, empty)) for day in days]
            pending.added += [self._keep(level, day, "day", frame) for day, frame in frames if frame.height or whole]
        return pending

    def _read(self, part: Part) -> pl.DataFrame:
        return pl.read_parquet(self._root / part.path)

    def _keep(self, level: Level, first: date, span: str, rows: pl.DataFrame) -> Part:
        path = new_path(level.table, first)
        size = write_sums(self._root, path, rows)
        return Part(level.table, first, path, rows.height, size, span=span, stamp=self.stamp)


def _kept(snapshot: Snapshot, level: Level, month: date) -> tuple[Part | None, Sequence[Part]]:
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    return snapshot.month(level.table, month), snapshot.days(level.table, month, last)
