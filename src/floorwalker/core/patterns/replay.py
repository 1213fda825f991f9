"""What the engine would have said where nothing happened, and what a centre's own history says about how often things do."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from floorwalker.core.patterns.discoveries import calls
from floorwalker.core.patterns.engine import Answers, classify
from floorwalker.core.patterns.settings import RECENT, WINDOW, Hazards, Settings

BLOCK = 14
START = date(2001, 1, 1)


@dataclass(frozen=True)
class FalseAlarms:
    """Calls in replayed quiet history. `days_per_call` is what one series waits for a false one, with a 95 % interval."""

    series_days: int
    calls: int
    days_per_call: float
    low: float
    high: float

    def per_week(self, series: int) -> float:
        """False calls to expect in a week of so many series."""
        return 7 * series / self.days_per_call


def replay_quiet(
    answers: Answers, *, series: int = 400, days: int = 400, settings: Settings | None = None, seed: int = 1
) -> FalseAlarms:
    """Judge made-up histories sewn together from quiet fortnights of the real ones (moving blocks, Kuensch 1989).

    A fortnight is quiet where each of its days is `steady`; its scores keep their autocorrelation and their tails. The replayed
    series learn their own level and noise anew, as a new series would. Raises ValueError where there is no quiet fortnight.
    """
    blocks = _quiet_blocks(answers.states)
    if not len(blocks):
        raise ValueError("no_quiet_fortnight")
    rng = np.random.default_rng(seed)
    chosen = rng.integers(len(blocks), size=(series, -(-days // BLOCK)))
    scores = blocks[chosen].reshape(series, -1)[:, :days] * rng.choice((-1.0, 1.0), size=(series, 1))
    dates = pl.date_range(START, START.replace(year=START.year + days // 365 + 1), eager=True)[:days]
    table = pl.DataFrame(
        {
            "series": np.repeat(np.arange(series), days).astype(str),
            "kind": "mean",
            "date": pl.concat([dates] * series),
            "value": scores.ravel(),
        }
    )
    found = classify(table, settings=settings)
    judged = int((found.states["state"] != "learning").sum())
    count = calls(found.states).height
    return FalseAlarms(judged, count, judged / max(count, 1), *(judged / c for c in _poisson(count)))


def learn_hazards(table: pl.DataFrame, settings: Settings | None = None, rounds: int = 4) -> Settings:
    """Settings whose hazards are those of the centre's own history (empirical Bayes, half steps on the log scale).

    The mean over days of the chance that an event of a type began in the last RECENT days, over RECENT, is its rate a day.
    Outliers, bumps and decays keep their proportions. A history of fewer than 20 series-years says too little to learn from.
    """
    settings = settings or Settings()
    for _ in range(rounds):
        states = classify(table, settings=settings).states.filter(pl.col("state") != "learning")
        if states.is_empty():
            return settings
        mean = states.select(pl.col("p_blip", "p_level", "p_trend", "p_weekday", "p_spread").mean()).row(0, named=True)
        h = settings.hazards
        temporary = (mean["p_blip"] / RECENT / (h.outlier + h.bump + h.decay)) ** 0.5
        found = Hazards(
            outlier=h.outlier * temporary,
            bump=h.bump * temporary,
            decay=h.decay * temporary,
            step=(h.step * mean["p_level"] / RECENT) ** 0.5,
            ramp=(h.ramp * mean["p_trend"] / RECENT) ** 0.5,
            weekday=(h.weekday * mean["p_weekday"] / WINDOW) ** 0.5,
            spread=(h.spread * mean["p_spread"] / WINDOW) ** 0.5,
        )
        settings = replace(settings, hazards=Hazards(**{name: min(max(v, 1e-5), 0.1) for name, v in vars(found).items()}))
    return settings


def _quiet_blocks(states: pl.DataFrame) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """(blocks, BLOCK) scores of fortnights in which every day is steady."""
    steady = states.filter(pl.col("score").is_not_null()).with_columns(
        k=pl.int_range(pl.len()).over("series") // BLOCK, calm=pl.col("state") == "steady"
    )
    whole = steady.group_by("series", "k", maintain_order=True).agg("score", pl.col("calm").all())
    kept = whole.filter(pl.col("calm") & (pl.col("score").list.len() == BLOCK))
    return np.array(kept["score"].to_list(), float).reshape(-1, BLOCK)


def _poisson(count: int) -> tuple[float, float]:
    """(upper, lower) 95 % bounds of a Poisson count, by the cube-root approximation of Wilson and Hilferty."""
    upper = (count + 1) * (1 - 1 / (9 * (count + 1)) + 1.96 / (3 * (count + 1) ** 0.5)) ** 3
    lower = count * (1 - 1 / (9 * count) - 1.96 / (3 * count**0.5)) ** 3 if count else 1e-9
    return upper, max(lower, 1e-9)
