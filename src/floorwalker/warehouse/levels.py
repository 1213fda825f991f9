"""The levels of the cube: by what sums and spreads are kept, and which of them a question can be answered from.

Sums are kept where that makes few rows of many: per queue and quarter of an hour, per queue and reason and day, per queue and
agent and day. An agent's quarters of an hour would be nearly as many rows as contacts; such a question reads the records.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from floorwalker.core.measures.question import Question
from floorwalker.core.measures.sums import SUMS

BASE_FACTS = ("leg", "contact", "agent_state", "survey", "interval_stat")
FOLLOW = "follow"
SPREAD = "spread"
_TYPES = {"day": pl.Date(), "minute": pl.Int64(), "hour": pl.Int64(), "bucket": pl.Int64()}


@dataclass(frozen=True)
class Level:
    """One table of the cube: what the rows of `fact` add to `values`, kept `by` these columns.

    A level of spreads also tells apart spread and bucket (`within`).
    """

    table: str
    fact: str
    by: tuple[str, ...]
    values: tuple[str, ...]
    within: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return (*self.by, *self.within)

    @property
    def order(self) -> tuple[str, ...]:
        """The keys in the order in which rows lie: those of one agent, or of one day, together."""
        return tuple(sorted(self.keys, key=lambda name: name != "agent"))

    @property
    def personal(self) -> bool:
        """Whether it tells agents apart."""
        return "agent" in self.by

    def empty(self) -> pl.DataFrame:
        """No rows."""
        keys = {name: _TYPES.get(name, pl.String()) for name in self.keys}
        return pl.DataFrame(schema={**keys, **dict.fromkeys(self.values, pl.Float64())})

    def answers(self, dimensions: Iterable[str]) -> bool:
        """Whether it can be cut and filtered by all of these."""
        known = {*self.by, "hour"} if "minute" in self.by else set(self.by)
        return set(dimensions) <= known


def _levels(fact: str) -> tuple[Level, ...]:
    """The levels of a fact table, the smallest first."""
    values = tuple(name for name, each in SUMS.items() if fact in each.over)
    return (
        Level(f"cube_{fact}_day", fact, ("day", "queue", "channel", "topic"), values),
        Level(f"cube_{fact}_quarter", fact, ("day", "minute", "queue", "channel"), values),
        Level(f"cube_{fact}_agent", fact, ("day", "queue", "channel", "agent"), values),
    )


LEVELS_OF = {fact: _levels(fact) for fact in (*BASE_FACTS, FOLLOW)}
LEVELS_OF[SPREAD] = (
    Level("cube_spread_hour", SPREAD, ("day", "hour", "channel"), ("n",), ("spread", "bucket")),
    Level("cube_spread_queue", SPREAD, ("day", "queue", "channel"), ("n",), ("spread", "bucket")),
)
LEVELS = tuple(level for levels in LEVELS_OF.values() for level in levels)


def dimensions_of(question: Question) -> tuple[str, ...]:
    """The physical dimensions by which a question cuts and filters."""
    return (*question.physical_by, *(each.dimension for each in question.physical_where))


def level_for(levels: Sequence[Level], question: Question) -> Level | None:
    """The smallest level that answers the question; None when only the records do."""
    wanted = dimensions_of(question)
    personal = "agent" in wanted
    return next((level for level in levels if level.personal == personal and level.answers(wanted)), None)
