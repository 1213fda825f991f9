"""The levels of the cube: by what sums and spreads are kept, and which of them a question can be answered from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from floorwalker.core.measures.question import Question
from floorwalker.core.measures.sums import SUMS

BASE_FACTS = ("leg", "contact", "agent_state", "survey", "interval_stat")
FOLLOW_FACTS = ("follow",)


def _sums(facts: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name, each in SUMS.items() if set(each.over) & set(facts))


BASE_SUMS, FOLLOW_SUMS = _sums(BASE_FACTS), _sums(FOLLOW_FACTS)


@dataclass(frozen=True)
class Level:
    """One table of the cube: `values` kept `by` these columns; `made_from` a finer level, or from the records if empty.

    A level of spreads also tells apart spread and bucket (`within`).
    """

    table: str
    by: tuple[str, ...]
    values: tuple[str, ...]
    made_from: str = ""
    within: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return (*self.by, *self.within)

    @property
    def personal(self) -> bool:
        """Whether it tells agents apart."""
        return "agent" in self.by

    @property
    def by_quarter(self) -> bool:
        """Whether the rows it is made from know the quarter of an hour instead of the hour."""
        return self.made_from.endswith("_queue")

    def answers(self, dimensions: Iterable[str]) -> bool:
        """Whether it can be cut and filtered by all of these."""
        known = {*self.by, "hour"} if "minute" in self.by else set(self.by)
        return set(dimensions) <= known


_QUARTERS = ("day", "minute", "queue", "channel", "topic")
_AGENTS = ("day", "hour", "queue", "channel", "agent")


def _levels(prefix: str, values: tuple[str, ...]) -> tuple[Level, ...]:
    """From the smallest to the finest. An agent's quarters of an hour would be as many rows as contacts: those are hours."""
    queue, agent = f"{prefix}_queue", f"{prefix}_agent"
    return (
        Level(f"{prefix}_hour", ("day", "hour", "queue", "channel"), values, queue),
        Level(f"{prefix}_day", ("day", "queue", "channel", "topic"), values, queue),
        Level(queue, _QUARTERS, values),
        Level(f"{prefix}_agent_day", ("day", "queue", "channel", "agent"), values, agent),
        Level(agent, _AGENTS, values),
    )


BASE, FOLLOW = _levels("cube", BASE_SUMS), _levels("follow", FOLLOW_SUMS)
COUNTS = (
    Level("spread_hour", ("day", "hour", "channel"), ("n",), within=("spread", "bucket")),
    Level("spread_queue", ("day", "queue", "channel"), ("n",), within=("spread", "bucket")),
)
LEVELS = (*BASE, *FOLLOW, *COUNTS)


def dimensions_of(question: Question) -> tuple[str, ...]:
    """The physical dimensions by which a question cuts and filters."""
    return (*question.physical_by, *(each.dimension for each in question.physical_where))


def level_for(levels: Sequence[Level], question: Question) -> Level | None:
    """The smallest level that answers the question; None when only the records do."""
    wanted = dimensions_of(question)
    personal = "agent" in wanted
    return next((level for level in levels if level.personal == personal and level.answers(wanted)), None)
