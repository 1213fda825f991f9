"""A question to a file's owner, and the table that raises it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from floorwalker.sources.spreadsheet.assign import Seen
from floorwalker.sources.spreadsheet.codes import QUESTIONS
from floorwalker.sources.spreadsheet.fields import KINDS, Sort

Facts = Mapping[str, str | int | float]


@dataclass(frozen=True)
class Question:
    """One open question. `choices` is empty when the answer is free (a zone); `recommended` is "" when nothing speaks for one.

    An answer is kept under `code`; it holds for every column that it concerns (`code:column` for one column alone).
    """

    code: str
    column: str = ""
    choices: tuple[str, ...] = ()
    recommended: str = ""
    facts: Facts = field(default_factory=dict)

    def __post_init__(self) -> None:
        if set(self.facts) - set(QUESTIONS[self.code]):
            raise KeyError(f"{self.code} carries {QUESTIONS[self.code]}, not {sorted(self.facts)}")


@dataclass(frozen=True)
class Table:
    """The columns that matter, by field, and the sampled rows."""

    kind: str
    by_field: Mapping[str, Seen]
    frame: pl.DataFrame
    day: Seen | None
    languages: Mapping[str, int]

    def of_sort(self, *sorts: Sort) -> list[tuple[str, Seen]]:
        """Field and column of each mapped field of these sorts."""
        kind = KINDS[self.kind]
        return [(name, column) for name, column in self.by_field.items() if kind[name].sort in sorts]
