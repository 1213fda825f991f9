"""What may be asked: which measures, cut by what, over which days, of which contacts. Checked when it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from floorwalker.core.measures.catalog import MEASURES

TIME_DIMENSIONS = ("day", "week", "month", "year", "weekday", "hour", "minute")
PHYSICAL_DIMENSIONS = ("day", "hour", "minute", "queue", "channel", "topic", "agent")
"""Columns of every fact table: what an engine groups by. All others are folded from these afterwards."""
DIMENSIONS = (*TIME_DIMENSIONS, "queue", "channel", "topic", "agent", "team")
FOLDED_FROM = {"week": ("day",), "month": ("day",), "year": ("day",), "weekday": ("day",), "team": ("day", "agent")}
KNOWN = "*"
UNKNOWN = ""


class Unanswerable(Exception):
    """A question that makes no sense. `code` names the reason, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class Filter:
    """Keep rows whose `dimension` is one of `values` (with `not_`: is none of them).

    `*` stands for any known value and an empty text for an unknown one. Values of hour, minute and weekday are written as
    numbers, those of day, week, month and year as ISO dates (of the first day).
    """

    dimension: str
    values: tuple[str, ...]
    not_: bool = False

    @property
    def folded(self) -> bool:
        """Whether the engine cannot apply it, because its dimension is made afterwards."""
        return self.dimension in FOLDED_FROM


@dataclass(frozen=True)
class Question:
    """Measures, cut by dimensions, from `since` to `until` (both days included, None: open), of rows that pass every filter.

    `definitions` chooses another common definition of a measure, as pairs of names; `others` asks for the values under all
    the other definitions as well.

    Raises
    ------
    Unanswerable
        `no_measure`, `unknown_measure`, `unknown_dimension`, `dimension_twice`, `unknown_definition`, `days_reversed`,
        `no_value`, `not_a_number`, `not_a_day`.
    """

    measures: tuple[str, ...]
    by: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    where: tuple[Filter, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    others: bool = False

    def __post_init__(self) -> None:
        if not self.measures:
            raise Unanswerable("no_measure", known=", ".join(MEASURES))
        _check_all_known("unknown_measure", self.measures, MEASURES)
        _check_all_known("unknown_dimension", (*self.by, *(each.dimension for each in self.where)), DIMENSIONS)
        if len(set(self.by)) < len(self.by):
            raise Unanswerable("dimension_twice", by=", ".join(self.by))
        if self.since and self.until and self.since > self.until:
            raise Unanswerable("days_reversed", since=self.since.isoformat(), until=self.until.isoformat())
        for name, definition in self.definitions:
            _check_all_known("unknown_measure", (name,), MEASURES)
            if definition and definition not in MEASURES[name].others:
                known = ", ".join(MEASURES[name].others)
                raise Unanswerable("unknown_definition", measure=name, value=definition, known=known)
        for each in self.where:
            _check_values(each)

    def definition(self, measure: str) -> str:
        """The name of the definition asked for; an empty text for the measure's own."""
        return dict(self.definitions).get(measure, "")

    @property
    def physical_by(self) -> tuple[str, ...]:
        """The columns by which an engine must group so that the rest can be folded."""
        wanted = [*self.by, *(each.dimension for each in self.where if each.folded)]
        columns = {column for name in wanted for column in FOLDED_FROM.get(name, (name,))}
        return tuple(name for name in PHYSICAL_DIMENSIONS if name in columns)

    @property
    def physical_where(self) -> tuple[Filter, ...]:
        """The filters that an engine applies."""
        return tuple(each for each in self.where if not each.folded)


def _check_all_known(code: str, names: Sequence[str], known: Sequence[str] | object) -> None:
    for name in names:
        if name not in known:  # type: ignore[operator]
            raise Unanswerable(code, value=name, known=", ".join(known))  # type: ignore[arg-type]


def _check_values(each: Filter) -> None:
    if not each.values:
        raise Unanswerable("no_value", dimension=each.dimension)
    written = [value for value in each.values if value not in (KNOWN, UNKNOWN)]
    if each.dimension in ("hour", "minute", "weekday"):
        for value in written:
            if not value.isascii() or not value.isdigit():
                raise Unanswerable("not_a_number", dimension=each.dimension, value=value)
    elif each.dimension in TIME_DIMENSIONS:
        for value in written:
            try:
                date.fromisoformat(value)
            except ValueError as error:
                raise Unanswerable("not_a_day", dimension=each.dimension, value=value) from error
