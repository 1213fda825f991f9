"""Answers from another engine through Ibis: Spark over the same Parquet files, or a company's own tables. Read only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Own:
    """A table that somebody keeps already: its name there, and by our column name its own where they differ."""

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)


class IbisEngine:
    """Answers questions from tables of an Ibis connection, by the same expressions as the warehouse.

    `tables` says by record table name (`leg`, `contact`, `survey`, `agent_state`, `interval_stat`, or `person_day`) which table
    of the connection holds it. Columns it lacks are taken as unknown. There is no cube: each question reads the records.
    """

    def __init__(self, connection: Any, tables: Mapping[str, Own], settings: Settings | None = None) -> None:
        self._connection = connection
        self._tables = {fact: _shaped(connection.table(own.name), fact, own.columns) for fact, own in tables.items()}
        self._settings = settings or Settings()

    def answer(
        self,
        question: Question,
        memberships: pl.DataFrame | None = None,
        calendar: Calendar | None = None,
    ) -> Answer:
        """The answer to a question; `memberships` are needed for teams."""
        facts = dict.fromkeys(fact for name in sums_needed(question) for fact in SUMS[name].over)
        known = self._tables["contact"].started_at.max().as_scalar() if "contact" in self._tables else None
        sums = [sums_asked(self._tables, fact, question, self._settings, known) for fact in facts]
        counts = [spread_asked(self._tables, spread, question, self._settings) for spread in spreads_needed(question)]
        return answer(question, self._run(sums), self._run(counts), calendar or Calendar(), memberships)

    def _run(self, expressions: list[ir.Table | None]) -> list[pl.DataFrame]:
        return [self._connection.to_polars(each) for each in expressions if each is not None]


def _shaped(rows: ir.Table, fact: str, columns: Mapping[str, str]) -> ir.Table:
    """Our columns, in our types, of somebody's table."""
    named = {name: columns.get(name, name) for name in FACTS[fact]}
    shaped = {
        name: rows[named[name]].cast(kind) if named[name] in rows.columns else ibis.null(kind)
        for name, kind in FACTS[fact].items()
    }
    return rows.select(**shaped)
