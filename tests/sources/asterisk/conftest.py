"""How these tests read a log: lines in, records and the account out. Every code that is emitted must be listed."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from floorwalker.core.records import TABLES
from floorwalker.sources.asterisk import AsteriskSource
from floorwalker.sources.asterisk.codes import REFUSALS, REMARKS
from floorwalker.sources.reading import Batch, Refusal, Remark, Site

T = 1_700_000_000
"""2023-11-14 22:13:20 UTC, 23:13:20 in Warsaw."""

WARSAW = Site(tz="Europe/Warsaw", source="pbx", secret="secret", country="PL")


@dataclass(frozen=True)
class Read:
    """Everything that one reading gave, its batches put together."""

    tables: Mapping[str, pl.DataFrame]
    read: int
    aside: int
    refusals: tuple[Refusal, ...]
    remarks: tuple[Remark, ...]
    carried: str
    batches: tuple[Batch, ...]

    @property
    def contacts(self) -> list[dict[str, object]]:
        return self.tables["contact"].to_dicts()

    @property
    def legs(self) -> list[dict[str, object]]:
        return self.tables["leg"].sort("enqueued_at", "seq").to_dicts()

    @property
    def surveys(self) -> list[dict[str, object]]:
        return self.tables["survey"].to_dicts()

    @property
    def codes(self) -> list[str]:
        return [refusal.code for refusal in self.refusals]

    def remark(self, code: str) -> dict[str, str | int | float] | None:
        return next((dict(remark.facts) for remark in self.remarks if remark.code == code), None)

    def seconds(self, agent: str, *states: str) -> float:
        """Seconds of an agent in some states."""
        frame = self.tables["agent_state"].filter(agent=agent).filter(pl.col("state").is_in(states))
        return float(frame["seconds"].sum())


def read_paths(paths: Sequence[Path], site: Site = WARSAW, **told: object) -> Read:
    """Read files with a fresh source and check what holds for every reading."""
    source = AsteriskSource(**told)  # type: ignore[arg-type]
    batches = tuple(source.read(list(paths), site))
    for batch in batches:
        contacts = batch.tables["contact"].height if "contact" in batch.tables else 0
        assert batch.read == contacts + batch.aside + len(batch.refusals)
        for name, frame in batch.tables.items():
            schema = {column: dtype for column, dtype in TABLES[name].schema.items() if column != "import_id"}
            assert dict(frame.schema) == schema
    refusals = tuple(itertools.chain.from_iterable(batch.refusals for batch in batches))
    remarks = tuple(itertools.chain.from_iterable(batch.remarks for batch in batches))
    assert all(set(each.facts) == set(REFUSALS[each.code]) for each in refusals)
    assert all(set(each.facts) == set(REMARKS[each.code]) for each in remarks)
    tables = {}
    for name in ("contact", "leg", "agent_state", "survey"):
        parts = [batch.tables[name] for batch in batches if name in batch.tables]
        tables[name] = pl.concat(parts) if parts else TABLES[name].empty().drop("import_id")
    return Read(
        tables,
        sum(batch.read for batch in batches),
        sum(batch.aside for batch in batches),
        refusals,
        remarks,
        source.carried,
        batches,
    )


@pytest.fixture
def read_log(tmp_path: Path) -> Callable[..., Read]:
    """Read a log given as lines; `{T+5}` style instants are the caller's. Several calls write several files."""
    number = itertools.count()

    def read(*lines: str, **told: object) -> Read:
        path = tmp_path / f"queue_log.{next(number)}"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return read_paths([path], **told)  # type: ignore[arg-type]

    return read
