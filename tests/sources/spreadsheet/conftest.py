"""How these tests read a table: a file in, records and the account out. Each row must be accounted for, each code listed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from floorwalker.core.records import TABLES
from floorwalker.sources.reading import Batch, Refusal, Remark, Site
from floorwalker.sources.spreadsheet import Mapping as ColumnMapping
from floorwalker.sources.spreadsheet import Sighting, SpreadsheetSource, look, suggest
from floorwalker.sources.spreadsheet.codes import REFUSALS, REMARKS, REMEDIES

WARSAW = Site(tz="Europe/Warsaw", source="desk", secret="secret", country="PL")


@dataclass(frozen=True)
class Read:
    """Everything that one reading gave, its batches put together."""

    tables: Mapping[str, pl.DataFrame]
    read: int
    aside: int
    refusals: tuple[Refusal, ...]
    remarks: tuple[Remark, ...]

    def column(self, table: str, name: str) -> list[object]:
        """A column's values, in the file's order."""
        return self.tables[table][name].to_list()

    @property
    def codes(self) -> list[tuple[int, str]]:
        """Line and code of each refusal."""
        return sorted((refusal.line, refusal.code) for refusal in self.refusals)

    @property
    def said(self) -> list[str]:
        """Codes of the remarks."""
        return [remark.code for remark in self.remarks]


Reader = Callable[..., Read]
Writer = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Writes a file of lines (or bytes) and gives its path."""

    def write(content: Sequence[str] | bytes, name: str = "table.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else "".join(f"{line}\n" for line in content).encode(encoding))
        return path

    return write


@pytest.fixture
def read(write: Writer) -> Reader:
    """Looks at a file of lines, takes the suggested mapping with the given answers, and reads it."""

    def read(
        content: Sequence[str] | bytes | Path,
        answers: Mapping[str, str] | None = None,
        mapping: ColumnMapping | None = None,
        site: Site = WARSAW,
    ) -> Read:
        path = content if isinstance(content, Path) else write(content)
        if mapping is None:
            mapping = suggest(look(path, tz=site.tz), answers)
        return read_by(mapping, [path], site)

    return read


@pytest.fixture
def seen(write: Writer) -> Callable[..., Sighting]:
    """Looks at a file of lines."""

    def seen(content: Sequence[str], name: str = "table.csv", encoding: str = "utf-8") -> Sighting:
        return look(write(content, name, encoding), tz=WARSAW.tz)

    return seen


def read_by(mapping: ColumnMapping, paths: list[Path], site: Site = WARSAW) -> Read:
    """Reads files by a mapping, checking the account of every batch on the way."""
    source = SpreadsheetSource(mapping)
    batches = list(source.read(paths, site))
    for batch in batches:
        _check(batch, source.main_table)
    names = dict.fromkeys(name for batch in batches for name in batch.tables)
    return Read(
        tables={name: pl.concat([batch.tables[name] for batch in batches if name in batch.tables]) for name in names},
        read=sum(batch.read for batch in batches),
        aside=sum(batch.aside for batch in batches),
        refusals=tuple(refusal for batch in batches for refusal in batch.refusals),
        remarks=tuple(remark for batch in batches for remark in batch.remarks),
    )


def _check(batch: Batch, main_table: str) -> None:
    assert batch.read == batch.tables[main_table].height + len(batch.refusals) + batch.aside
    assert len({refusal.line for refusal in batch.refusals}) == len(batch.refusals)
    for refusal in batch.refusals:
        assert set(refusal.facts) == set(REFUSALS[refusal.code]), refusal
        assert refusal.facts["remedy"] in REMEDIES
    for remark in batch.remarks:
        assert set(remark.facts) == set(REMARKS[remark.code]), remark
    for name, frame in batch.tables.items():
        whole = frame if name == "person" else frame.with_columns(pl.lit(1).alias("import_id"))
        assert TABLES[name].conform(whole).height == frame.height
