"""The rows behind a number, latest first: what a reader gets who asks "which contacts are these?"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import polars as pl

from floorwalker.core.measures import Calendar, Filter, Question, Settings
from floorwalker.core.measures.adding import fact_behind, rows_behind
from floorwalker.core.measures.facts import fact_rows, unbound
from floorwalker.core.measures.folding import folded
from floorwalker.warehouse.asking import Asked
from floorwalker.warehouse.duck import compiled
from floorwalker.warehouse.following import FOLLOW_ADDED, follow_rows
from floorwalker.warehouse.keys import by_day, find, run_table
from floorwalker.warehouse.records import KEPT


@dataclass(frozen=True)
class Page:
    """Some of the rows behind a number, and where the next page begins: None on the last."""

    frame: pl.DataFrame
    after: str | None


class Behind:
    """The rows that the sample of `measure` counts, under the days and filters of `question`.

    Frames have the columns of the record table behind the measure (`leg`, `contact`, `survey` or `agent_state`); legs also have
    their contact's native_id and customer_key. Numbers that interval statistics gave have no rows.
    """

    def __init__(
        self, asked: Asked, question: Question, measure: str, calendar: Calendar, memberships: pl.DataFrame | None
    ) -> None:
        self._asked, self._measure = asked, measure
        self._question = replace(question, measures=(measure,), by=(), definitions=())
        self._calendar, self._memberships = calendar, memberships
        self._fact = fact_behind(measure)
        self._table = "contact" if self._fact == "follow" else self._fact

    def page(self, limit: int, after: str | None = None) -> Page:
        """At most `limit` rows from where `after` points (None: from the latest)."""
        begin, skipped = _place(after)
        found: list[pl.DataFrame] = []
        wanted = limit
        for day in self._days(begin):
            rows, offset = self._of(day), skipped if day == begin else 0
            taken = rows.slice(offset, wanted)
            found.append(taken)
            wanted -= taken.height
            if not wanted:
                return Page(pl.concat(found), f"{day.isoformat()}:{offset + taken.height}")
        return Page(pl.concat(found) if found else pl.DataFrame(), None)

    def all(self) -> Iterator[pl.DataFrame]:
        """All rows, a frame for each day that has any, the latest first."""
        for day in self._days(None):
            rows = self._of(day)
            if rows.height:
                yield rows

    def _days(self, begin: date | None) -> Iterator[date]:
        until = min((day for day in (begin, self._question.until) if day), default=None)
        if self._table in KEPT:
            for part in reversed(self._asked.snapshot.days(self._table, self._question.since, until)):
                yield part.day

    def _of(self, day: date) -> pl.DataFrame:
        """The rows of a day, the latest first."""
        kept = KEPT[self._table]
        columns = (*kept.table.schema, *(FOLLOW_ADDED if self._fact == "follow" else ()))
        sql = _sql(self._fact, self._measure, self._question.physical_where, self._asked.settings, columns)
        if self._fact == "follow":
            frames = follow_rows(self._asked.root, self._asked.snapshot, day, day, self._asked.settings, [*kept.table.schema])
            rows = pl.concat([self._asked.duck.frame(sql, {}, {"follow": frame}) for frame in frames])
        else:
            rows = self._asked.duck.frame(sql, {self._fact: [self._asked.snapshot.days(self._fact, day, day)[0].path]})
        rows = folded(rows, self._question, self._calendar, self._memberships)
        named = rows.select(*kept.table.schema).sort(kept.order, *kept.table.key, descending=True, nulls_last=True)
        return self._with_contact(named) if self._table == "leg" else named

    def _with_contact(self, legs: pl.DataFrame) -> pl.DataFrame:
        snapshot, wanted = self._asked.snapshot, ["contact_key", "native_id", "customer_key"]
        schema = KEPT["contact"].schema
        days = by_day(find(self._asked.root, snapshot.runs(run_table("contact")), legs["contact_key"]))
        parts = [part for day in days if (part := snapshot.day("contact", day))]
        found = [pl.read_parquet(self._asked.root / part.path, columns=wanted).select(wanted) for part in parts]
        contacts = pl.concat([pl.DataFrame(schema={name: schema[name] for name in wanted}), *found])
        return legs.join(contacts, on="contact_key", how="left", maintain_order="left")


def _place(after: str | None) -> tuple[date | None, int]:
    if after is None:
        return None, 0
    day, _, offset = after.partition(":")
    return date.fromisoformat(day), int(offset)


@lru_cache(maxsize=512)
def _sql(fact: str, measure: str, where: tuple[Filter, ...], settings: Settings, columns: tuple[str, ...]) -> str:
    rows = fact_rows({fact: unbound(fact, columns)}, fact, personal=False)
    return compiled(rows_behind(rows, measure, where, settings))
