"""Adding up some days for every level of the cube, each fact table in one pass."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import ibis.expr.types as ir
import polars as pl

from floorwalker.core.measures.adding import contributions, placed_in
from floorwalker.core.measures.facts import fact_rows, unbound
from floorwalker.core.measures.question import PHYSICAL_DIMENSIONS
from floorwalker.core.measures.settings import Settings
from floorwalker.core.measures.spreads import SPREADS
from floorwalker.warehouse.duck import Duck, compiled
from floorwalker.warehouse.following import FOLLOW_ADDED, FOLLOW_BASICS, follow_rows
from floorwalker.warehouse.levels import BASE_FACTS, FOLLOW, LEVELS_OF, SPREAD, Level
from floorwalker.warehouse.snapshot import Snapshot

_MARK = "level_"
_FOLLOW_COLUMNS = (*FOLLOW_BASICS, "minute", "queue", "channel", "topic", "agent")

Kept = dict[Level, pl.DataFrame]
"""For each level its rows: one per key, none where nothing is known."""


class CubeSums:
    """Adds up days by DuckDB."""

    def __init__(self, root: Path, duck: Duck, settings: Settings) -> None:
        self._root, self._duck, self._settings = root, duck, settings

    def of_records(self, snapshot: Snapshot, days: Sequence[date]) -> Kept:
        """The rows of all levels but those of `follow`, from the records of `days`."""
        files = _files(snapshot, days)
        kept: Kept = {}
        for fact in files:
            for levels in _passes(fact):
                sql = _sums_sql(levels, self._settings, tuple(files))
                kept |= _split(levels, [self._duck.frame(sql, files)])
        spreads = [sql for name in SPREADS if (sql := _spread_sql(name, self._settings, tuple(files)))]
        return kept | _split(LEVELS_OF[SPREAD], [self._duck.frame(sql, files) for sql in spreads])

    def of_follow(self, snapshot: Snapshot, days: Sequence[date]) -> Kept:
        """The rows of the levels of `follow`, from the contacts of `days` and of those after them."""
        levels = LEVELS_OF[FOLLOW]
        sql = _sums_sql(levels, self._settings, (FOLLOW,))
        frames = follow_rows(self._root, snapshot, days[0], days[-1], self._settings, _FOLLOW_COLUMNS)
        of_days = pl.col("day").is_in(days)
        return _split(levels, [self._duck.frame(sql, {}, {FOLLOW: frame.filter(of_days)}) for frame in frames])


def _passes(fact: str) -> list[tuple[Level, ...]]:
    """Levels that can be added up together: those of interval statistics differ in the rows that count."""
    levels = LEVELS_OF[fact]
    if fact != "interval_stat":
        return [levels]
    return [tuple(level for level in levels if level.personal == personal) for personal in (False, True)]


def _split(levels: Sequence[Level], frames: Sequence[pl.DataFrame]) -> Kept:
    """The rows of each level, from frames in which they lie together, marked by the level's number."""
    kept: Kept = {}
    for number, level in enumerate(levels):
        known = pl.any_horizontal(pl.col(name).is_not_null() for name in level.values)
        mine = [frame.filter((pl.col(_MARK) == number) & known).select(*level.keys, *level.values) for frame in frames]
        rows = pl.concat(mine) if mine else level.empty()
        kept[level] = rows.group_by(level.keys).agg(pl.col(level.values).sum()) if len(mine) > 1 else rows
    return kept


def _files(snapshot: Snapshot, days: Sequence[date]) -> Mapping[str, Sequence[str]]:
    parts = {fact: [snapshot.day(fact, day) for day in days] for fact in BASE_FACTS}
    listed = {fact: [part.path for part in each if part] for fact, each in parts.items()}
    return {fact: paths for fact, paths in listed.items() if paths}


@lru_cache(maxsize=256)
def _sums_sql(levels: tuple[Level, ...], settings: Settings, at_hand: tuple[str, ...]) -> str:
    """The rows of several levels of one fact table, in one pass over it."""
    fact = levels[0].fact
    tables = {name: unbound(name, (*_FOLLOW_COLUMNS, *FOLLOW_ADDED) if name == FOLLOW else None) for name in at_hand}
    rows = fact_rows(tables, fact, levels[0].personal)
    return _in_one_pass(contributions(rows, fact, levels[0].values, PHYSICAL_DIMENSIONS, settings), levels)


@lru_cache(maxsize=64)
def _spread_sql(spread: str, settings: Settings, at_hand: tuple[str, ...]) -> str:
    table = SPREADS[spread].table
    if table not in at_hand:
        return ""
    rows = fact_rows({table: unbound(table)}, table, personal=False)
    return _in_one_pass(placed_in(rows, spread, PHYSICAL_DIMENSIONS, settings).mutate(n=1.0), LEVELS_OF[SPREAD])


def _in_one_pass(rows: ir.Table, levels: Sequence[Level]) -> str:
    keys = list(dict.fromkeys(name for level in levels for name in level.keys))
    marks = " ".join(f"WHEN {_only(level, keys)} THEN {number}" for number, level in enumerate(levels))
    sums = ", ".join(f"CAST(sum({name}) AS DOUBLE) AS {name}" for name in levels[0].values)
    sets = ", ".join(f"({', '.join(level.keys)})" for level in levels)
    columns = f"{', '.join(keys)}, CASE {marks} END AS {_MARK}, {sums}"
    return f"SELECT {columns} FROM ({compiled(rows)}) GROUP BY GROUPING SETS ({sets})"  # noqa: S608 - names are ours


def _only(level: Level, keys: Sequence[str]) -> str:
    """A condition that holds for the rows of one grouping set."""
    return " AND ".join(f"grouping({name}) = {int(name not in level.keys)}" for name in keys)
