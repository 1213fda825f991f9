"""Keeping the cube up to date: which of its days an import touches, and their rewriting."""

import os
from collections.abc import Callable, Container, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import polars as pl

from floorwalker.core.measures.adding import days_to_follow
from floorwalker.core.measures.settings import Settings
from floorwalker.warehouse.cube_parts import CubeParts
from floorwalker.warehouse.cube_sums import ROWS_AT_ONCE, CubeSums, Kept
from floorwalker.warehouse.levels import BASE_FACTS
from floorwalker.warehouse.snapshot import Snapshot
from floorwalker.warehouse.table_merge import Pending, Progress

_DAY = timedelta(days=1)
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
"""How far local clocks are behind UTC, and before it, at most."""

_FOLLOWED_AT_ONCE = 1_200_000
_FEW = 16
"""Parts of which the first contact is looked for."""

_Adding = Callable[[Snapshot, Sequence[date]], Kept]


class Cubes:
    """Rewrites the cube's parts for days on which records differ; writes files, makes nothing visible."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root, self._settings = root, settings
        self._sums = CubeSums(root, settings)
        self._parts = CubeParts(root, settings)

    def refreshed(self, before: Snapshot, changed: Pending, progress: Progress) -> Pending:
        """Cube parts that go and come once the record parts of `changed` have."""
        after = before.after(changed.removed, changed.added)
        days = {change.day for change in changed.changes}
        return self._rewritten(after, days, self._followed_anew(before, after, changed.days("contact")), False, progress)

    def rebuilt(self, snapshot: Snapshot, progress: Progress) -> Pending:
        """The whole cube anew, under the present settings."""
        days = {part.day for fact in BASE_FACTS for part in snapshot.days(fact)}
        return self._rewritten(snapshot, days, {part.day for part in snapshot.days("contact")}, True, progress)

    def stale(self, snapshot: Snapshot) -> bool:
        """Whether a part of the cube was counted under other settings."""
        return any(part.stamp != self._parts.stamp for part in self._parts.all(snapshot))

    def _rewritten(self, after: Snapshot, base: set[date], follow: set[date], anew: bool, progress: Progress) -> Pending:
        pending = Pending()
        if anew:
            pending.removed += self._parts.all(after)
        tasks = [(self._sums.of_records, _within(base, months)) for months in _portions(after, base, ROWS_AT_ONCE)]
        tasks += [(self._sums.of_follow, _within(follow, months)) for months in _portions(after, follow, _FOLLOWED_AT_ONCE)]

        def one(task: tuple[_Adding, Sequence[date]]) -> Pending:
            adding, days = task
            return self._written(adding(after, days), after, days, anew)

        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            for number, written in enumerate(pool.map(one, tasks), start=1):
                pending.absorb(written)
                progress("cube", number, len(tasks))
        return pending

    def _written(self, kept: Kept, after: Snapshot, days: Sequence[date], anew: bool) -> Pending:
        pending = Pending()
        for level, rows in kept.items():
            for month in sorted({day.replace(day=1) for day in days}):
                mine = rows.get(month, level.empty())
                pending.absorb(self._parts.write(level, mine, after, month, _within(days, {month}), anew))
        return pending

    def _followed_anew(self, before: Snapshot, after: Snapshot, changed: Sequence[date]) -> set[date]:
        """Days of which it may differ who came back: in reach of a changed day, or of the edge of what is known.

        A contact is followed once it has had all the days to come back, and only its customer's contacts within them count.
        """
        known = [snapshot.known_until for snapshot in (before, after) if snapshot.known_until]
        if not known:
            return set()
        to_come_back = timedelta(days=self._settings.repeat_days)
        followed_before, followed = (_second(each) - to_come_back for each in (min(known), max(known)))
        grown = before.known_until != after.known_until
        near = _covered((day - days_to_follow(self._settings), day) for day in changed)
        first = self._began(changed, before, after) - to_come_back
        days = set()
        for day in {part.day for snapshot in (before, after) for part in snapshot.days("contact")}:
            last = _ended(day, before, after)
            in_reach = day in near and last >= first
            at_the_edge = grown and last > followed_before
            if (
                (in_reach or at_the_edge)
                and day <= (followed + _EAST).date()
                and self._begins_until(followed, day, before, after)
            ):
                days.add(day)
        return days

    def _begins_until(self, instant: datetime, day: date, *snapshots: Snapshot) -> bool:
        """Whether any contact of a day began by then; only of days about then the contacts are looked at."""
        return day < (instant - _WEST).date() or self._began([day], *snapshots) <= instant

    def _began(self, days: Sequence[date], *snapshots: Snapshot) -> datetime:
        """When the first contact of some days began, to the second, or an earlier instant where that is long to look for."""
        parts = [part for snapshot in snapshots for day in days if (part := snapshot.day("contact", day))]
        if not parts or len(parts) > _FEW:
            return datetime.combine(min(days, default=date(1970, 1, 2)), time(), UTC) - _EAST
        paths = [self._root / path for path in {part.path for part in parts}]
        found = pl.scan_parquet(paths).select(pl.col("started_at").min()).collect().item()
        assert isinstance(found, datetime)  # noqa: S101 - a part has rows, and each began
        return _second(found)


def _ended(day: date, *snapshots: Snapshot) -> datetime:
    """When the last contact of a day began, to the second."""
    ends = [part.until for snapshot in snapshots if (part := snapshot.day("contact", day)) and part.until]
    return _second(max(ends)) if ends else datetime.max.replace(tzinfo=UTC)


def _second(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)


def _within(days: Iterable[date], months: Container[date]) -> list[date]:
    return sorted(day for day in days if day.replace(day=1) in months)


def _portions(snapshot: Snapshot, days: Iterable[date], at_once: int) -> list[set[date]]:
    """The months of `days`, as many at once as have `at_once` rows together, at least one."""
    rows: dict[date, int] = {}
    for day in sorted(days):
        part = snapshot.day("leg", day) or snapshot.day("contact", day)
        rows[day.replace(day=1)] = rows.get(day.replace(day=1), 0) + (part.rows if part else 0)
    portions: list[set[date]] = []
    room = 0
    for month, many in rows.items():
        if many > room or not portions:
            portions.append(set())
            room = at_once
        portions[-1].add(month)
        room -= many
    return portions


def _covered(spans: Iterable[tuple[date, date]]) -> set[date]:
    return {first + number * _DAY for first, last in spans for number in range((last - first).days + 1)}
