"""Answering from the records: DuckDB adds up each fact table that a question needs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import ibis
import polars as pl

from floorwalker.core.measures.adding import days_to_follow, spread_asked, sums_asked
from floorwalker.core.measures.facts import FACTS, unbound
from floorwalker.core.measures.needs import spreads_needed, sums_needed
from floorwalker.core.measures.question import Question
from floorwalker.core.measures.settings import Settings
from floorwalker.core.measures.spreads import SPREADS
from floorwalker.core.measures.sums import SUMS
from floorwalker.warehouse.duck import Duck, compiled
from floorwalker.warehouse.snapshot import Snapshot

Frames = list[pl.DataFrame]

_MADE_FROM = {"follow": ("contact",), "interval_stat": ("interval_stat", "leg")}


def from_records(
    duck: Duck, snapshot: Snapshot, question: Question, settings: Settings, person_days: pl.DataFrame | None
) -> tuple[Frames, Frames]:
    """Sums and bucket counts of a question, by its physical dimensions, added up from the record tables."""
    sums, counts = [], []
    facts = dict.fromkeys(fact for name in sums_needed(question) for fact in SUMS[name].over)
    for fact in facts:
        files = _files(snapshot, fact, question, settings)
        frames = {"person_day": person_days} if fact == "person_day" and person_days is not None else {}
        sql = _sums_sql(fact, question, settings, (*sorted(files), *frames), snapshot.known_until)
        if sql:
            sums.append(duck.frame(sql, files, frames))
    for spread in spreads_needed(question):
        files = _files(snapshot, SPREADS[spread].table, question, settings)
        if sql := _spread_sql(spread, question, settings, tuple(files)):
            counts.append(duck.frame(sql, files))
    return sums, counts


def _files(snapshot: Snapshot, fact: str, question: Question, settings: Settings) -> Mapping[str, Sequence[str]]:
    """The files of each record table that a fact table is made from; tables without files are left out."""
    until = question.until
    if fact == "follow" and until:
        until += days_to_follow(settings)
    tables = _MADE_FROM.get(fact, (fact,))
    listed = {table: [part.path for part in snapshot.days(table, question.since, until)] for table in tables}
    return {table: paths for table, paths in listed.items() if paths}


@lru_cache(maxsize=2048)
def _sums_sql(fact: str, question: Question, settings: Settings, at_hand: tuple[str, ...], known_until: datetime | None) -> str:
    tables = {name: unbound(name) for name in at_hand}
    until = ibis.literal(known_until, type=FACTS["follow"]["known_until"]) if known_until else None
    expression = sums_asked(tables, fact, question, settings, until)
    return "" if expression is None else compiled(expression)


@lru_cache(maxsize=2048)
def _spread_sql(spread: str, question: Question, settings: Settings, at_hand: tuple[str, ...]) -> str:
    expression = spread_asked({name: unbound(name) for name in at_hand}, spread, question, settings)
    return "" if expression is None else compiled(expression)
