"""How widely handle times and patience are spread in a queue, which no formula here can hold: for the simulation."""

from dataclasses import dataclass
from datetime import date
from math import gamma

import numpy as np
import polars as pl
from numpy.typing import NDArray

from floorwalker.warehouse.warehouse import Warehouse

Floats = NDArray[np.float64]
FILES = 84
FEWEST = 50
SHORTEST = 0.5
SHAPES = (0.3, 3.0)
MOST_VARIATION = 3.0


@dataclass(frozen=True)
class Manner:
    """Standard deviation of handle times over their mean; mean patience (None: unknown) and the shape of its Weibull
    distribution, below 1 when many leave at once.
    """

    variation: float | None = None
    patience_s: float | None = None
    shape: float = 1.0


def manners(warehouse: Warehouse, first: date) -> dict[str, Manner]:
    """Each queue's manner since a day, as far as enough of its contacts tell it."""
    files = warehouse.files().get("leg", ())
    if not files:
        return {}
    legs = pl.scan_parquet([str(path) for path in files[-FILES:]])
    asked = legs.filter((pl.col("day") >= first) & pl.col("queue").is_not_null())
    rows = asked.select("queue", "wait_s", "handle_s", gone=pl.col("outcome") == "abandoned").collect()
    return {str(queue): _manner(mine) for (queue,), mine in rows.partition_by("queue", as_dict=True).items()}


def _manner(legs: pl.DataFrame) -> Manner:
    handled = legs["handle_s"].drop_nulls().to_numpy()
    handled = handled[handled > 0]
    variation = min(float(handled.std() / handled.mean()), MOST_VARIATION) if len(handled) >= FEWEST else None
    waited = legs.drop_nulls("wait_s")
    gone = waited["gone"].to_numpy()
    if gone.sum() < FEWEST:
        return Manner(variation)
    patience, shape = weibull(np.maximum(waited["wait_s"].to_numpy().astype(float), SHORTEST), gone)
    return Manner(variation, patience, shape)


def weibull(waited: Floats, gone: NDArray[np.bool_]) -> tuple[float, float]:
    """Mean and shape of a Weibull patience; an answer ends the watching (maximum likelihood, by halving)."""
    logs, scaled = np.log(waited), waited / waited.max()
    low, high = SHAPES
    for _ in range(40):
        shape = (low + high) / 2
        power = scaled**shape
        slope = float((power * logs).sum() / power.sum() - 1 / shape - logs[gone].mean())
        low, high = (shape, high) if slope < 0 else (low, shape)
    scale = float((scaled**shape).sum() / gone.sum()) ** (1 / shape) * float(waited.max())
    return scale * gamma(1 + 1 / shape), shape
