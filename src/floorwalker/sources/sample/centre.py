"""The sample centre as a source: the same centre for everybody, drawn anew on every machine instead of being shipped."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from floorwalker.sources.reading import Batch, Site
from floorwalker.sources.sample.columns import share_of
from floorwalker.sources.sample.contact_tables import contacts_and_legs
from floorwalker.sources.sample.days import HISTORY_DAYS, ZONE
from floorwalker.sources.sample.people import agents, people
from floorwalker.sources.sample.state_table import state_frame
from floorwalker.sources.sample.states import joined, states
from floorwalker.sources.sample.stories import Story, stories, telling
from floorwalker.sources.sample.survey_table import survey_frame
from floorwalker.sources.sample.surveys import all_answers, surveys
from floorwalker.sources.sample.visits import DAY_STEP, Visits, together
from floorwalker.sources.sample.workday import Workday, still_waiting, workday


@dataclass(frozen=True)
class SampleCentre:
    """A contact centre in Warsaw as it looks on the morning of `today`, with 400 days behind it.

    Every day has its own chance, so a day drawn alone equals the same day drawn among others. `scale` keeps the contacts of
    that share of the customers (0 to 1): times, rates and repeat contacts stay as they are, volumes and occupancy shrink.
    Its clocks show Warsaw time whatever the site's zone.
    """

    today: date
    scale: float = 1.0
    main_table: str = field(default="contact", init=False)
    tz: str = field(default=ZONE, init=False)

    def __post_init__(self) -> None:
        if not 0 < self.scale <= 1:
            raise ValueError(f"scale is a share of the customers, above 0 and up to 1, not {self.scale}")

    def read(self, paths: list[Path], site: Site) -> Iterator[Batch]:
        """All days up to yesterday, a month a batch, in order; there are no files, so `paths` is ignored."""
        for _, month in groupby(self.days(), key=lambda day: (day.year, day.month)):
            days = list(month)
            tables = self.between(days[0], days[-1], site)
            yield Batch(tables=tables, read=tables["contact"].height)

    def days(self) -> list[date]:
        """The days of its history, the last one yesterday."""
        return [self.today - timedelta(ago) for ago in range(HISTORY_DAYS, 0, -1)]

    def people(self) -> pl.DataFrame:
        """Everybody, those who left as well, as the person table."""
        return people(self.today)

    def stories(self) -> tuple[Story, ...]:
        """What really happened, with its dates."""
        return stories(self.today)

    def between(self, first: date, last: date, site: Site) -> dict[str, pl.DataFrame]:
        """The record tables of the days from `first` to `last`, both included."""
        work = [self._workday(first + timedelta(k)) for k in range((last - first).days + 1)]
        after = last + timedelta(1)
        eve = self._workday(after).visits if after < self.today else still_waiting(self.today, telling(self.today))
        begun = self._kept(together([*(day.visits for day in work), eve]))
        day = begun.contact // DAY_STEP
        within = begun.take((day >= first.toordinal()) & (day <= last.toordinal()))
        contact, leg = contacts_and_legs(within, self._names(), site)
        stretches = joined([states(day, self._kept(day.visits)) for day in work])
        asked = all_answers([surveys(day, telling(self.today)) for day in work])
        answers = asked.take(np.flatnonzero(self._chosen(asked.stay)))
        return {
            "contact": contact,
            "leg": leg,
            "agent_state": state_frame(stretches, self._names(), site),
            "survey": survey_frame(answers, self._names(), site),
        }

    def _workday(self, day: date) -> Workday:
        return workday(day, telling(self.today))

    def _kept(self, visits: Visits) -> Visits:
        return visits.take(self._chosen(visits))

    def _chosen(self, visits: Visits) -> NDArray[np.bool_]:
        return share_of(visits.customer, 0) < self.scale

    def _names(self) -> tuple[str, ...]:
        return tuple(agent.name for agent in agents(self.today))
