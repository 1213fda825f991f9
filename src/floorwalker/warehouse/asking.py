"""Finding the sums behind a question: in the cube where it can be cut that way, else by adding up the records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import ibis
import ibis.expr.types as ir
import polars as pl

from floorwalker.core.measures.adding import spread_asked, sums_asked, sums_of
from floorwalker.core.measures.facts import unbound
from floorwalker.core.measures.needs import spreads_needed, sums_needed
from floorwalker.core.measures.question import Question
from floorwalker.core.measures.settings import Settings
from floorwalker.core.measures.spreads import SPREADS
from floorwalker.core.measures.sums import SUMS
from floorwalker.warehouse.cube_answers import from_cube
from floorwalker.warehouse.cube_parts import stamp
from floorwalker.warehouse.duck import Duck, compiled
from floorwalker.warehouse.following import FOLLOW_ADDED, FOLLOW_BASICS, follow_rows
from floorwalker.warehouse.levels import FOLLOW, LEVELS_OF, SPREAD, dimensions_of
from floorwalker.warehouse.snapshot import Snapshot


@dataclass(frozen=True)
class Asked:
    """Where answers come from: what is visible at one moment, and under which settings it is counted."""

    root: Path
    duck: Duck
    snapshot: Snapshot
    settings: Settings
    person_days: pl.DataFrame | None = None

    def sums(self, question: Question) -> list[pl.DataFrame]:
        """The sums behind a question, by its physical dimensions: from the cube if it can be cut that way."""
        facts = dict.fromkeys(fact for name in sums_needed(question) for fact in SUMS[name].over)
        return [frame for fact in facts for frame in self._sums(question, fact)]

    def counts(self, question: Question) -> list[pl.DataFrame]:
        """The bucket counts behind a question, by its physical dimensions: from the cube if it can be cut that way."""
        spreads = spreads_needed(question)
        if not spreads:
            return []
        kept = from_cube(self.duck, self.snapshot, LEVELS_OF[SPREAD], question, ("n",), stamp(self.settings))
        return [kept] if kept is not None else self._record_counts(question)

    def _record_counts(self, question: Question) -> list[pl.DataFrame]:
        found = []
        for spread in spreads_needed(question):
            files = self._files(SPREADS[spread].table, question)
            if sql := _spread_sql(spread, question, self.settings, tuple(files)):
                found.append(self.duck.frame(sql, files))
        return found

    def _sums(self, question: Question, fact: str) -> Iterable[pl.DataFrame]:
        """What a fact table adds."""
        if fact in LEVELS_OF:
            names = sums_of(fact, sums_needed(question))
            kept = from_cube(self.duck, self.snapshot, LEVELS_OF[fact], question, names, stamp(self.settings))
            if kept is not None:
                return [kept]
        return self._follow_sums(question) if fact == FOLLOW else self._record_sums(question, fact)

    def _record_sums(self, question: Question, fact: str) -> Iterator[pl.DataFrame]:
        files = self._files(fact, question)
        frames = {"person_day": self.person_days} if fact == "person_day" and self.person_days is not None else {}
        if sql := _sums_sql(fact, question, self.settings, (*files, *frames)):
            yield self.duck.frame(sql, files, frames)

    def _follow_sums(self, question: Question) -> Iterator[pl.DataFrame]:
        """What `follow` adds; its rows are made in memory, so that they are added up there."""
        dimensions = {"minute" if name == "hour" else name for name in dimensions_of(question)} - {"day"}
        days = self.snapshot.days("contact", question.since, question.until)
        if days:
            columns = (*FOLLOW_BASICS, *sorted(dimensions))
            for frame in follow_rows(self.root, self.snapshot, days[0].day, days[-1].day, self.settings, columns):
                rows = _follow_asked(question, self.settings, columns)
                yield ibis.polars.connect({FOLLOW: frame.lazy()}).compile(rows).collect()

    def _files(self, fact: str, question: Question) -> Mapping[str, Sequence[str]]:
        """The files of each record table that a fact table is made from; tables without files are left out."""
        tables = ("interval_stat", "leg") if fact == "interval_stat" else (fact,)
        parts = {table: self.snapshot.days(table, question.since, question.until) for table in tables}
        return {table: [part.path for part in each] for table, each in parts.items() if each}


@lru_cache(maxsize=2048)
def _sums_sql(fact: str, question: Question, settings: Settings, at_hand: tuple[str, ...]) -> str:
    expression = sums_asked({name: unbound(name) for name in at_hand}, fact, question, settings, None)
    return "" if expression is None else compiled(expression)


@lru_cache(maxsize=512)
def _follow_asked(question: Question, settings: Settings, columns: tuple[str, ...]) -> ir.Table:
    rows = unbound(FOLLOW, (*columns, *FOLLOW_ADDED))
    return sums_asked({FOLLOW: rows}, FOLLOW, question, settings, None)


@lru_cache(maxsize=2048)
def _spread_sql(spread: str, question: Question, settings: Settings, at_hand: tuple[str, ...]) -> str:
    expression = spread_asked({name: unbound(name) for name in at_hand}, spread, question, settings)
    return "" if expression is None else compiled(expression)
