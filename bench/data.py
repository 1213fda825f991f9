"""A centre of any size for benchmarks: time-ordered contacts with one leg each, the same on every run."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from floorwalker.core.records import CONTACT, LEG

DAYS, QUEUES, TOPICS = 400, 40, 10
CONTACTS_OF_AN_AGENT_A_DAY = 60
FIRST_DAY = date(2023, 1, 1)
_BATCH = 250_000
_HOURS = 14


def batches(contacts: int, days: int, first: int = 0, seed: int = 1, from_day: int = 0) -> Iterator[dict[str, pl.DataFrame]]:
    """Frames of `contact` and `leg` in order of time over `days`, numbered from `first`, beginning with day `from_day`."""
    random = np.random.default_rng(seed)
    for start in range(0, contacts, _BATCH):
        yield _tables(_batch(random, contacts, days, first, start, min(_BATCH, contacts - start)), from_day)


def _batch(random: np.random.Generator, contacts: int, days: int, first: int, start: int, rows: int) -> pl.DataFrame:
    number = np.arange(start, start + rows)
    within = number * days / contacts
    day = within.astype(np.int64)
    second = 7 * 3600 + ((within - day) * _HOURS * 3600).astype(np.int64)
    answered = random.random(rows) < 0.9
    queue = random.integers(0, QUEUES, rows)
    agents = max(contacts // days // CONTACTS_OF_AN_AGENT_A_DAY, 20)
    agent = (queue * agents // QUEUES + random.integers(0, max(agents // 20, 1), rows)) % agents
    return pl.DataFrame({"number": number + first, "day_": day, "second": second, "answered": answered}).with_columns(
        queue=_name("queue", queue),
        agent=_name("agent", agent),
        topic=_name("topic", (queue + random.integers(0, 5, rows)) % TOPICS),
        customer_key=random.integers(0, max(contacts // 4, 1), rows) * 7919,
        wait_s=np.round(random.exponential(25, rows), 1),
        talk_s=np.round(random.exponential(240, rows), 1),
        hold_s=np.round(random.exponential(15, rows), 1),
        acw_s=np.round(random.exponential(40, rows), 1),
    )


def _name(what: str, numbers: np.ndarray) -> pl.Series:
    names = pl.Series([f"{what} {number}" for number in range(int(numbers.max(initial=0)) + 1)])
    return names.gather(numbers)


def _tables(base: pl.DataFrame, from_day: int) -> dict[str, pl.DataFrame]:
    base = base.with_columns(pl.col("day_") + from_day)
    started = pl.lit(FIRST_DAY).cast(pl.Datetime("us", "UTC")) + pl.duration(days="day_", seconds="second")
    shared = base.with_columns(
        contact_key=(pl.col("number").hash(1)).reinterpret(signed=True),
        day=(pl.lit(FIRST_DAY) + pl.duration(days="day_")).cast(pl.Date),
        minute=pl.col("second") // 900 * 15,
        started_at=started,
        channel=pl.lit("voice"),
        direction=pl.lit("in"),
        status=pl.lit("closed"),
        source=pl.lit("bench"),
        line=pl.col("number"),
        row_hash=pl.col("number").hash(2).reinterpret(signed=True),
    )
    contact = shared.with_columns(native_id=pl.col("number").cast(pl.String), tz=pl.lit("UTC"))
    handled = pl.col("answered")
    leg = shared.with_columns(
        seq=pl.lit(0),
        enqueued_at=pl.col("started_at"),
        outcome=pl.when(handled).then(pl.lit("answered")).otherwise(pl.lit("abandoned")),
        agent=pl.when(handled).then("agent"),
        handle_s=pl.when(handled).then(pl.col("talk_s") + pl.col("hold_s") + pl.col("acw_s")),
        **{name: pl.when(handled).then(name) for name in ("talk_s", "hold_s", "acw_s")},
    )
    return {
        "contact": contact.select(name for name in CONTACT.schema if name in contact.columns),
        "leg": leg.select(name for name in LEG.schema if name in leg.columns),
    }
