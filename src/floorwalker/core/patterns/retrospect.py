"""Looking back: the best segmentation of a whole series, when every day is known.

Least squares with a price per change (Jackson et al. 2005; the price 3 log n times the long-run variance, Yao 1988 and
Lavielle & Moulines 2000 for dependent noise), after a season and single strange days are taken out. A change must also be
abrupt: its jump between the ten days before and after stands out among all such differences, or it is a drift.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from numba import njit
from numpy.typing import NDArray

from floorwalker.core.patterns.observations import Observations, observe
from floorwalker.core.patterns.settings import LONGEST_BLIP, RECENT, Floats

STRANGE = 4.5
"""A day this many robust sd from the median of its neighbours is a blip (Hampel 1974)."""
NEIGHBOURS = 5
SHORTEST = 5
PRICE = 3.0
ABRUPT_DAYS = 10
ABRUPT = 2.24
"""Two-sided 2.5 % point of the differences between neighbouring blocks of ABRUPT_DAYS."""
SEASONAL = 0.25
LONGEST_SEASON = 31


@dataclass(frozen=True)
class Segmentation:
    """One series in retrospect; positions count its known days. `chances` are those of `changes`."""

    changes: list[int]
    chances: list[float]
    blips: list[int]
    levels: Floats
    spread: float


@dataclass(frozen=True)
class Retrospect:
    """`states`: one row per input row with series, date, state, reason, p_blip, p_lasting, onset, size (sd of a usual day).

    `segments`: series, first, last, level (in the measure's unit, blips left out), change (sd, null for the first), p_lasting.
    """

    states: pl.DataFrame
    segments: pl.DataFrame
    refusals: pl.DataFrame


def look_back(table: pl.DataFrame) -> Retrospect:
    """Segment each series of a table as `classify` takes it, with all its days known."""
    seen = observe(table)
    states, segments = [], []
    for k in range(len(seen.names)):
        rows = np.arange(seen.rows[k], seen.rows[k + 1])
        known = rows[np.isfinite(seen.values[rows])]
        found = segment(steadied(seen, k, known), precision(seen, k, known))
        states.append(_rows(seen, k, known, found))
        segments.append(_segments(seen, k, known, found))
    return Retrospect(pl.concat([_NO_STATES, *states]), pl.concat([_NO_SEGMENTS, *segments]), seen.refusals)


def segment(values: Floats, weights: Floats) -> Segmentation:
    """Changes and blips of one series; `weights` are relative precisions of its days."""
    if len(values) < 2 * SHORTEST:
        return Segmentation([], [], [], np.full(len(values), values.mean() if len(values) else 0.0), 0.0)
    calm, strange = without_strange_days(values - season(values))
    price, changes, gains = float(np.var(calm)), [], []
    for _ in range(3):
        penalty = max(PRICE * np.log(len(calm)) * price, 1e-12)
        changes = cheapest(calm, weights, penalty, SHORTEST)[1:].tolist()
        price = long_run_variance(calm - levels_of(calm, changes))
    changes, back = _without_returns(calm, changes)
    changes = [c for c in changes if c in set(abrupt(calm, changes))]
    levels = levels_of(calm, changes)
    spread = float(np.std(calm - levels))
    for c in changes:
        without = levels_of(calm, [x for x in changes if x != c])
        gains.append(float(((calm - without) ** 2).sum() - ((calm - levels) ** 2).sum()))
    penalty = PRICE * np.log(len(calm)) * price
    chances = [1 / (1 + float(np.exp(-min(max((g - penalty) / (2 * price + 1e-300), -30), 30)))) for g in gains]
    return Segmentation(changes, chances, sorted({*strange, *back}), levels, spread)


@njit(cache=True, nogil=True, error_model="numpy")
def cheapest(x, w, penalty, shortest):  # type: ignore[no-untyped-def]
    """First positions of the segments (0 first) with the least weighted squares plus a penalty for each; exact, in n^2 / 2."""
    n = len(x)
    sums = np.zeros((3, n + 1))
    for t in range(n):
        sums[0, t + 1] = sums[0, t] + w[t]
        sums[1, t + 1] = sums[1, t] + w[t] * x[t]
        sums[2, t + 1] = sums[2, t] + w[t] * x[t] * x[t]
    best, last = np.full(n + 1, np.inf), np.zeros(n + 1, np.int64)
    best[0] = 0.0
    for t in range(shortest, n + 1):
        for s in range(t - shortest + 1):
            mass, first = sums[0, t] - sums[0, s], sums[1, t] - sums[1, s]
            cost = best[s] + sums[2, t] - sums[2, s] - first * first / mass + penalty
            if cost < best[t]:
                best[t], last[t] = cost, s
    found = [n]
    while found[-1] > 0:
        found.append(last[found[-1]])
    return np.array(found[:0:-1])


def season(x: Floats) -> Floats:
    """The repeating part, of whatever period up to a month it repeats best; zero where that explains less than a quarter."""
    best, found = SEASONAL, np.zeros(len(x))
    for period in range(2, min(LONGEST_SEASON + 1, len(x) // 4)):
        rest, phase = x - rolling_median(x, max(2 * period + 1, 15)), np.arange(len(x)) % period
        means = np.array([np.median(rest[phase == k]) for k in range(period)])
        repeated = (means - means.mean())[phase]
        scale = np.abs(rest).mean()
        explained = 1 - np.abs(rest - repeated).mean() / scale - period / len(x) if scale > 0 else 0.0
        if explained > best:
            best, found = explained, repeated
    return found


def rolling_median(x: Floats, width: int) -> Floats:
    """Centred median over `width` days, shorter at both ends."""
    padded = np.pad(x, width // 2, constant_values=np.nan)
    return np.asarray(np.nanmedian(np.lib.stride_tricks.sliding_window_view(padded, width // 2 * 2 + 1), axis=1))


def without_strange_days(x: Floats) -> tuple[Floats, list[int]]:
    """Days far from their neighbours, put back among them, and where they were."""
    padded = np.pad(x, NEIGHBOURS, constant_values=np.nan)
    windows = np.delete(np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 1), NEIGHBOURS, axis=1)
    middle = np.nanmedian(windows, axis=1)
    usual = 1.4826 * float(np.median(np.abs(np.diff(x)))) / np.sqrt(2)
    strange = np.abs(x - middle) > STRANGE * max(usual, 1e-9 * float(np.abs(x).max()) + 1e-300)
    return np.where(strange, middle, x), np.flatnonzero(strange).tolist()


def levels_of(x: Floats, changes: list[int]) -> Floats:
    """Mean of its segment for every day."""
    edges = [0, *changes, len(x)]
    return np.concatenate([np.full(b - a, x[a:b].mean()) for a, b in pairwise(edges)])


def long_run_variance(rest: Floats) -> float:
    """Newey-West variance of what is left, values beyond three robust sd pulled in; never below the plain variance."""
    usual = 1.4826 * float(np.median(np.abs(rest)))
    rest = np.clip(rest, -3 * usual, 3 * usual) if usual > 0 else rest
    lags = int(len(rest) ** 0.5)
    plain = float((rest**2).mean())
    shared = sum(2 * (1 - k / (lags + 1)) * float((rest[k:] * rest[:-k]).sum()) / len(rest) for k in range(1, lags + 1))
    return max(plain, plain + shared)


def abrupt(x: Floats, changes: list[int]) -> list[int]:
    """The changes whose jump stands out among the differences of all neighbouring blocks."""
    sums = np.concatenate([[0.0], np.cumsum(x)])

    def jump(t: int) -> float:
        a, b = max(0, t - ABRUPT_DAYS), min(len(x), t + ABRUPT_DAYS)
        return float((sums[b] - sums[t]) / (b - t) - (sums[t] - sums[a]) / (t - a))

    all_jumps = [jump(t) for t in range(ABRUPT_DAYS, len(x) - ABRUPT_DAYS + 1)] or [0.0]
    usual = 1.4826 * float(np.median(np.abs(all_jumps)))
    return [c for c in changes if abs(jump(c)) >= ABRUPT * usual]


def _without_returns(x: Floats, changes: list[int]) -> tuple[list[int], list[int]]:
    """A segment no longer than the longest blip, with nearly the same level on both sides, is a blip and no pair of changes."""
    kept, back, k = [], [], 0
    edges = [0, *changes, len(x)]
    while k < len(changes):
        a, b = changes[k], edges[k + 2]
        if k + 1 < len(changes) and b - a <= LONGEST_BLIP:
            before, during, after = x[edges[k] : a].mean(), x[a:b].mean(), x[b : edges[k + 3]].mean()
            if abs(after - before) < 0.5 * abs(during - before):
                back += list(range(a, b))
                k += 2
                continue
        kept.append(a)
        k += 1
    return kept, back


def steadied(seen: Observations, k: int, rows: NDArray[np.int64]) -> Floats:
    """Values of one series on a scale where noise is even."""
    x, n = seen.values[rows], seen.weights[rows]
    if seen.kinds[k] == 0:
        return np.asarray(x**0.4)
    if seen.kinds[k] == 1:
        return np.asarray(np.arcsin(np.sqrt((x * n + 0.375) / (n + 0.75))))
    return x


def precision(seen: Observations, k: int, rows: NDArray[np.int64]) -> Floats:
    """Relative precision of its days: four fifths of the variance is taken to fall with the number of observations."""
    n = seen.weights[rows]
    if seen.kinds[k] == 0 or not len(n) or (n <= 0).any():
        return np.ones(len(n))
    return np.asarray(1 / (0.2 + 0.8 * (1 / n) / (1 / n).mean()))


def _rows(seen: Observations, k: int, known: NDArray[np.int64], found: Segmentation) -> pl.DataFrame:
    first, last = int(seen.rows[k]), int(seen.rows[k + 1])
    size = last - first
    state, reason = np.full(size, "steady", object), np.full(size, "usual", object)
    blip, lasting, change = np.zeros(size), np.zeros(size), np.full(size, np.nan)
    onset = np.full(size, -(10**6), np.int32)
    reason[np.setdiff1d(np.arange(size), known - first)] = "no_data"
    for c, chance in zip(found.changes, found.chances, strict=True):
        day = seen.days[known[c]]
        told = known[(seen.days[known] >= day) & (seen.days[known] < day + RECENT)] - first
        state[told], reason[told], lasting[told], onset[told] = "shift", "level_moved", chance, day
        if found.spread > 0:
            change[told] = (found.levels[c] - found.levels[c - 1]) / found.spread
    for b in found.blips:
        at = known[b] - first
        state[at], reason[at], blip[at], onset[at] = "blip", "returned", 1.0, seen.days[known[b]]
    days = pl.Series(onset)
    return pl.DataFrame(
        {
            "series": seen.series[first:last],
            "date": seen.dates[first:last],
            "state": state.tolist(),
            "reason": reason.tolist(),
            "p_blip": blip,
            "p_lasting": lasting,
            "onset": days.set(days < -(10**5), None).cast(pl.Date),
            "size": pl.Series(change).fill_nan(None),
        },
        schema=_NO_STATES.schema,
    )


def _segments(seen: Observations, k: int, known: NDArray[np.int64], found: Segmentation) -> pl.DataFrame:
    edges = [0, *found.changes, len(known)] if len(known) else [0]
    strange = set(found.blips)
    parts = list(pairwise(edges))
    steps = [(found.levels[c] - found.levels[c - 1]) / found.spread if found.spread > 0 else None for c in found.changes]
    return pl.DataFrame(
        {
            "series": [seen.names[k]] * len(parts),
            "first": seen.dates.gather([known[a] for a, _ in parts]),
            "last": seen.dates.gather([known[b - 1] for _, b in parts]),
            "level": [seen.values[known[[d for d in range(a, b) if d not in strange] or [a]]].mean() for a, b in parts],
            "change": [None, *steps][: len(parts)],
            "p_lasting": [None, *found.chances][: len(parts)],
        },
        schema=_NO_SEGMENTS.schema,
    )


_NO_STATES = pl.DataFrame(
    schema={
        "series": pl.String,
        "date": pl.Date,
        "state": pl.String,
        "reason": pl.String,
        "p_blip": pl.Float64,
        "p_lasting": pl.Float64,
        "onset": pl.Date,
        "size": pl.Float64,
    }
)
_NO_SEGMENTS = pl.DataFrame(
    schema={
        "series": pl.String,
        "first": pl.Date,
        "last": pl.Date,
        "level": pl.Float64,
        "change": pl.Float64,
        "p_lasting": pl.Float64,
    }
)
