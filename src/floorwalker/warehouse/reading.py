"""The contacts as they were at one moment: what a page asks several times is all answered from one state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from floorwalker.core.measures import Answer, Calendar, Question, Settings
from floorwalker.core.measures.answer import answer
from floorwalker.warehouse.asking import Asked
from floorwalker.warehouse.behind import Behind
from floorwalker.warehouse.duck import Duck
from floorwalker.warehouse.one_contact import one_contact
from floorwalker.warehouse.snapshot import Snapshot, Span


@dataclass(frozen=True)
class Reading:
    """One state of the contacts, counted by `settings`; whatever is brought in meanwhile is not in it."""

    root: Path
    duck: Duck
    snapshot: Snapshot
    settings: Settings

    @property
    def version(self) -> int:
        """The number of this state; another one after each import."""
        return self.snapshot.version

    @property
    def spans(self) -> Mapping[str, Span]:
        """From when to when each record table has rows; tables without any are missing."""
        return self.snapshot.spans

    def last_day_before(self, day: date, tables: tuple[str, ...]) -> date | None:
        """The last day before `day` of which any of these record tables has rows."""
        return max((each for each in (self.snapshot.last_before(table, day) for table in tables) if each), default=None)

    def answer(
        self,
        question: Question,
        memberships: pl.DataFrame | None = None,
        person_days: pl.DataFrame | None = None,
        calendar: Calendar | None = None,
    ) -> Answer:
        """The answer to a question; `memberships` and `person_days` as `Warehouse.answer` takes them."""
        asked = self._asked(person_days)
        return answer(question, asked.sums(question), asked.counts(question), calendar or Calendar(), memberships)

    def behind(self, question: Question, measure: str, memberships: pl.DataFrame | None, calendar: Calendar | None) -> Behind:
        """The rows behind a number: those that the sample of `measure` counts under the days and filters of `question`."""
        return Behind(self._asked(None), question, measure, calendar or Calendar(), memberships)

    def contact(self, contact_key: int) -> Mapping[str, pl.DataFrame]:
        """One contact, its legs and its surveys, by record table name; no contact row when the key is unknown."""
        return one_contact(self.root, self.snapshot, contact_key)

    def _asked(self, person_days: pl.DataFrame | None) -> Asked:
        return Asked(self.root, self.duck, self.snapshot, self.settings, person_days)
