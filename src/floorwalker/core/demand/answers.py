"""Answers as they come, put together as tables at the end."""

import datetime as dt
from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from floorwalker.core.demand.choosing import Choice
from floorwalker.core.demand.curves import Curve
from floorwalker.core.demand.history import DAY, EPOCH, Flags, Ints, Schema
from floorwalker.core.demand.settings import COLUMNS, Floats

KEY: dict[str, Schema] = {"queue": pl.String, "origin": pl.Datetime("us")}
ROWS = ("queue", "origin", "start", "kind", "mean", *COLUMNS)
DRIVERS = KEY | {"date": pl.Date, "driver": pl.String, "factor": pl.Float64}
CHOICES = KEY | {"lead": pl.String, "model": pl.String, "why": pl.String, "error": pl.Float64, "error_of_mean": pl.Float64}


class Parts:
    """Collects rows, drivers, choices and refusals."""

    def __init__(self) -> None:
        self.days: dict[tuple[str, datetime, dt.date], tuple[Ints, Curve, Flags]] = {}
        self._values: list[Floats] = []
        self._drivers: list[tuple[str, datetime, dt.date, str, float]] = []
        self._choices: list[tuple[object, ...]] = []
        self._refused: list[tuple[str, datetime, str, str]] = []

    def add(self, queue: str, origin: datetime, day: int, minutes: Ints, whole: Curve, cells: Flags) -> None:
        """One day: the cells of a whole curve that are to come. Curves share arrays, so they are kept whole."""
        self._values.append(whole.only(cells).table)
        self.days[queue, origin, _date(day)] = (minutes[cells], whole, cells)

    def drive(self, queue: str, origin: datetime, day: int, drivers: Iterable[tuple[str, float]]) -> None:
        """What makes the day what it is."""
        self._drivers += [(queue, origin, _date(day), driver, factor) for driver, factor in drivers]

    def choose(self, queue: str, origin: datetime, choices: Iterable[Choice]) -> None:
        """Which model is used, lead by lead."""
        self._choices += [(queue, origin, c.lead, c.model, c.why, c.error, c.error_of_mean) for c in choices]

    def refuse(self, queue: str, origin: datetime, code: str) -> None:
        """A queue that cannot be forecast from an origin."""
        self._refused.append((queue, origin, code, ""))

    def put_together(self, refused: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """Rows, drivers, choices, refusals."""
        drivers = pl.DataFrame(self._drivers, schema=pl.Schema(DRIVERS), orient="row")
        choices = pl.DataFrame(self._choices, schema=pl.Schema(CHOICES), orient="row").with_columns(
            pl.col("error", "error_of_mean").fill_nan(None)
        )
        more = pl.DataFrame(self._refused, schema=refused.schema, orient="row")
        return self._rows(), drivers, choices, pl.concat([refused, more])

    def _rows(self) -> pl.DataFrame:
        sizes = [len(each) for each in self._values]
        parts = np.repeat(np.arange(len(sizes)), sizes)
        values = np.vstack(self._values) if sizes else np.zeros((0, 1 + len(COLUMNS)))
        is_day = np.zeros(len(parts), bool)
        is_day[np.cumsum(sizes, dtype=np.int64) - 1] = True
        starts = [np.append(minutes, minutes[0] // DAY * DAY) for minutes, _, _ in self.days.values()]
        queues = pl.Series([queue for queue, _, _ in self.days], dtype=pl.String)
        origins = pl.Series([origin for _, origin, _ in self.days], dtype=pl.Datetime("us"))
        minutes = np.concatenate(starts) if starts else np.zeros(0, np.int64)
        frame = pl.DataFrame(
            {
                "queue": queues.gather(parts),
                "origin": origins.gather(parts),
                "start": pl.Series(minutes * 60_000_000, dtype=pl.Int64).cast(pl.Datetime("us")),
                "day": is_day,
                **{name: values[:, k] for k, name in enumerate(("mean", *COLUMNS))},
            }
        )
        kind = pl.when("day").then(pl.lit("day")).otherwise(pl.lit("interval"))
        return frame.with_columns(kind=kind).select(ROWS)


def _date(day: int) -> dt.date:
    return (EPOCH + timedelta(days=day)).date()
