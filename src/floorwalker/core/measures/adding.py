"""Adding up: one aggregate per fact table, as an Ibis expression that any engine can run."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from floorwalker.core.measures.catalog import MEASURES
from floorwalker.core.measures.facts import fact_rows
from floorwalker.core.measures.needs import sums_needed
from floorwalker.core.measures.question import KNOWN, UNKNOWN, Filter, Question
from floorwalker.core.measures.settings import Settings
from floorwalker.core.measures.spreads import SPREADS, bucket
from floorwalker.core.measures.sums import SUMS


def selected(rows: ir.Table, where: Sequence[Filter], since: date | None, until: date | None) -> ir.Table:
    """The rows from `since` to `until` that pass every filter on a physical dimension."""
    conditions = [_condition(rows, each) for each in where]
    if since:
        conditions.append(rows.day >= ibis.literal(since))
    if until:
        conditions.append(rows.day <= ibis.literal(until))
    return rows.filter(conditions) if conditions else rows


def sums_of(fact: str, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the named sums to which rows of `fact` contribute."""
    return tuple(name for name in names if fact in SUMS[name].over)


def sums_over(rows: ir.Table, fact: str, names: Sequence[str], by: Sequence[str], settings: Settings) -> ir.Table:
    """The named sums that `fact` contributes to, one row per group of `by`; null where no row adds anything."""
    added = {name: SUMS[name].over[fact](rows, settings).sum().cast("float64") for name in sums_of(fact, names)}
    return rows.group_by(list(by)).aggregate(**added) if by else rows.aggregate(**added)


def contributions(rows: ir.Table, fact: str, names: Sequence[str], by: Sequence[str], settings: Settings) -> ir.Table:
    """What each row of `fact` adds to the named sums, beside the columns of `by`: to be added up in several ways at once.

    With it, for each spread of the table, the bucket in which the row lies; null where it is not in the spread.
    """
    added = {name: SUMS[name].over[fact](rows, settings) for name in names}
    placed = {name: bucket(each.value(rows, settings)) for name, each in SPREADS.items() if each.table == fact}
    return rows.select(*by, **added, **placed)


def spread_over(rows: ir.Table, spread: str, by: Sequence[str], settings: Settings) -> ir.Table:
    """How many rows fall into each bucket of `spread`, per group of `by`: columns of `by`, then spread, bucket and n."""
    placed = placed_in(rows, spread, by, settings)
    return placed.group_by([*by, "spread", "bucket"]).aggregate(n=placed.count())


def placed_in(rows: ir.Table, spread: str, by: Sequence[str], settings: Settings) -> ir.Table:
    """For each row that is in `spread`: the columns of `by`, the spread's name and the bucket."""
    value = SPREADS[spread].value(rows, settings)
    kept = rows.mutate(value_=value).filter(value.notnull())
    return kept.select(*by, spread=ibis.literal(spread), bucket=bucket(kept.value_))


def sums_asked(
    tables: Mapping[str, ir.Table], fact: str, question: Question, settings: Settings, known_until: ir.Value | None
) -> ir.Table | None:
    """What `fact` adds to the sums behind a question, by its physical dimensions; None when it adds nothing."""
    names = sums_of(fact, sums_needed(question))
    if not names:
        return None
    if fact == "follow" and "contact" in tables:
        tables = {**tables, "contact": _around(tables["contact"], question, settings)}
    rows = fact_rows(tables, fact, _personal(question), known_until)
    if rows is None:
        return None
    kept = selected(rows, question.physical_where, question.since, question.until)
    return sums_over(kept, fact, names, question.physical_by, settings)


def spread_asked(tables: Mapping[str, ir.Table], spread: str, question: Question, settings: Settings) -> ir.Table | None:
    """Bucket counts of a spread behind a question, by its physical dimensions; None when its table is not at hand."""
    rows = fact_rows(tables, SPREADS[spread].table, _personal(question))
    if rows is None:
        return None
    kept = selected(rows, question.physical_where, question.since, question.until)
    return spread_over(kept, spread, question.physical_by, settings)


def fact_behind(measure: str) -> str:
    """The fact table of which a measure's sample counts rows."""
    return next(iter(SUMS[next(iter(MEASURES[measure].sample))].over))


def rows_behind(rows: ir.Table, measure: str, where: Sequence[Filter], settings: Settings) -> ir.Table:
    """Those rows of the measure's fact table that pass every filter and that its sample counts."""
    fact = fact_behind(measure)
    kept = selected(rows, where, None, None)
    counted = [SUMS[name].over[fact](kept, settings).fill_null(0) != 0 for name in MEASURES[measure].sample]
    return kept.filter(ibis.or_(*counted))


def days_to_follow(settings: Settings) -> timedelta:
    """How far, in whole local days, a customer's next contact can lie from the contact that it repeats."""
    return timedelta(days=settings.repeat_days + 1)


def added_up(kept: ir.Table, names: Sequence[str], by: Sequence[str]) -> ir.Table:
    """Sums that are kept already, added up further."""
    added = {name: kept[name].sum() for name in names}
    return kept.group_by(list(by)).aggregate(**added) if by else kept.aggregate(**added)


def _personal(question: Question) -> bool:
    return "agent" in question.physical_by or any(each.dimension == "agent" for each in question.where)


def _around(contacts: ir.Table, question: Question, settings: Settings) -> ir.Table:
    """Contacts of the days asked for and of those in which a customer may have come back."""
    until = question.until + days_to_follow(settings) if question.until else None
    return selected(contacts, (), question.since, until)


def _condition(rows: ir.Table, each: Filter) -> ir.BooleanValue:
    column = rows[each.dimension]
    listed = [_typed(each.dimension, value) for value in each.values if value not in (KNOWN, UNKNOWN)]
    passes = column.isin(listed).fill_null(False) if listed else ibis.literal(False)
    if KNOWN in each.values:
        passes = passes | column.notnull()
    if UNKNOWN in each.values:
        passes = passes | column.isnull()
    return ~passes if each.not_ else passes


def _typed(dimension: str, value: str) -> str | int | date:
    if dimension in ("hour", "minute"):
        return int(value)
    return date.fromisoformat(value) if dimension == "day" else value
