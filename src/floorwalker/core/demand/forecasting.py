"""The forecast of many queues from many origins: rows, drivers, choices and scenarios."""

import datetime as dt
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from floorwalker.core.demand.curves import Curve
from floorwalker.core.demand.fitting import fit, update, without
from floorwalker.core.demand.history import DAY, Grid, Ints, Schema, Unusable, lay_out
from floorwalker.core.demand.settings import COLUMNS, Floats, Settings

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local time without a zone, as in the history
ROWS: dict[str, Schema] = {
    "queue": pl.String,
    "origin": pl.Datetime("us"),
    "start": pl.Datetime("us"),
    "kind": pl.String,
    "mean": pl.Float64,
}
DRIVERS: dict[str, Schema] = {
    "queue": pl.String,
    "origin": pl.Datetime("us"),
    "date": pl.Date,
    "driver": pl.String,
    "factor": pl.Float64,
}
CHOICES: dict[str, Schema] = {
    "queue": pl.String,
    "origin": pl.Datetime("us"),
    "lead": pl.String,
    "model": pl.String,
    "why": pl.String,
}
CHOICES |= {"error": pl.Float64, "error_of_mean": pl.Float64}


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
    choices: pl.DataFrame
    refusals: pl.DataFrame
    """queue, start, code, found: rows and queues that could not be used."""
    days: dict[tuple[str, datetime, dt.date], tuple[Ints, Curve]] = field(repr=False, default_factory=dict)

    def scenarios(self, queue: str, origin: datetime, date: dt.date, draws: int = 500, seed: int = 1) -> Scenarios:
        """Draws of a day's counts from the origin on. Raises KeyError where nothing is forecast."""
        minutes, curve = self.days[queue, origin, date]
        counts = curve.draw(draws, np.random.default_rng(seed))
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
    `masked`: queue, date of blips to leave out. `levels`: queue, date on which a lasting shift began.
    """
    if days < 1:
        raise Unusable("days", found=str(days))
    grids, refused = lay_out(history)
    grids = {queue: without(grid, known, masked, levels) for queue, grid in grids.items()}
    settings = settings or Settings()
    parts = _Parts()
    asked = (
        origins.select(pl.col("queue").cast(pl.String), pl.col("origin").cast(pl.Datetime("us")))
        .unique()
        .sort("queue", "origin")
    )
    for (queue,), mine in asked.partition_by("queue", as_dict=True).items():
        grid = grids.get(str(queue))
        for origin in mine["origin"].to_list():
            if grid is None or not _one(grid, origin, days, settings, parts):
                parts.refuse(str(queue), origin, "no_history")
    return parts.put_together(refused)


def _one(grid: Grid, origin: datetime, days: int, settings: Settings, parts: "_Parts") -> bool:
    at = int((origin - EPOCH).total_seconds() // 60)
    today = at // DAY
    found = fit(grid, today, settings)
    if found is None:
        return False
    for k, curve in enumerate(found.curves(days)):
        day = today + k
        if k == 0 and today - grid.first < len(grid.counts):
            seen = np.where(grid.starts(day) < at, grid.counts[today - grid.first], np.nan)
            curve = update(curve, seen)
        cells = found.open_cells[(day + 3) % 7] & (grid.starts(day) >= at)
        if cells.any():
            rest = Curve(curve.mean[cells], curve.profiles[:, cells], curve.scores, curve.noise[cells])
            parts.add(grid.queue, origin, day, grid.starts(day)[cells], rest)
    return True


class _Parts:
    """Rows as they come, put together at the end."""

    def __init__(self) -> None:
        self.queues: list[str] = []
        self.origins: list[datetime] = []
        self.sizes: list[int] = []
        self.minutes: list[Ints] = []
        self.values: list[Floats] = []
        self.days: dict[tuple[str, datetime, dt.date], tuple[Ints, Curve]] = {}
        self.refused: list[tuple[str, datetime, str, str]] = []

    def add(self, queue: str, origin: datetime, day: int, minutes: Ints, curve: Curve) -> None:
        expected, quantiles = curve.total()
        self.queues.append(queue)
        self.origins.append(origin)
        self.sizes.append(len(minutes) + 1)
        self.minutes.append(np.append(minutes, day * DAY))
        cells = np.column_stack([curve.means(), curve.quantiles()])
        self.values.append(np.vstack([cells, np.append(expected, quantiles)]))
        self.days[queue, origin, (EPOCH + timedelta(days=day)).date()] = (minutes, curve)

    def refuse(self, queue: str, origin: datetime, code: str) -> None:
        self.refused.append((queue, origin, code, ""))

    def put_together(self, refused: pl.DataFrame) -> Forecast:
        more = pl.DataFrame(self.refused, schema=refused.schema, orient="row")
        return Forecast(
            self._rows(), pl.DataFrame(schema=DRIVERS), pl.DataFrame(schema=CHOICES), pl.concat([refused, more]), self.days
        )

    def _rows(self) -> pl.DataFrame:
        schema = ROWS | dict.fromkeys(COLUMNS, pl.Float64)
        if not self.sizes:
            return pl.DataFrame(schema=schema)
        parts = np.repeat(np.arange(len(self.sizes)), self.sizes)
        last = np.cumsum(self.sizes) - 1
        kind = np.zeros(len(parts), bool)
        kind[last] = True
        values = np.vstack(self.values)
        frame = pl.DataFrame(
            {
                "queue": pl.Series(self.queues).gather(parts),
                "origin": pl.Series(self.origins, dtype=pl.Datetime("us")).gather(parts),
                "start": pl.Series(np.concatenate(self.minutes) * 60_000_000).cast(pl.Datetime("us")),
                "day": kind,
                **{name: values[:, k] for k, name in enumerate(("mean", *COLUMNS))},
            }
        )
        kinds = pl.when("day").then(pl.lit("day")).otherwise(pl.lit("interval"))
        return frame.with_columns(kind=kinds).select(list(schema))
