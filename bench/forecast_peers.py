"""What others do with the same history: plain weekday mean, profiles by SVD, MSTL (statsforecast), Prophet."""

import logging
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd

Series = pd.Series
Peer = Callable[[Series, pd.DatetimeIndex], np.ndarray]
"""Known counts by start, and the starts to forecast, to means."""


def table(known: Series) -> pd.DataFrame:
    """Days by slots, closed days left out."""
    return pd.DataFrame({"y": known, "day": known.index.normalize(), "slot": known.index - known.index.normalize()}).pivot(
        index="day", columns="slot", values="y"
    )


def read(days: dict[pd.Timestamp, np.ndarray], slots: pd.Index, starts: pd.DatetimeIndex) -> np.ndarray:
    """Values of the starts from rows by day."""
    at = slots.get_indexer(starts - starts.normalize())
    found = [days[d][k] if d in days and k >= 0 else 0.0 for d, k in zip(starts.normalize(), at, strict=True)]
    return np.array(found)


def mean4(known: Series, starts: pd.DatetimeIndex) -> np.ndarray:
    """The mean of the last four known same weekdays."""
    t = table(known)
    days = {}
    for day in starts.normalize().unique():
        rows = t[t.index.day_of_week == day.day_of_week].tail(4)
        days[day] = (rows if len(rows) else t.tail(4)).mean().to_numpy()
    return read(days, t.columns, starts)


def svd(known: Series, starts: pd.DatetimeIndex, k: int = 3, half_life: float = 20.0) -> np.ndarray:
    """Three profiles of the square root, weekday means with weights that fall by age, what is left of yesterday."""
    t = table(known).tail(75)
    x = np.sqrt(t.fillna(t.mean()).to_numpy() + 0.25)
    u, s, v = np.linalg.svd(x, full_matrices=False)
    b, v = u[:, :k] * s[:k], v[:k]
    week, w = t.index.day_of_week.to_numpy(), 0.5 ** ((t.index[-1] - t.index).days.to_numpy() / half_life)
    overall = np.average(b, axis=0, weights=w)
    centre = np.array(
        [np.average(b[week == d], axis=0, weights=w[week == d]) if (week == d).any() else overall for d in range(7)]
    )
    r = b - centre[week]
    phi = np.clip((w[1:, None] * r[1:] * r[:-1]).sum(0) / ((w[1:, None] * r[:-1] ** 2).sum(0) + 1e-9), 0, 0.95)
    left, days = r[-1], {}
    for day in starts.normalize().unique():
        left = left * phi
        days[day] = ((centre[day.day_of_week] + left) @ v) ** 2
    return read(days, t.columns, starts)


def mstl(known: Series, starts: pd.DatetimeIndex) -> np.ndarray:
    """MSTL with the day and the week as seasons, over the open intervals one after the other."""
    from statsforecast.models import MSTL, AutoETS

    t = table(known)
    y = t.ffill().bfill().to_numpy()
    slots, week = y.shape[1], len(set(t.index[-28:].day_of_week))
    days = [
        d
        for d in pd.date_range(t.index[-1] + pd.Timedelta(days=1), starts.max())
        if d.day_of_week in set(t.index[-28:].day_of_week)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MSTL(season_length=[slots, slots * week], trend_forecaster=AutoETS(model="ZZN"))
        ahead = model.forecast(y=y.ravel().astype(float), h=slots * len(days))["mean"].reshape(len(days), slots)
    return read(dict(zip(days, np.maximum(ahead, 0), strict=True)), t.columns, starts)


def prophet(known: Series, starts: pd.DatetimeIndex) -> np.ndarray:
    """Prophet with its own daily and weekly seasons, multiplicative."""
    from prophet import Prophet

    logging.getLogger("cmdstanpy").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = Prophet(seasonality_mode="multiplicative", yearly_seasonality=False, uncertainty_samples=0)
        model.fit(pd.DataFrame({"ds": known.index, "y": known.to_numpy()}))
        found = model.predict(pd.DataFrame({"ds": starts}))["yhat"].to_numpy()
    return np.maximum(found, 0)


PEERS: dict[str, Peer] = {"mean of last 4": mean4, "svd": svd, "MSTL": mstl, "Prophet": prophet}
