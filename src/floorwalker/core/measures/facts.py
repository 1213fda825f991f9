"""Fact tables: the record tables as the sums see them, each with the same seven dimensions, on any Ibis engine."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from floorwalker.core.measures.question import PHYSICAL_DIMENSIONS
from floorwalker.core.measures.sums import counted
from floorwalker.core.records.schema import Kind
from floorwalker.core.records.tables import AGENT_STATE, CONTACT, INTERVAL_STAT, LEG, SURVEY

IBIS_TYPES: Mapping[Kind, dt.DataType] = {
    Kind.TEXT: dt.string,
    Kind.KEY: dt.int64,
    Kind.COUNT: dt.int64,
    Kind.NUMBER: dt.float64,
    Kind.FLAG: dt.boolean,
    Kind.DATE: dt.date,
    Kind.INSTANT: dt.Timestamp("UTC", 6),
}
_RECORDS = {
    table.name: {column.name: IBIS_TYPES[column.kind] for column in table.columns}
    for table in (CONTACT, LEG, AGENT_STATE, SURVEY, INTERVAL_STAT)
}
_FOLLOW = {"next_at": IBIS_TYPES[Kind.INSTANT], "known_until": IBIS_TYPES[Kind.INSTANT]}
_PERSON_DAY = {"day": dt.date, "agent": dt.string, "tenure_days": dt.float64, "left": dt.boolean}

FACTS: Mapping[str, Mapping[str, dt.DataType]] = {
    **_RECORDS,
    "follow": _RECORDS["contact"] | _FOLLOW,
    "person_day": _PERSON_DAY,
}
"""Columns and types of each fact table. `follow` is contact with the next contact of the same customer (null: none) and the
instant until which contacts are known; `person_day` has a row for each person and day of employment."""

INTERVAL_MOST_MIN = 60


def unbound(fact: str, columns: Sequence[str] | None = None) -> ir.Table:
    """The fact table's declared shape (or only these columns of it), for expressions that are compiled once and run later."""
    declared = FACTS[fact]
    return ibis.table({name: declared[name] for name in columns or declared}, name=fact)


def dimensioned(rows: ir.Table, fact: str) -> ir.Table:
    """`rows` with day, hour, minute, queue, channel, topic and agent; a dimension the table lacks is null.

    Interval statistics write an unknown queue, channel or agent as an empty text; and a row longer than an hour says nothing
    about the hour it begins in.
    """
    if fact == "interval_stat":
        rows = rows.mutate(
            **{name: rows[name].nullif("") for name in ("queue", "channel", "agent")},
            minute=ibis.ifelse(rows.length_min <= INTERVAL_MOST_MIN, rows.minute, ibis.null("int64")),
        )
    absent = {
        name: ibis.null("int64" if name == "minute" else "string")
        for name in PHYSICAL_DIMENSIONS
        if name not in rows.columns and name != "hour"
    }
    whole = rows.mutate(**absent) if absent else rows
    return whole.mutate(hour=(whole.minute / 60).floor().cast("int64"))


def fact_rows(
    tables: Mapping[str, ir.Table], fact: str, personal: bool, known_until: ir.Value | None = None
) -> ir.Table | None:
    """The rows of a fact table with its dimensions, made from the tables at hand; None when they do not suffice.

    `personal` says that the question tells agents apart. `known_until` is the instant until which contacts are known (needed
    for `follow`, unless it is at hand itself).
    """
    if fact == "follow" and "follow" not in tables and "contact" in tables and known_until is not None:
        return dimensioned(followed(tables["contact"], known_until), fact)
    if fact not in tables:
        return None
    rows = tables[fact]
    if fact == "interval_stat":
        rows = intervals_that_count(rows, tables.get("leg"), personal)
    return dimensioned(rows, fact)


def intervals_that_count(intervals: ir.Table, legs: ir.Table | None, personal: bool) -> ir.Table:
    """Interval rows that repeat nothing known otherwise.

    A day and queue with legs is told by its legs (a row that names no queue: any leg of that day). Where a day and queue has
    rows of single agents as well as of the whole queue, a `personal` question takes the former, any other the latter.
    """
    of_an_agent = intervals.agent != ""
    preferred = intervals.filter(of_an_agent if personal else ~of_an_agent)
    others = intervals.filter(~of_an_agent if personal else of_an_agent)
    kept = preferred.union(others.anti_join(preferred.select("day", "queue").distinct(), ["day", "queue"]))
    if legs is None:
        return kept
    named = legs.select("day", "queue").distinct()
    kept = kept.anti_join(named, ["day", "queue"])
    days = legs.select("day").distinct().mutate(queue=ibis.literal(""))
    return kept.anti_join(days, ["day", "queue"])


def followed(contacts: ir.Table, known_until: ir.Value) -> ir.Table:
    """`contacts` with `next_at`, the start of the same customer's next counted contact, and `known_until`.

    For engines that have only a sort to offer; `follow.next_starts` does the same in one pass over arrays.
    """
    after = ibis.window(group_by="customer_key", order_by=["started_at", "contact_key"], following=(1, None))
    start = ibis.ifelse(counted(contacts), contacts.started_at, ibis.null(FACTS["follow"]["next_at"]))
    return contacts.mutate(next_at=start.min().over(after), known_until=known_until)
