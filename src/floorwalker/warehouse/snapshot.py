"""What was visible at one version: the parts, found by table and day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from floorwalker.warehouse.manifest import Part


@dataclass(frozen=True)
class Span:
    """The first and the last day of a table, and when its latest row began (None where rows have no instant)."""

    first: date
    last: date
    until: datetime | None


class Snapshot:
    """The parts of one version. Files it names stay readable for the grace period of `sweep`, whatever is committed."""

    def __init__(self, version: int, parts: Iterable[Part]) -> None:
        self.version = version
        self._tables: dict[str, dict[date, Part]] = defaultdict(dict)
        self._months: dict[str, dict[date, Part]] = defaultdict(dict)
        self._runs: dict[str, list[Part]] = defaultdict(list)
        for part in parts:
            if part.span == "run":
                self._runs[part.table].append(part)
            else:
                (self._tables if part.span == "day" else self._months)[part.table][part.day] = part

    def after(self, removed: Iterable[Part], added: Iterable[Part]) -> "Snapshot":
        """What would be visible once these parts have gone and come."""
        gone = {part.path for part in removed}
        return Snapshot(self.version, [*(part for part in self.all() if part.path not in gone), *added])

    def all(self) -> list[Part]:
        """Every part."""
        spans = (*self._tables.values(), *self._months.values())
        return [part for places in spans for part in places.values()] + [run for runs in self._runs.values() for run in runs]

    def has(self, table: str) -> bool:
        """Whether there is any part of a table."""
        return table in self._tables or table in self._months

    def day(self, table: str, day: date) -> Part | None:
        """The part of one day, if there is one."""
        return self._tables[table].get(day) if table in self._tables else None

    def month(self, table: str, first: date) -> Part | None:
        """The part of the month that begins on `first`, if there is one."""
        return self._months[table].get(first) if table in self._months else None

    def days(self, table: str, since: date | None = None, until: date | None = None) -> Sequence[Part]:
        """Parts of days from `since` to `until`, in order."""
        places = self._tables.get(table, {})
        return [places[day] for day in sorted(places) if (not since or since <= day) and (not until or day <= until)]

    def months(self, table: str) -> Sequence[Part]:
        """Parts of months, in order."""
        places = self._months.get(table, {})
        return [places[day] for day in sorted(places)]

    def runs(self, table: str) -> Sequence[Part]:
        """Lookup files of a table."""
        return self._runs.get(table, [])

    @cached_property
    def spans(self) -> Mapping[str, Span]:
        """From when to when each table has days."""
        return {
            table: Span(min(days), max(days), max((part.until for part in days.values() if part.until), default=None))
            for table, days in self._tables.items()
            if days
        }

    def last_before(self, table: str, day: date) -> date | None:
        """The last day of a table that lies before `day`."""
        return max((each for each in self._tables.get(table, ()) if each < day), default=None)

    @cached_property
    def known_until(self) -> datetime | None:
        """When the latest contact began."""
        return max((part.until for part in self.days("contact") if part.until), default=None)
