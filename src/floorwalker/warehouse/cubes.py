"""Keeping the cube up to date: which of its days an import touches, and their rewriting."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from floorwalker.core.measures.adding import days_to_follow
from floorwalker.core.measures.settings import Settings
from floorwalker.warehouse.cube_parts import CubeParts
from floorwalker.warehouse.cube_sums import CubeSums
from floorwalker.warehouse.duck import Duck
from floorwalker.warehouse.levels import BASE_FACTS, FOLLOW, LEVELS
from floorwalker.warehouse.snapshot import Snapshot
from floorwalker.warehouse.table_merge import Pending, Progress

_DAY = timedelta(days=1)
_OF_RECORDS = tuple(level for level in LEVELS if level.fact != FOLLOW)


class Cubes:
    """Rewrites the cube's parts for days on which records differ; writes files, makes nothing visible."""

    def __init__(self, root: Path, duck: Duck, settings: Settings) -> None:
        self._settings = settings
        self._sums = CubeSums(root, duck, settings)
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
        months = sorted({day.replace(day=1) for day in base | follow})
        for number, month in enumerate(months, start=1):
            days, followed = _of_month(base, month), _of_month(follow, month)
            kept = self._sums.of_records(after, days) if days else {}
            for level in _OF_RECORDS if days else ():
                rows = kept.get(level, level.empty())
                pending.absorb(self._parts.write(level, rows, after, month, days, anew))
            for level, rows in (self._sums.of_follow(after, followed) if followed else {}).items():
                pending.absorb(self._parts.write(level, rows, after, month, followed, anew))
            progress("cube", number, len(months))
        return pending

    def _followed_anew(self, before: Snapshot, after: Snapshot, changed: Iterable[date]) -> set[date]:
        """Days of which it may differ who came back: in reach of a changed day, or of the edge of what is known."""
        reach = days_to_follow(self._settings)
        spans = [(day - reach, day) for day in changed]
        edges = {snapshot.known_until.date() for snapshot in (before, after) if snapshot.known_until}
        if before.known_until != after.known_until and edges:
            spans.append((min(edges) - reach, max(edges)))
        latest = max(edges, default=date.min)
        days = {part.day for snapshot in (before, after) for part in snapshot.days("contact")}
        near = _covered(spans)
        return {day for day in days if day + reach - 2 * _DAY <= latest and day in near}


def _of_month(days: Iterable[date], month: date) -> list[date]:
    return sorted(day for day in days if day.replace(day=1) == month)


def _covered(spans: Iterable[tuple[date, date]]) -> set[date]:
    return {first + number * _DAY for first, last in spans for number in range((last - first).days + 1)}
