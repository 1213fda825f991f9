"""What every source hands over, batch by batch: record frames, and an account of each row that is not in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import polars as pl


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken. `code` names the reason (the web has a sentence for it), `facts` fill that sentence."""

    line: int
    code: str
    column: str = ""
    value: str = ""
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
    file: str = ""


@dataclass(frozen=True)
class Remark:
    """Something about the whole file that its owner should know, though nothing was refused for it."""

    code: str
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """A part of a file, read.

    `tables` holds frames by record table name, conforming to `floorwalker.core.records` except for `import_id`, which the
    warehouse fills. `read` counts rows of the original, `aside` those that are no records (titles, totals, marks, rows that
    only complete another). For one-row-one-record sources: read = rows of the main table + refused + aside.
    """

    tables: Mapping[str, pl.DataFrame]
    read: int
    aside: int = 0
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[Remark, ...] = ()
    bytes_done: int = 0


@dataclass(frozen=True)
class Site:
    """What a source must know of the place whose contacts it reads."""

    tz: str
    source: str
    secret: str
    country: str = ""


class Unreadable(Exception):
    """A file that cannot be read at all. `code` names the reason, `facts` fill its sentence, `line` is where, if known."""

    def __init__(self, code: str, line: int | None = None, **facts: str | int | float) -> None:
        super().__init__(f"{code} {dict(facts)}")
        self.code = code
        self.line = line
        self.facts = facts


class Source(Protocol):
    """A configured reader of one system's files."""

    @property
    def main_table(self) -> str:
        """The record table of which a row of the original makes one."""
        ...

    def read(self, paths: list[Path], site: Site) -> Iterator[Batch]:
        """Yield the files' records in batches of bounded size.

        Raises
        ------
        Unreadable
            when a file cannot be read at all.
        """
        ...
