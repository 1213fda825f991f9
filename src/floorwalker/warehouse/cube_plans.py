"""What each row of a fact table adds to the cube: the measures' own expressions, compiled once and run on any rows.

Compiling takes longer than adding up a day, so compiled plans are kept for the life of the process. A plan reads its tables
through a slot that is filled for each run; who runs one has it alone.
"""

import atexit
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import ibis
import polars as pl
from polars.io.plugins import register_io_source

from floorwalker.core.measures.adding import contributions
from floorwalker.core.measures.facts import FACTS, fact_rows, unbound
from floorwalker.core.measures.settings import Settings
from floorwalker.warehouse.levels import FOLLOW

NAMES = ("queue", "channel", "topic", "agent")
"""Columns of a few different texts, which are quickly told apart as categories."""

Frames = Mapping[str, pl.LazyFrame]
_POLARS = {"string": pl.String(), "int64": pl.Int64(), "float64": pl.Float64(), "boolean": pl.Boolean(), "date": pl.Date()}


@dataclass(frozen=True)
class Sort:
    """Which plan: the fact table, its sums, the columns beside them, and the tables and columns that it is made from."""

    fact: str
    values: tuple[str, ...]
    keys: tuple[str, ...]
    settings: Settings
    at_hand: tuple[str, ...]
    personal: bool = False
    columns: tuple[str, ...] | None = None


@dataclass
class _Plan:
    rows: pl.LazyFrame
    slots: dict[str, pl.LazyFrame] = field(default_factory=dict)


class Plans:
    """Compiled plans that nobody runs just now."""

    def __init__(self) -> None:
        self._free: dict[Sort, list[_Plan]] = defaultdict(list)
        self._lock = threading.Lock()

    def run(self, sort: Sort, frames: Frames) -> pl.DataFrame:
        """What each row of the fact table adds; names are categories, but for those of interval statistics."""
        with self._one(sort) as plan:
            plan.slots.update(frames)
            try:
                return plan.rows.collect()
            finally:
                plan.slots.clear()

    def forget(self) -> None:
        """Let go of every plan."""
        with self._lock:
            self._free.clear()

    @contextmanager
    def _one(self, sort: Sort) -> Iterator[_Plan]:
        with self._lock:
            free = self._free[sort]
            plan = free.pop() if free else None
        plan = plan or _compiled(sort)
        yield plan
        with self._lock:
            self._free[sort].append(plan)


PLANS = Plans()
atexit.register(PLANS.forget)


def _compiled(sort: Sort) -> _Plan:
    tables = {name: unbound(name, sort.columns if name == FOLLOW else None) for name in sort.at_hand}
    facts = fact_rows(tables, sort.fact, sort.personal)
    expression = contributions(facts, sort.fact, sort.values, sort.keys, sort.settings)
    slots: dict[str, pl.LazyFrame] = {}
    sources = {name: _slot(name, slots, tables[name].columns, categories=len(tables) == 1) for name in tables}
    return _Plan(ibis.polars.connect(sources).compile(expression), slots)


def _slot(name: str, slots: dict[str, pl.LazyFrame], columns: tuple[str, ...], categories: bool) -> pl.LazyFrame:
    """A table whose rows are those that lie in `slots` when it is read."""

    def read(
        wanted: list[str] | None, predicate: pl.Expr | None, rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        found = slots[name].select(wanted or columns)
        if categories:
            found = found.with_columns(pl.col(each).cast(pl.Categorical) for each in wanted or columns if each in NAMES)
        if predicate is not None:
            found = found.filter(predicate)
        yield (found if rows is None else found.head(rows)).collect()

    return register_io_source(read, schema=_schema(name, columns, categories), validate_schema=True)


def _schema(name: str, columns: tuple[str, ...], categories: bool) -> pl.Schema:
    declared = {each: FACTS[name][each] for each in columns}
    types = {each: _POLARS.get(str(kind), pl.Datetime("us", "UTC")) for each, kind in declared.items()}
    return pl.Schema({each: pl.Categorical() if categories and each in NAMES else kind for each, kind in types.items()})
