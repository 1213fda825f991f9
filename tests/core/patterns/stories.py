"""Small made-up series with a known story, one value a day."""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

START = date(2024, 1, 1)


def table(values: NDArray[np.float64], name: str = "s", kind: str = "mean", weight: float | None = None) -> pl.DataFrame:
    """One series, a value a day from 1 January 2024."""
    days = pl.Series(np.arange(len(values)) + (START - date(1970, 1, 1)).days).cast(pl.Int32).cast(pl.Date)
    return pl.DataFrame({"series": name, "kind": kind, "date": days, "value": values, "weight": weight}).with_columns(
        pl.col("weight").cast(pl.Float64)
    )
