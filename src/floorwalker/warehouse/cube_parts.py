"""Where the cube's rows are kept: each day as a part of its own, folded into the part of its month when they become many.

A day's part hides the same day in its month's part, so that one more day costs the writing of one day.
"""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path

from floorwalker.core.measures.settings import Settings
from floorwalker.warehouse.duck import Duck, Paths
from floorwalker.warehouse.files import new_path
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
    """Writes the working tables of this thread's connection as parts."""

    def __init__(self, root: Path, duck: Duck, settings: Settings) -> None:
        self._root, self._duck = root, duck
        self.stamp = stamp(settings)

    def all(self, snapshot: Snapshot) -> list[Part]:
        """Every part of the cube."""
        return [part for level in LEVELS for part in (*snapshot.days(level.table), *snapshot.months(level.table))]

    def write(
        self, levels: Sequence[Level], snapshot: Snapshot, month: date, days: Sequence[date], anew: bool, pending: Pending
    ) -> None:
        """Write the rows of `days`, which replace those kept of these days (if `anew`: all that is kept)."""
        for level in levels:
            whole, loose = (None, []) if anew else _kept(snapshot, level, month)
            staying = [part for part in loose if part.day not in days]
            pending.removed += [part for part in loose if part.day in days]
            current = all(part.stamp == self.stamp for part in (*staying, *([whole] if whole else [])))
            if current and len(staying) + len(days) > _LOOSE_MOST:
                pending.removed += [*staying, *([whole] if whole else [])]
                hidden = {*days, *(part.day for part in loose)}
                added = [self._fold(level, month, whole, hidden, staying)]
            else:
                added = [self._day(level, day) for day in days]
            pending.added += [part for part in added if part.rows or (whole and part.span == "day")]
            self._duck.run(f"DROP TABLE {level.table}")

    def _day(self, level: Level, day: date) -> Part:
        rows = f"SELECT * FROM {level.table} WHERE day = DATE '{day}' ORDER BY {_order(level)}"  # noqa: S608 - a date
        return self._keep(level, day, "day", rows, {})

    def _fold(self, level: Level, month: date, whole: Part | None, hidden: Iterable[date], staying: Sequence[Part]) -> Part:
        sources = [f"SELECT * FROM {level.table}"]  # noqa: S608 - names are ours
        paths: dict[str, Sequence[str]] = {}
        if whole:
            listed = ", ".join(f"DATE '{day}'" for day in sorted(hidden))
            sources.append(f"SELECT * FROM whole WHERE day NOT IN ({listed})")  # noqa: S608 - dates
            paths["whole"] = [whole.path]
        if staying:
            sources.append("SELECT * FROM loose")
            paths["loose"] = [part.path for part in staying]
        rows = " UNION ALL BY NAME ".join(sources)
        return self._keep(level, month, "month", f"SELECT * FROM ({rows}) ORDER BY {_order(level)}", paths)  # noqa: S608

    def _keep(self, level: Level, first: date, span: str, sql: str, paths: Paths) -> Part:
        path = new_path(level.table, first)
        rows, size = self._duck.copy(sql, paths, path)
        return Part(level.table, first, path, rows, size, span=span, stamp=self.stamp)


def _kept(snapshot: Snapshot, level: Level, month: date) -> tuple[Part | None, Sequence[Part]]:
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    return snapshot.month(level.table, month), snapshot.days(level.table, month, last)


def _order(level: Level) -> str:
    """So that the rows of one agent, or of one day, lie together."""
    return ", ".join(sorted(level.keys, key=lambda name: name != "agent"))
