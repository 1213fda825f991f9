"""Adding up some days for every level of the cube: what each row contributes, once, then one grouping per level.

The contributions are the measures' own expressions, run by Polars: unlike a query engine it keeps what it computed for one
grouping for the next.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl

from floorwalker.core.measures.settings import Settings
from floorwalker.core.measures.spreads import SPREADS
from floorwalker.warehouse.cube_plans import PLANS, Sort
from floorwalker.warehouse.following import FOLLOW_ADDED, FOLLOW_BASICS, follow_rows
from floorwalker.warehouse.grouping import Grouping
from floorwalker.warehouse.keys import by_day
from floorwalker.warehouse.levels import BASE_FACTS, FOLLOW, LEVELS, LEVELS_OF, SPREAD, Level
from floorwalker.warehouse.snapshot import Snapshot

ROWS_AT_ONCE = 200_000
_FOLLOW_COLUMNS = (*FOLLOW_BASICS, "minute", "queue", "channel", "topic", "agent")

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
        columns = (*_FOLLOW_COLUMNS, *FOLLOW_ADDED)
        sort = Sort(FOLLOW, levels[0].values, _keys(levels), self._settings, (FOLLOW,), columns=columns)
        found: dict[Level, list[pl.DataFrame]] = {level: [] for level in levels}
        for frame in follow_rows(self._root, snapshot, days[0], days[-1], self._settings, _FOLLOW_COLUMNS):
            rows = PLANS.run(sort, {FOLLOW: frame.lazy().filter(pl.col("day").is_in(days))})
            grouping = Grouping(_telling(rows, levels[0].values))
            for level in levels:
                found[level].append(grouping.summed(level.order, level.values))
        return {level: _by_month(level, rows) for level, rows in found.items()}

    def _levels(self, files: Mapping[str, list[Path]]) -> dict[Level, pl.DataFrame]:
        """What the records in some files add, each table read once for all its levels."""
        frames = {fact: pl.scan_parquet(paths) for fact, paths in files.items()}
        kept: dict[Level, pl.DataFrame] = {}
        placed: dict[Level, list[pl.DataFrame]] = {level: [] for level in LEVELS_OF[SPREAD]}
        for fact in frames:
            spreads = [name for name, each in SPREADS.items() if each.table == fact]
            at_hand = tuple(name for name in (fact, "leg") if name in frames) if fact == "interval_stat" else (fact,)
            for levels in _passes(fact):
                keys = _keys([*levels, *(LEVELS_OF[SPREAD] if spreads else ())])
                sort = Sort(fact, levels[0].values, keys, self._settings, at_hand, levels[-1].personal)
                rows = PLANS.run(sort, {name: frames[name] for name in at_hand})
                grouping = Grouping(_telling(rows, levels[0].values))
                kept |= {level: grouping.summed(level.order, level.values) for level in levels}
                whole = grouping if grouping.height == rows.height else Grouping(rows)
                for level in placed if spreads else ():
                    placed[level].append(whole.placed(level.by, spreads))
        for level, several in placed.items():
            kept[level] = _in_order(level, several)
        return kept


def _telling(rows: pl.DataFrame, values: Sequence[str]) -> pl.DataFrame:
    """The rows that add anything at all; where nothing is known there is no row."""
    if all(rows[name].null_count() for name in values):
        return rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in values))
    return rows


def _keys(levels: Sequence[Level]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for level in levels for name in level.by))


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
    """The rows of each month in the level's order."""
    told = _in_order(level, found)
    months = {day.replace(day=1) for day in told["day"].unique()}
    if len(months) < 2:
        return dict.fromkeys(months, told)
    return by_day(told.with_columns(month_=pl.col("day").dt.month_start()), "month_")


def _in_order(level: Level, found: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Rows of several portions, one per key, in the level's order; where portions share a day, they are added up once more."""
    rows = sorted((_told(level, each) for each in found if each.height), key=_first_day)
    if len(rows) < 2:
        return rows[0] if rows else level.empty()
    whole = pl.concat(rows)
    if any(_last_day(earlier) >= _first_day(later) for earlier, later in pairwise(rows)):
        return _told(level, Grouping(whole).summed(level.order, level.values))
    return whole if level.order[0] == "day" else whole.sort(level.order)


def _told(level: Level, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(pl.col(name).cast(kind) for name, kind in level.empty().schema.items())


def _first_day(rows: pl.DataFrame) -> date:
    first: date = rows.select(pl.col("day").min()).item()
    return first


def _last_day(rows: pl.DataFrame) -> date:
    last: date = rows.select(pl.col("day").max()).item()
    return last
