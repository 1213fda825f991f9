"""Adding up some days for every level of the cube, into working tables of DuckDB named like the levels."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from floorwalker.core.measures.adding import spread_over, sums_of, sums_over
from floorwalker.core.measures.facts import fact_rows, unbound
from floorwalker.core.measures.settings import Settings
from floorwalker.core.measures.spreads import SPREADS
from floorwalker.warehouse.duck import Duck, compiled
from floorwalker.warehouse.following import FOLLOW_ADDED, FOLLOW_BASICS, follow_rows
from floorwalker.warehouse.levels import BASE, BASE_FACTS, COUNTS, FOLLOW, Level
from floorwalker.warehouse.snapshot import Snapshot

_SQL_TYPES = {"day": "DATE", "minute": "BIGINT", "hour": "BIGINT", "bucket": "BIGINT"}
_FOLLOW_COLUMNS = (*FOLLOW_BASICS, "minute", "queue", "channel", "topic", "agent")


class CubeSums:
    """Fills the working tables of this thread's connection."""

    def __init__(self, root: Path, duck: Duck, settings: Settings) -> None:
        self._root, self._duck, self._settings = root, duck, settings

    def of_records(self, snapshot: Snapshot, days: Sequence[date]) -> None:
        """Fill the levels of BASE and COUNTS from the records of `days`."""
        files = _files(snapshot, days)
        for level in _finest_first((*BASE, *COUNTS)):
            if not level.made_from:
                self._open(level)
                for sql in _record_sqls(level, self._settings, tuple(files)):
                    self._duck.run(f"INSERT INTO raw_{level.table} BY NAME", sql, files)
            self._add_up(level)

    def of_follow(self, snapshot: Snapshot, days: Sequence[date]) -> None:
        """Fill the levels of FOLLOW from the contacts of `days` and of those after them."""
        levels = _finest_first(FOLLOW)
        finest = [level for level in levels if not level.made_from]
        for level in finest:
            self._open(level)
        for frame in follow_rows(self._root, snapshot, days[0], days[-1], self._settings, _FOLLOW_COLUMNS):
            rows = {"follow": frame.filter(pl.col("day").is_in(days))}
            for level in finest:
                self._duck.run(f"INSERT INTO raw_{level.table} BY NAME", _follow_sql(level, self._settings), frames=rows)
        for level in levels:
            self._add_up(level)

    def _open(self, level: Level) -> None:
        """Make the table into which what the records add is inserted."""
        columns = [f"{name} {_SQL_TYPES.get(name, 'VARCHAR')}" for name in level.keys]
        columns += [f"{name} DOUBLE" for name in level.values]
        self._duck.run(f"CREATE OR REPLACE TEMP TABLE raw_{level.table} ({', '.join(columns)})")

    def _add_up(self, level: Level) -> None:
        """Make the table of a level: one row per key, none where nothing is known."""
        source = level.made_from or f"raw_{level.table}"
        keys = ["minute // 60 AS hour" if name == "hour" and level.by_quarter else name for name in level.keys]
        sums = [f"sum({name}) AS {name}" for name in level.values]
        known = " OR ".join(f"{name} IS NOT NULL" for name in level.values)
        rows = f"SELECT {', '.join([*keys, *sums])} FROM {source} WHERE {known} GROUP BY ALL"  # noqa: S608 - names are ours
        self._duck.run(f"CREATE OR REPLACE TEMP TABLE {level.table} AS", rows)
        if not level.made_from:
            self._duck.run(f"DROP TABLE {source}")


def _finest_first(levels: Sequence[Level]) -> list[Level]:
    return sorted(levels, key=lambda level: bool(level.made_from))


def _files(snapshot: Snapshot, days: Sequence[date]) -> Mapping[str, Sequence[str]]:
    parts = {fact: [snapshot.day(fact, day) for day in days] for fact in BASE_FACTS}
    listed = {fact: [part.path for part in each if part] for fact, each in parts.items()}
    return {fact: paths for fact, paths in listed.items() if paths}


@lru_cache(maxsize=256)
def _record_sqls(level: Level, settings: Settings, at_hand: tuple[str, ...]) -> list[str]:
    """What each fact table at hand adds to a level."""
    tables = {name: unbound(name) for name in at_hand}
    rows = {fact: fact_rows(tables, fact, level.personal) for fact in at_hand}
    if level.within:
        spreads = [name for name, spread in SPREADS.items() if spread.table in rows]
        return [compiled(spread_over(rows[SPREADS[name].table], name, level.by, settings)) for name in spreads]
    return [compiled(sums_over(rows[fact], fact, sums_of(fact, level.values), level.by, settings)) for fact in at_hand]


@lru_cache(maxsize=64)
def _follow_sql(level: Level, settings: Settings) -> str:
    rows = fact_rows({"follow": unbound("follow", (*_FOLLOW_COLUMNS, *FOLLOW_ADDED))}, "follow", level.personal)
    return compiled(sums_over(rows, "follow", level.values, level.by, settings))
