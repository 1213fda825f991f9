"""The forecast of many queues from many origins: rows, drivers, choices and scenarios."""

import datetime as dt
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from floorwalker.core.demand.answers import Parts
from floorwalker.core.demand.borrowing import borrow
from floorwalker.core.demand.calendar import read
from floorwalker.core.demand.curves import Curve
from floorwalker.core.demand.fitting import Fit, fit
from floorwalker.core.demand.history import DAY, EPOCH, Flags, Grid, Ints, Unusable, lay_out
from floorwalker.core.demand.settings import Floats, Settings
from floorwalker.core.demand.today import update


@dataclass(frozen=True)
class Scenarios:
    """Ways in which a day may go: `counts` (draws, intervals) with what the intervals share."""

    starts: list[datetime]
    counts: Floats


@dataclass(frozen=True)
class Forecast:
    """What will come. Codes and numbers only; a date for which nothing is forecast (closed, no history) has no rows."""

    rows: pl.DataFrame
    """queue, origin, start, kind (interval | day), mean, q05 ... q95. A day row's start is its midnight; on the origin's own
    date it is the total from the origin on."""
    drivers: pl.DataFrame
    """queue, origin, date, driver, factor. `weekday` times `level` times the others, over the mean of the open days of eight
    weeks, gives the day: holiday, bridge, before_1 ... after_3, event, season, trend. On the origin's own date also what is
    known of it: today_so_far (factor on the rest of the day), held (counts that look broken were not believed), silent."""
    choices: pl.DataFrame
    """queue, origin, lead (same_day, days_2_7, days_8_14, days_15_on), model (weekday_mean, smooth, moving), why (best |
    as_good | little_history | borrowed), error and error_of_mean (WAPE by interval and by day, averaged, on past days)."""
    refusals: pl.DataFrame
    """queue, start, code, found: rows and queues that could not be used."""
    days: dict[tuple[str, datetime, dt.date], tuple[Ints, Curve, Flags]] = field(repr=False, default_factory=dict)

    def scenarios(self, queue: str, origin: datetime, date: dt.date, draws: int = 500, seed: int = 1) -> Scenarios:
        """Draws of a day's counts from the origin on. Raises KeyError where nothing is forecast."""
        minutes, whole, cells = self.days[queue, origin, date]
        counts = whole.only(cells).draw(draws, np.random.default_rng(seed))
        return Scenarios([EPOCH + timedelta(minutes=int(each)) for each in minutes], counts)


def forecast(
    history: pl.DataFrame,
    origins: pl.DataFrame,
    days: int,
    known: pl.DataFrame | None = None,
    masked: pl.DataFrame | None = None,
    levels: pl.DataFrame | None = None,
    settings: Settings | None = None,
) -> Forecast:
    """Forecast each queue from each origin to the end of day `days` (the origin's own date is day 1).

    `history`: queue, start (local, without a zone), contacts; a missing row is unknown. `origins`: queue, origin: what starts
    before it is known, later intervals are not used. `known`: date, name, kind (holiday | event | outage), maybe queue.
    `masked`: queue, date of blips to leave out. `levels`: queue, date on which a lasting shift began; one that begins after
    an origin is not known to it. Raises Unusable for a table that cannot be read; a bad row or queue is in `refusals`.
    """
    if days < 1:
        raise Unusable("days", found=str(days))
    asked = (
        origins.select(pl.col("queue").cast(pl.String), pl.col("origin").cast(pl.Datetime("us")))
        .unique()
        .sort("queue", "origin")
    )
    last = asked["origin"].max()
    grids, refused = lay_out(history, last if isinstance(last, datetime) else None)
    parts = Parts()
    for queue, origin in asked.filter(~pl.col("queue").is_in(list(grids))).iter_rows():
        parts.refuse(queue, origin, "no_history")
    for queue, grid in grids.items():
        calendar = read(queue, known, masked, levels)
        found, day = None, None
        for origin in asked.filter(queue=queue)["origin"].to_list():
            at = int((origin - EPOCH).total_seconds() // 60)
            if at // DAY != day:
                day = at // DAY
                lent = borrow(grid, grids, day)
                lent_grid, variance = (lent.grid, lent.variance) if lent else (grid, None)
                found = fit(lent_grid, day, days, calendar, settings or Settings(), variance)
            if found is None:
                parts.refuse(queue, origin, "no_history")
            else:
                _from_origin(grid, found, origin, at, parts, day in calendar.broken)
    return Forecast(*parts.put_together(refused), parts.days)


def _from_origin(grid: Grid, found: Fit, origin: datetime, at: int, parts: Parts, broken: bool) -> None:
    today = at // DAY
    parts.choose(grid.queue, origin, found.choices)
    for k, day in enumerate(found.targets.tolist()):
        curve, told = found.curves[k], found.drivers(k)
        cells = found.open_slots(k) & (grid.starts(day) >= at)
        if day == today and not broken and 0 <= today - grid.first < len(grid.counts):
            seen = np.where(found.open_slots(k) & (grid.starts(day) < at), grid.counts[today - grid.first], np.nan)
            updated = update(curve, seen, found.errors * np.sqrt(found.factors[k].factor))
            told += updated.drivers(curve, cells)
            curve = updated.curve
        if cells.any():
            parts.add(grid.queue, origin, day, grid.starts(day), curve, cells)
            parts.drive(grid.queue, origin, day, told)
