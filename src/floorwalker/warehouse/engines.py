"""Answers from another engine through Ibis: Spark over the same Parquet files, or a company's own tables. Read only."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import polars as pl

from floorwalker.core.measures import Answer, Calendar, Question, Settings
from floorwalker.core.measures.adding import spread_asked, sums_asked
from floorwalker.core.measures.answer import answer
from floorwalker.core.measures.facts import FACTS
from floorwalker.core.measures.needs import spreads_needed, sums_needed
from floorwalker.core.measures.sums import SUMS

Fetch = Callable[[ir.Table], pl.DataFrame]


@dataclass(frozen=True)
class Own:
    """A table that somebody keeps already: its name there, and by our column name its own where they differ."""

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)


class IbisEngine:
    """Answers questions from tables of an Ibis connection, by the same expressions as the warehouse.

    `tables` says by record table name (`leg`, `contact`, `survey`, `agent_state`, `interval_stat`) which table of the
    connection holds it. Columns it lacks are taken as unknown. There is no cube: each question reads the records.
    """

    def __init__(
        self, connection: Any, tables: Mapping[str, Own], settings: Settings | None = None, fetch: Fetch | None = None
    ) -> None:
        self._tables = {fact: _shaped(connection.table(own.name), fact, own.columns) for fact, own in tables.items()}
        self._settings = settings or Settings()
        self._fetch: Fetch = fetch or connection.to_polars

    @classmethod
    def on_spark(cls, connection: Any, files: Mapping[str, Sequence[Path]], settings: Settings | None = None) -> "IbisEngine":
        """Answers from the Parquet files of a warehouse (`Warehouse.files`), added up by a Spark that can read them.

        It sees what was visible when `files` was asked for.
        """
        tables = {}
        for table, paths in files.items():
            root = Path(os.path.commonpath(paths))
            listed = ",".join(path.relative_to(root).as_posix() for path in paths)
            name = f"floorwalker_{table}"
            connection.read_parquet(f"{root.as_posix()}/{{{listed}}}" if len(paths) > 1 else str(paths[0]), table_name=name)
            tables[table] = Own(name)
        return cls(connection, tables, settings, lambda rows: _from_spark(connection, rows))

    def answer(
        self,
        question: Question,
        memberships: pl.DataFrame | None = None,
        person_days: pl.DataFrame | None = None,
        calendar: Calendar | None = None,
    ) -> Answer:
        """The answer to a question, as `Warehouse.answer` gives it."""
        tables, facts = self._tables, dict.fromkeys(fact for name in sums_needed(question) for fact in SUMS[name].over)
        known = tables["contact"].started_at.max().as_scalar() if "contact" in tables else None
        asked = [sums_asked(tables, fact, question, self._settings, known) for fact in facts]
        sums = [self._fetch(rows) for rows in asked if rows is not None]
        if person_days is not None and "person_day" in facts:
            given = {"person_day": ibis.memtable(person_days)}
            people: Any = sums_asked(given, "person_day", question, self._settings, None)
            sums.append(people.to_polars())
        spread = [spread_asked(tables, name, question, self._settings) for name in spreads_needed(question)]
        counts = [self._fetch(rows) for rows in spread if rows is not None]
        return answer(question, sums, counts, calendar or Calendar(), memberships)


def _from_spark(connection: Any, rows: ir.Table) -> pl.DataFrame:
    """The rows as Spark hands over Arrow; by way of pandas it would ask for a version older than ours."""
    frame = pl.from_arrow(connection.raw_sql(connection.compile(rows)).toArrow())
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table is a frame, only an array is a series
    return frame


def _shaped(rows: ir.Table, fact: str, columns: Mapping[str, str]) -> ir.Table:
    """Our columns, in our types, of somebody's table."""
    named = {name: columns.get(name, name) for name in FACTS[fact]}
    shaped = {
        name: rows[named[name]].cast(kind) if named[name] in rows.columns else ibis.null(kind)
        for name, kind in FACTS[fact].items()
    }
    return rows.select(**shaped)
