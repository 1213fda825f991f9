"""Adding up some days for every level of the cube: what each row contributes, once, then one grouping per level.

The contributions are the measures' own expressions, run by Polars: unlike a query engine it keeps what it computed for one
grouping for the next.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import ibis
import ibis.expr.types as ir
import polars as pl

from floorwalker.core.measures.adding import contributions, placed_in
from floorwalker.core.measures.facts import fact_rows, unbound
from floorwalker.core.measures.question import PHYSICAL_DIMENSIONS
from floorwalker.core.measures.settings import Settings
from floorwalker.core.measures.spreads import SPREADS
from floorwalker.warehouse.following import FOLLOW_ADDED, FOLLOW_BASICS, follow_rows
from floorwalker.warehouse.grouping import Grouping
from floorwalker.warehouse.levels import BASE_FACTS, FOLLOW, LEVELS, LEVELS_OF, SPREAD, Level
from floorwalker.warehouse.snapshot import Snapshot

_FOLLOW_COLUMNS = (*FOLLOW_BASICS, "minute", "queue", "channel", "topic", "agent")
_ROWS_AT_ONCE = 400_000

Kept = dict[Level, pl.DataFrame]
"""For each level its rows: one per key, none where nothing is known."""


class CubeSums:
    """Adds up days under given settings."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root, self._settings = root, settings

    def of_records(self, snapshot: Snapshot, days: Sequence[date]) -> Kept:
        """The rows of all levels but those of `follow`, from the records of `days`."""
        found: dict[Level, list[pl.DataFrame]] = {level: [level.empty()] for level in LEVELS if level.fact != FOLLOW}
        for some in _some_at_once(snapshot, days):
            files = {fact: [self._root / part.path for day in some if (part := snapshot.day(fact, day))] for fact in BASE_FACTS}
            frames = {fact: pl.scan_parquet(paths) for fact, paths in files.items() if paths}
            for level, rows in self._levels(frames).items():
                found[level].append(rows)
        return {level: pl.concat(rows) for level, rows in found.items()}

    def of_follow(self, snapshot: Snapshot, days: Sequence[date]) -> Kept:
        """The rows of the levels of `follow`, from the contacts of `days` and of those after them."""
        levels = LEVELS_OF[FOLLOW]
        found: dict[Level, list[pl.DataFrame]] = {level: [level.empty()] for level in levels}
        for frame in follow_rows(self._root, snapshot, days[0], days[-1], self._settings, _FOLLOW_COLUMNS):
            rows = frame.lazy().filter(pl.col("day").is_in(days))
            for level, added in self._added({FOLLOW: rows}, levels).items():
                found[level].append(added)
        return {level: _grouped(pl.concat(rows), [level])[level] for level, rows in found.items()}

    def _levels(self, frames: Mapping[str, pl.LazyFrame]) -> Kept:
        kept: Kept = {}
        for fact in frames:
            for levels in _passes(fact):
                kept |= self._added(frames, levels)
        return kept | self._spread(frames)

    def _added(self, frames: Mapping[str, pl.LazyFrame], levels: tuple[Level, ...]) -> Kept:
        """What the rows of one fact table add to several levels."""
        added = _contributed(levels, self._settings, tuple(frames))
        known = pl.any_horizontal(pl.col(name).is_not_null() for name in levels[0].values)
        return _grouped(ibis.polars.connect(frames).compile(added).filter(known).collect(), levels)

    def _spread(self, frames: Mapping[str, pl.LazyFrame]) -> Kept:
        """How many values of each spread lie in each bucket."""
        connection = ibis.polars.connect(frames)
        spreads = [name for name, spread in SPREADS.items() if spread.table in frames]
        found = [connection.compile(_placed(name, self._settings)).collect() for name in spreads]
        if not found:
            return {}
        return _grouped(pl.concat(found).with_columns(n=pl.lit(1.0)), LEVELS_OF[SPREAD])


@lru_cache(maxsize=256)
def _contributed(levels: tuple[Level, ...], settings: Settings, at_hand: tuple[str, ...]) -> ir.Table:
    """What each row of a fact table contributes, made from the tables at hand: an expression that frames are put into."""
    tables = {name: unbound(name, (*_FOLLOW_COLUMNS, *FOLLOW_ADDED) if name == FOLLOW else None) for name in at_hand}
    rows = fact_rows(tables, levels[0].fact, levels[0].personal)
    return contributions(rows, levels[0].fact, levels[0].values, PHYSICAL_DIMENSIONS, settings)


@lru_cache(maxsize=64)
def _placed(spread: str, settings: Settings) -> ir.Table:
    table = SPREADS[spread].table
    rows = fact_rows({table: unbound(table)}, table, personal=False)
    dimensions = tuple(dict.fromkeys(name for level in LEVELS_OF[SPREAD] for name in level.by))
    return placed_in(rows, spread, dimensions, settings)


def _some_at_once(snapshot: Snapshot, days: Sequence[date]) -> Iterator[list[date]]:
    """The days in portions of a bounded number of rows."""
    some: list[date] = []
    rows = 0
    for day in days:
        of_day = max((part.rows for fact in BASE_FACTS if (part := snapshot.day(fact, day))), default=0)
        if some and rows + of_day > _ROWS_AT_ONCE:
            yield some
            some, rows = [], 0
        some.append(day)
        rows += of_day
    if some:
        yield some


def _passes(fact: str) -> list[tuple[Level, ...]]:
    """Levels that can be added up together: those of interval statistics differ in the rows that count."""
    levels = LEVELS_OF[fact]
    if fact != "interval_stat":
        return [levels]
    return [tuple(level for level in levels if level.personal == personal) for personal in (False, True)]


def _grouped(rows: pl.DataFrame, levels: Sequence[Level]) -> Kept:
    grouping = Grouping(rows, tuple(dict.fromkeys(name for level in levels for name in level.keys)))
    return {level: grouping.summed(level.keys, level.values) for level in levels}
