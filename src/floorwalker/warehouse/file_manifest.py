"""A manifest in one SQLite file beside the parts: for notebooks, tests and benchmarks, without a records database."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from floorwalker.warehouse.files import WarehouseFault
from floorwalker.warehouse.manifest import Change, Commit, Conflict, Part

_SCHEMA = """
create table if not exists state (version integer not null);
create table if not exists part (
    path text primary key, name text not null, day text not null, rows integer not null, bytes integer not null,
    span text not null, until text, stamp text not null);
create unique index if not exists place on part (name, span, day) where span <> 'run';
create table if not exists change (import_id integer not null, name text not null, day text not null, replaced text not null);
create table if not exists undone (import_id integer primary key);
insert into state select 0 where not exists (select 1 from state);
"""


class FileManifest:
    """A `Manifest` for one machine; safe for several processes and threads. `path` is made when it is absent."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as database:
            database.execute("pragma journal_mode=wal")
            database.executescript(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=60, isolation_level=None)) as database:
            try:
                yield database
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
                    raise WarehouseFault("disk_full", path=str(self.path)) from error
                raise

    def version(self) -> int:
        with self._open() as database:
            return int(database.execute("select version from state").fetchone()[0])

    def parts(self) -> Sequence[Part]:
        with self._open() as database:
            rows = database.execute("select name, day, path, rows, bytes, span, until, stamp from part").fetchall()
        return [_part(*row) for row in rows]

    def commit(self, base: int, commit: Commit) -> int:
        with self._open() as database:
            database.execute("begin immediate")
            moved = database.execute("update state set version = version + 1 where version = ?", (base,)).rowcount
            if not moved:
                database.execute("rollback")
                raise Conflict
            database.executemany("delete from part where path = ?", [(part.path,) for part in commit.removed])
            database.executemany("insert into part values (?, ?, ?, ?, ?, ?, ?, ?)", [_row(part) for part in commit.added])
            database.executemany(
                "insert into change values (?, ?, ?, ?)",
                [(commit.import_id, each.table, each.day.isoformat(), each.replaced) for each in commit.changes],
            )
            if commit.undoes is not None:
                database.execute("insert into undone values (?)", (commit.undoes,))
            database.execute("commit")
        return base + 1

    def changes(self, import_id: int) -> Sequence[Change]:
        with self._open() as database:
            rows = database.execute("select name, day, replaced from change where import_id = ?", (import_id,)).fetchall()
        return [Change(name, date.fromisoformat(day), replaced) for name, day, replaced in rows]

    def undone(self) -> frozenset[int]:
        with self._open() as database:
            return frozenset(row[0] for row in database.execute("select import_id from undone"))

    def referenced(self) -> frozenset[str]:
        with self._open() as database:
            rows = database.execute("select path from part union select replaced from change where replaced <> ''")
            return frozenset(row[0] for row in rows)


def _part(name: str, day: str, path: str, rows: int, size: int, span: str, until: str | None, stamp: str) -> Part:
    last = datetime.fromisoformat(until).astimezone(UTC) if until else None
    return Part(name, date.fromisoformat(day), path, rows, size, span, last, stamp)


def _row(part: Part) -> tuple[str | int | None, ...]:
    last = part.until.isoformat() if part.until else None
    return (part.path, part.table, part.day.isoformat(), part.rows, part.bytes, part.span, last, part.stamp)
