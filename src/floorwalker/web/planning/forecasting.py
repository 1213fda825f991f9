"""Asking the forecast engine about a site: which queues, from which moment, how far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from floorwalker.core import demand
from floorwalker.web.accounts.models import Site
from floorwalker.web.events.queries import known_days
from floorwalker.web.planning.history import Known

NEAR_DAYS = 28
FAR_DAYS = 52 * 7
MOST_QUEUES_FAR = 60
"""With more queues than this only the whole site is forecast beyond four weeks."""
DRAWS = 500
SILENT = "silent"


@dataclass(frozen=True)
class Ahead:
    """The coming days: by half-hour for four weeks, by day for a year. `origin` is the moment up to which all is known."""

    near: demand.Forecast
    far: demand.Forecast
    origin: datetime
    queues: tuple[str, ...]

    def draws(self, queue: str, day: date) -> tuple[list[datetime], np.ndarray] | None:
        """Ways in which a day may go from the origin on: the intervals' starts, and counts (draws, intervals)."""
        try:
            found = self.near.scenarios(queue, self.origin, day, draws=DRAWS)
        except KeyError:
            return None
        return found.starts, found.counts

    def silent_on(self, day: date) -> frozenset[str]:
        """The queues in which nothing comes although it should; all of them where that is so of all together."""
        told = self.near.drivers.filter((pl.col("date") == day) & (pl.col("driver") == SILENT))["queue"].to_list()
        return frozenset(self.queues if "" in told else told)


@dataclass(frozen=True)
class Learned:
    """What the page of changes knows: blips to leave out (queue, date), and lasting shifts (queue, date)."""

    masked: pl.DataFrame | None = None
    levels: pl.DataFrame | None = None


def forecast_site(site: Site, known: Known, today: date, learned: Learned, only: frozenset[str] | None = None) -> Ahead:
    """Forecast every queue, and all of them together; or `only` some, to which the others may still lend their shape."""
    queues = tuple(sorted(set(known.counts["queue"].to_list()) & (only or set(known.counts["queue"].to_list()))))
    first = known.counts["start"].min()
    assert isinstance(first, datetime)  # noqa: S101 - there are counts
    special = known_days(site, first.date(), today + timedelta(FAR_DAYS))
    behind = (today - known.until.date()).days
    far = queues if known.counts["queue"].n_unique() <= MOST_QUEUES_FAR else tuple(each for each in queues if not each)
    return Ahead(
        near=_asked(known, queues, NEAR_DAYS + behind, special, learned),
        far=_asked(known, far, FAR_DAYS + behind, special, learned),
        origin=known.until,
        queues=queues,
    )


def _asked(known: Known, queues: Sequence[str], days: int, special: pl.DataFrame, learned: Learned) -> demand.Forecast:
    origins = pl.DataFrame({"queue": list(queues), "origin": [known.until] * len(queues)})
    return demand.forecast(
        known.counts, origins, days, known=special if special.height else None, masked=learned.masked, levels=learned.levels
    )
