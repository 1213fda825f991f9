"""A known centre for patterns: four colleagues in one queue, sixteen weeks of days, with noise that is the same on each run."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from floorwalker.web.signatures.shared import WORK

LAST = date(2026, 11, 21)
DAYS = 112
PEOPLE = (1, 2, 3, 4)


def work(
    moved: dict[int, tuple[int, float]] | None = None,
    people: tuple[int, ...] = PEOPLE,
    days: int = DAYS,
    measure: str = "acw_time",
    queue: str = "queue Billing",
    seed: int = 5,
) -> pl.DataFrame:
    """Fifty contacts a day of sixty seconds, give or take three; `moved` says who changed on which day, by how much."""
    chance = np.random.default_rng(seed)
    rows = []
    for person in people:
        first, size = (moved or {}).get(person, (days, 0.0))
        noise = chance.normal(0, 3, DAYS)[-days:]
        for step in range(days):
            day = LAST - timedelta(days=days - 1 - step)
            rows.append((measure, "mean", person, queue, day, 60 + noise[step] + (size if step >= first else 0.0), 50.0))
    return pl.DataFrame(rows, schema=WORK, orient="row")


def team(people: tuple[int, ...] = PEOPLE) -> pl.DataFrame:
    """All of them in one team."""
    return pl.DataFrame({"person": people, "team": ["team 1"] * len(people)})
