"""Answering from the cube: a few small files instead of every contact."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import ibis
import ibis.expr.datatypes as dt
import polars as pl

from floorwalker.core.measures.adding import added_up, selected
from floorwalker.core.measures.question import Question
from floorwalker.warehouse.duck import Duck, compiled
from floorwalker.warehouse.levels import Level, level_for
from floorwalker.warehouse.manifest import Part
from floorwalker.warehouse.snapshot import Snapshot

_TYPES = {"day": dt.date, "minute": dt.int64, "hour": dt.int64, "bucket": dt.int64}


def from_cube(
    duck: Duck, snapshot: Snapshot, levels: Sequence[Level], question: Question, values: Sequence[str], stamp: str
) -> pl.DataFrame | None:
    """The `values` behind a question by its physical dimensions (for counts also by spread and bucket).

    None when no level can be cut that way, when none is kept, or when it was counted under other settings than `stamp` names.
    """
    level = level_for(levels, question)
    if level is None:
        return None
    whole, loose = _months(snapshot, level, question), snapshot.days(level.table, question.since, question.until)
    if any(part.stamp != stamp for part in (*whole, *loose)):
        return None
    sources, paths = [], {}
    if whole:
        months = {part.day for part in whole}
        hidden = [part.day for part in loose if part.day.replace(day=1) in months]
        sources.append(f"SELECT * FROM whole {_except(hidden)}")  # noqa: S608 - dates
        paths["whole"] = [part.path for part in whole]
    if loose:
        sources.append("SELECT * FROM loose")
        paths["loose"] = [part.path for part in loose]
    if not sources:
        return pl.DataFrame() if snapshot.has(level.table) else None
    rows = f'WITH "{level.table}" AS ({" UNION ALL BY NAME ".join(sources)})'
    return duck.frame(f"{rows} SELECT * FROM ({_sql(level, question, tuple(values))})", paths)  # noqa: S608 - ours


def _months(snapshot: Snapshot, level: Level, question: Question) -> list[Part]:
    first = question.since.replace(day=1) if question.since else date.min
    return [part for part in snapshot.months(level.table) if first <= part.day <= (question.until or date.max)]


def _except(hidden: Sequence[date]) -> str:
    listed = ", ".join(f"DATE '{day}'" for day in hidden)
    return f"WHERE day NOT IN ({listed})" if hidden else ""


@lru_cache(maxsize=2048)
def _sql(level: Level, question: Question, values: tuple[str, ...]) -> str:
    columns = {name: _TYPES.get(name, dt.string) for name in level.keys} | dict.fromkeys(level.values, dt.float64)
    rows = ibis.table(columns, name=level.table)
    if "minute" in level.by:
        rows = rows.mutate(hour=(rows.minute / 60).floor().cast("int64"))
    kept = selected(rows, question.physical_where, question.since, question.until)
    return compiled(added_up(kept, values, (*question.physical_by, *level.within)))
