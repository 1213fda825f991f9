"""Small histories of known make."""

from datetime import datetime, timedelta

import numpy as np
import polars as pl

MONDAY = datetime(2026, 6, 1)  # noqa: DTZ001 - local time without a zone


def history(
    days: int, step: int = 30, seed: int = 1, level: float = 60.0, queue: str = "calls", weekend: bool = False
) -> pl.DataFrame:
    """Opening 08:00 to 18:00 with a hump, busy Mondays, a daily busyness that lasts a little, and noise of each interval."""
    rng, rows, busy = np.random.default_rng(seed), [], 0.0
    slots = np.arange(8 * 60, 18 * 60, step)
    shape = 0.6 + 0.4 * np.sin((slots - 480) / 600 * np.pi)
    for k in range(days):
        day = MONDAY + timedelta(days=k)
        busy = 0.6 * busy + rng.normal(0, 0.05)
        if day.weekday() > 4 and not weekend:
            continue
        mean = level * shape * (1.2 if day.weekday() == 0 else 1.0) * np.exp(busy)
        counts = rng.poisson(mean * rng.gamma(50, 1 / 50, len(slots)))
        rows += [(queue, day + timedelta(minutes=int(m)), float(n)) for m, n in zip(slots, counts, strict=True)]
    return pl.DataFrame(rows, schema={"queue": pl.String, "start": pl.Datetime("us"), "contacts": pl.Float64}, orient="row")


def origin(days: int, hour: int = 0, queue: str = "calls") -> pl.DataFrame:
    """One origin, so many days after the first Monday."""
    at = MONDAY + timedelta(days=days, hours=hour)
    return pl.DataFrame({"queue": [queue], "origin": [at]}, schema={"queue": pl.String, "origin": pl.Datetime("us")})
