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
from floorwalker.core.measures.settings import Settings
from floorwalker.core.measures.spreads import SPREADS
from floorwalker.warehouse.following import FOLLOW_ADDED, FOLLOW_BASICS, follow_rows
from floorwalker.warehouse.grouping import Grouping
from floorwalker.warehouse.keys import by_day
from floorwalker.warehouse.levels import BASE_FACTS, FOLLOW, LEVELS, LEVELS_OF, SPREAD, Level
from floorwalker.warehouse.snapshot import Snapshot

ROWS_AT_ONCE = 150_000
_FOLLOW_COLUMNS = (*FOLLOW_BASICS, "minute", "queue", "channel", "topic", "agent")
_NAMES = ("queue", "channel", "topic", "agent")

Kept = dict[Level, dict[date, pl.DataFrame]]
"""For each level its rows by month, in the order in which they are kept: one per key, none where nothing is known."""


class CubeSums:
    """Adds up days under given settings."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root, self._settings = root, settings

    def of_records(self, snapshot: Snapshot, days: Sequence[date]) -> Kept:
        """The rows of all levels but those of `follow`, from the records of `days`."""
        found: dict[Level, list[pl.DataFrame]] = {level: [] for level in LEVELS if level.fact != FOLLOW}
        for some in _some_at_once(snapshot, days):
            files = {fact: [self._root / part.path for day in some if (part := snapshot.day(fact, day))] for fact in BASE_FACTS}
            for level, rows in self._levels({fact: paths for fact, paths in files.items() if paths}).items():
                found[level].append(rows)
        return {level: _by_month(level, rows) for level, rows in found.items()}

    def of_follow(self, snapshot: Snapshot, days: Sequence[date]) -> Kept:
        """The rows of the levels of `follow`, from the contacts of `days` and of those after them."""
        levels = LEVELS_OF[FOLLOW]
        found: dict[Level, list[pl.DataFrame]] = {level: [] for level in levels}
        for frame in follow_rows(self._root, snapshot, days[0], days[-1], self._settings, _FOLLOW_COLUMNS):
            rows = frame.lazy().filter(pl.col("day").is_in(days)).with_columns(pl.col(_NAMES).cast(pl.Categorical))
            for level, added in _summed(self._added({FOLLOW: rows}, levels).collect(), levels).items():
                found[level].append(added)
        return {level: _by_month(level, rows) for level, rows in found.items()}

    def _levels(self, files: Mapping[str, list[Path]]) -> dict[Level, pl.DataFrame]:
        """What the records in some files add, read once for all levels."""
        frames = {fact: _scanned(paths, categories="interval_stat" not in files) for fact, paths in files.items()}
        passes = [levels for fact in frames for levels in _passes(fact)]
        spreads = [name for name, spread in SPREADS.items() if spread.table in frames]
        plans = [self._added(frames, levels) for levels in passes] + [self._placed(frames, name) for name in spreads]
        found = pl.collect_all(plans)
        kept: dict[Level, pl.DataFrame] = {}
        for levels, rows in zip(passes, found, strict=False):
            kept |= _summed(rows, levels)
        if spreads:
            grouping = Grouping(pl.concat(found[len(passes) :]), _keys(LEVELS_OF[SPREAD]))
            kept |= {level: grouping.counted(level.order, "n") for level in LEVELS_OF[SPREAD]}
        return kept

    def _added(self, frames: Mapping[str, pl.LazyFrame], levels: tuple[Level, ...]) -> pl.LazyFrame:
        """What each row of one fact table adds to several levels."""
        return _put_into(_contributed(levels, self._settings, tuple(frames)), frames)

    def _placed(self, frames: Mapping[str, pl.LazyFrame], spread: str) -> pl.LazyFrame:
        """In which bucket the values of a spread lie."""
        placed = _put_into(_placed(spread, self._settings), frames)
        return placed.with_columns(spread=pl.lit(spread, pl.Enum(sorted(SPREADS))))


def _put_into(expression: ir.Table, frames: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    plan: pl.LazyFrame = ibis.polars.connect(frames).compile(expression)
    return plan


def _scanned(paths: list[Path], categories: bool) -> pl.LazyFrame:
    """Records in files; names as categories, which are quickly told apart, unless they are compared with those of intervals."""
    rows = pl.scan_parquet(paths)
    names = [name for name in _NAMES if name in rows.collect_schema()] if categories else []
    return rows.with_columns(pl.col(names).cast(pl.Categorical))


def _summed(rows: pl.DataFrame, levels: Sequence[Level]) -> dict[Level, pl.DataFrame]:
    """The rows of each level; where nothing is known there is no row."""
    values = levels[0].values
    if all(rows[name].null_count() for name in values):
        rows = rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in values))
    grouping = Grouping(rows, _keys(levels))
    return {level: grouping.summed(level.order, level.values) for level in levels}


def _keys(levels: Sequence[Level]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for level in levels for name in level.keys))


@lru_cache(maxsize=256)
def _contributed(levels: tuple[Level, ...], settings: Settings, at_hand: tuple[str, ...]) -> ir.Table:
    """What each row of a fact table contributes, made from the tables at hand: an expression that frames are put into."""
    tables = {name: unbound(name, (*_FOLLOW_COLUMNS, *FOLLOW_ADDED) if name == FOLLOW else None) for name in at_hand}
    rows = fact_rows(tables, levels[0].fact, levels[0].personal)
    return contributions(rows, levels[0].fact, levels[0].values, _keys(levels), settings)


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
        if some and rows + of_day > ROWS_AT_ONCE:
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


def _by_month(level: Level, found: Sequence[pl.DataFrame]) -> dict[date, pl.DataFrame]:
    """The rows of each month in the level's order; those that were added up in several portions are added up once more."""
    rows = [each for each in found if each.height]
    if not rows:
        return {}
    whole = rows[0] if len(rows) == 1 else Grouping(pl.concat(rows), level.keys).summed(level.order, level.values)
    told = whole.select(level.empty().columns).with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
    months = {day.replace(day=1) for day in told["day"].unique()}
    if len(months) == 1:
        return {months.pop(): told}
    return by_day(told.with_columns(month_=pl.col("day").dt.month_start()), "month_")
