"""How plain numbers become the columns of a record table."""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from floorwalker.core.records import Table
from floorwalker.core.records.instants import quarter
from floorwalker.sources.sample.days import ZONE
from floorwalker.sources.sample.floor import Floats, Ints
from floorwalker.sources.sample.queues import QUEUES, TOPICS
from floorwalker.sources.sample.visits import DAY_STEP, QUEUE_STEP, UNKNOWN

QUEUE_NAMES = tuple(queue.name for queue in QUEUES)
CHANNEL_NAMES = tuple(queue.channel for queue in QUEUES)
TOPIC_NAMES = tuple(topic.name for topic in TOPICS)

_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def native_id(contact: pl.Expr) -> pl.Expr:
    """The number under which the sample centre knows a contact, such as B20261120-00042."""
    day = contact // DAY_STEP - date(1970, 1, 1).toordinal()
    letter = named(tuple(queue.letter for queue in QUEUES), contact // QUEUE_STEP % (DAY_STEP // QUEUE_STEP))
    serial = (contact % QUEUE_STEP).cast(pl.String).str.zfill(5)
    return pl.concat_str(letter, day.cast(pl.Int32).cast(pl.Date).dt.strftime("%Y%m%d"), pl.lit("-"), serial)


def named(names: tuple[str, ...], number: pl.Expr) -> pl.Expr:
    """The name at each number; null for a negative one."""
    return pl.lit(pl.Series(names)).gather(pl.when(number >= 0).then(number))


def instant(seconds: pl.Expr) -> pl.Expr:
    """An epoch second as an instant; null where it is unknown."""
    return (pl.when(seconds != UNKNOWN).then(seconds) * 1_000_000).cast(pl.Datetime("us", "UTC"))


def when(moment: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The local day and quarter of an hour."""
    return quarter(moment, ZONE)


def mixed(*columns: NDArray[np.generic]) -> Ints:
    """A number for each row that any change of any of its values changes (SplitMix64 over the columns)."""
    state = np.zeros(columns[0].size, np.uint64)
    for column in columns:
        state += column.astype(np.int64).view(np.uint64) + _MIX[0]
        state = (state ^ (state >> np.uint64(30))) * _MIX[1]
        state = (state ^ (state >> np.uint64(27))) * _MIX[2]
        state ^= state >> np.uint64(31)
    return state.view(np.int64)


def shaped(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as the table wants it, without `import_id`, which the warehouse fills."""
    if "import_id" not in table.schema:
        return table.conform(frame)
    return table.conform(frame.with_columns(import_id=0)).drop("import_id")


def instants(*names: str) -> list[pl.Expr]:
    return [instant(pl.col(name)).alias(name) for name in names]


def share_of(number: Ints, matter: int) -> Floats:
    """A stable number from 0 to 1 for each number and matter."""
    return np.asarray(mixed(number, np.full_like(number, matter)).view(np.uint64) / 2.0**64)
