"""What of the warehouse is visible: a list of immutable files, changed as one transaction or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True)
class Part:
    """One immutable file: rows of `table` of one local day, or of the month that begins with `day` (span `month`).

    `path` is relative to the warehouse's root. `until` is the latest instant in it at which something began (UTC; None where
    rows have none), `stamp` names the settings behind derived rows (empty for records). Of the spans `day` and `month` there
    is at most one part per table and day; of `run` (lookup files) there may be many.
    """

    table: str
    day: date
    path: str
    rows: int
    bytes: int
    span: str = "day"
    until: datetime | None = None
    stamp: str = ""


@dataclass(frozen=True)
class Change:
    """That an import touched `table` on `day`; `replaced` is the path of a file with the rows it put aside, empty if none."""

    table: str
    day: date
    replaced: str = ""


@dataclass(frozen=True)
class Commit:
    """One transaction: parts that go, parts that come, and for an import what it changed.

    `import_id` is None for upkeep. `undoes` names the import that it takes back.
    """

    removed: Sequence[Part] = ()
    added: Sequence[Part] = ()
    import_id: int | None = None
    changes: Sequence[Change] = ()
    undoes: int | None = None


class Conflict(Exception):
    """Somebody else committed since the version on which a commit was prepared."""


class Manifest(Protocol):
    """The records database's list of what is visible. Every method may be called from any thread."""

    def version(self) -> int:
        """A number that grows with each commit; cheap."""
        ...

    def parts(self) -> Sequence[Part]:
        """All visible parts."""
        ...

    def commit(self, base: int, commit: Commit) -> int:
        """Apply `commit` in one transaction if the version still is `base`; return the new version.

        Raises
        ------
        Conflict
            when it is not; nothing is changed then.
        """
        ...

    def changes(self, import_id: int) -> Sequence[Change]:
        """What an import changed, even if it was undone since: later imports may stand on it. Empty when it is unknown."""
        ...

    def undone(self) -> frozenset[int]:
        """Imports that were taken back."""
        ...

    def referenced(self) -> frozenset[str]:
        """Paths of all files that must stay: those of visible parts and of replaced rows."""
        ...
