"""Thousands of series at once: which calls to believe, and how many false ones to expect."""

from dataclasses import dataclass

import numpy as np
import polars as pl

LASTING = ("shift", "trend")


@dataclass(frozen=True)
class Budget:
    """What a manager was promised: `expected` wrong alarms a week in `kept`; `threshold`, the least chance that was enough."""

    threshold: float
    expected: float
    kept: pl.DataFrame


def believed(states: pl.DataFrame, wrong_share: float = 0.1) -> pl.DataFrame:
    """The largest set of lasting changes of one day of which at most `wrong_share` are expected to be wrong, surest first.

    Bayesian false discovery rate (Newton et al. 2004): chances are calibrated, so the mean of 1 - p_lasting over a set is the
    share of it that is wrong. `states` as in `Answers`; rows in other states are not considered.
    """
    surest = states.filter(pl.col("state").cast(pl.String).is_in(LASTING)).sort("p_lasting", "series", descending=[True, False])
    wrong = (1 - surest["p_lasting"]).cum_sum() / np.arange(1, surest.height + 1)
    return surest.head(int((wrong <= wrong_share).sum()))


def calls(states: pl.DataFrame, moved: int = 7) -> pl.DataFrame:
    """The rows on which a lasting change was called: the first of a run, or where its onset moved by more than `moved` days."""
    lasting = pl.col("state").cast(pl.String).is_in(LASTING)
    before = lasting.shift(fill_value=False).over("series")
    jumped = (pl.col("onset") - pl.col("onset").shift()).dt.total_days().abs().over("series") > moved
    return states.filter(lasting & (~before | jumped.fill_null(True)))


def within_budget(states: pl.DataFrame, wrong_per_week: float) -> Budget:
    """The calls to show so that no more than `wrong_per_week` wrong ones are expected, surest first.

    `states` covers whole weeks of all series; what is expected is the sum of 1 - p_lasting on the day of each call.
    """
    surest = calls(states).sort("p_lasting", "series", descending=[True, False])
    days = (states["date"].max() - states["date"].min()).days + 1 if states.height else 1  # type: ignore[operator, union-attr]
    expected = (1 - surest["p_lasting"]).cum_sum() / (days / 7)
    count = int((expected <= wrong_per_week).sum())
    kept = surest.head(count)
    return Budget(kept["p_lasting"].min() or 1.0, float(expected[count - 1]) if count else 0.0, kept)  # type: ignore[arg-type]
