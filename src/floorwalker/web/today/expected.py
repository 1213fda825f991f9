"""What a day will probably bring: the mean of recent same weekdays by quarter of an hour, and its busiest hour."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

FEWEST_DAYS = 3
QUIET = 0.04
SURE = 0.1


@dataclass(frozen=True)
class Step:
    """One stretch of the day from `minute`: the mean of recent same weekdays, 1 in 10 to 9 in 10, and what came today."""

    minute: int
    mean: float
    low: float
    high: float
    came: float | None


@dataclass(frozen=True)
class ExpectedDay:
    """The expected day in steps of `length` minutes, from `days` same weekdays; minutes of the busiest hour and its peak."""

    length: int
    steps: tuple[Step, ...]
    total: float
    low: float
    high: float
    busiest: tuple[int, int]
    peak: int
    days: int

    @property
    def at_peak(self) -> float:
        """Contacts expected in the peak's step."""
        return next(step.mean for step in self.steps if step.minute == self.peak)


def expected_day(course: pl.DataFrame, today: date, now: int | None) -> ExpectedDay | None:
    """From contacts offered by (day, minute); None when fewer than three such days are known or the hours are not.

    `now` is the minute up to which today is known; None when nothing of it is.
    """
    known = course.filter(pl.col("minute").is_not_null() & (pl.col("offered") > 0))
    past = known.filter(pl.col("day") < today)
    if past["day"].n_unique() < FEWEST_DAYS:
        return None
    minutes = np.array(sorted(set(past["minute"].to_list())))
    length = _step_of(minutes)
    grid = np.arange(minutes[0], minutes[-1] + length, length)
    table = _table(past, grid, length)
    mean = table.mean(axis=0)
    first, last = _open(mean, length)
    came = _table(known.filter(pl.col("day") == today), grid, length).sum(axis=0)
    low, high = np.quantile(table, [SURE, 1 - SURE], axis=0)
    totals = np.quantile(table.sum(axis=1), [SURE, 1 - SURE])
    steps = tuple(
        Step(int(grid[k]), float(mean[k]), float(low[k]), float(high[k]), _came(came[k], int(grid[k]) + length, now))
        for k in range(first, last)
    )
    start = _busiest(mean, length)
    peak = start + int(np.argmax(mean[start : start + max(1, 60 // length)]))
    busiest = (int(grid[start]), min(int(grid[start]) + max(60, length), 24 * 60))
    return ExpectedDay(
        length, steps, float(mean.sum()), float(totals[0]), float(totals[1]), busiest, int(grid[peak]), len(table)
    )


def _step_of(minutes: np.ndarray) -> int:
    gaps = np.diff(minutes)
    return int(gaps.min()) if len(gaps) else 60


def _table(rows: pl.DataFrame, grid: np.ndarray, length: int) -> np.ndarray:
    """Days down, steps across; a step without contacts on an open day is a zero."""
    days = sorted(set(rows["day"].to_list()))
    table = np.zeros((len(days), len(grid)))
    row_of = {day: row for row, day in enumerate(days)}
    for day, minute, offered in rows.select("day", "minute", "offered").iter_rows():
        column = (minute - grid[0]) // length
        if 0 <= column < len(grid):
            table[row_of[day], column] += offered
    return table


def _open(mean: np.ndarray, length: int) -> tuple[int, int]:
    """From the first to the last step with more than a trickle; the few contacts of the night are counted, not drawn."""
    width = max(1, 60 // length)
    smooth = np.convolve(mean, np.ones(width) / width, mode="same") if len(mean) >= width else mean
    busy = np.flatnonzero(smooth >= smooth.max() * QUIET)
    return int(busy[0]), int(busy[-1]) + 1


def _busiest(mean: np.ndarray, length: int) -> int:
    """Where the hour with the most contacts begins."""
    width = max(1, 60 // length)
    sums = np.convolve(mean, np.ones(width), mode="valid") if len(mean) >= width else mean[:1]
    return int(np.argmax(sums))


def _came(count: float, end: int, now: int | None) -> float | None:
    return float(count) if now is not None and end <= now else None
