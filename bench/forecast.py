"""Forecasts beside the plain weekday mean, profiles by SVD, MSTL and Prophet, from the same midnights in the same run.

`python -m bench --only forecast` uses data of its own make. `python -m bench.forecast --data FOLDER` reads history.csv (queue,
start, contacts) and origins.csv (queue, origin) and prints the figures of docs/forecasting.md; `--every 3`
takes each third midnight.
"""

import argparse
import os
import resource
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import pandas as pd
import polars as pl

from bench.forecast_peers import PEERS, Peer
from bench.timing import Result
from floorwalker.core import demand

LEADS = {"same day": (0, 0), "days 2-7": (1, 6), "days 8-14": (7, 13)}
SLOW = {"MSTL": 0.01, "Prophet": None}
"""Peers that are asked from fewer origins, and the share of their time that ours may take."""
Errors = dict[str, tuple[float, float, float]]


def run(scale: float, _folder: Path) -> list[Result]:
    """Errors and seconds beside the peers on one made queue, and the time for 200 queues with a year of quarters of an hour."""
    results: list[Result] = []
    for quick, queues, step, midnights in ((True, 3, 30, 20), (False, 1, 15, 7)):
        history = made(seed=5, days=170, queues=queues, step=step)
        last, count = history["start"].max().normalize(), max(int(midnights * scale), 1)
        origins = [(f"q{q}", last - pd.Timedelta(days=2 * k + 14)) for k in range(count) for q in range(queues)]
        results += beside(compare(history, origins, {n: p for n, p in PEERS.items() if (n not in SLOW) == quick}))
    queues = max(int(200 * scale), 1)
    results.append(Result(f"{queues} queues, a year of 15 minutes, 28 days: CPU seconds", many(queues), at_most_s=60 * scale))
    return results


def beside(figures: dict[str, tuple[Errors, float]]) -> list[Result]:
    """A line for each peer and lead, and for the time of the slow ones."""
    ours, spent = figures.pop("ours")
    results = []
    for name, (errors, seconds) in figures.items():
        if name in SLOW:
            results.append(Result("CPU seconds for an origin, 14 days", spent, name, seconds, SLOW[name]))
        results += [Result(f"WAPE by interval, {lead}", ours[lead][0], name, errors[lead][0], 1.0) for lead in LEADS]
    return results


def many(queues: int) -> float:
    """CPU seconds to forecast so many queues from one midnight, the table of the history being read."""
    one = made(seed=6, days=365, queues=1, step=15, hours=(0, 24))
    table = pl.concat([pl.from_pandas(one).with_columns(queue=pl.lit(f"q{k:03d}")) for k in range(queues)])
    origins = table.group_by("queue").agg(origin=pl.col("start").max().dt.truncate("1d") + pl.duration(days=1))
    demand.forecast(table.head(96 * 60), origins.head(1), 1)
    began = _cpu()
    demand.forecast(table, origins, 28)
    return _cpu() - began


def compare(
    history: pd.DataFrame, origins: Iterable[tuple[str, pd.Timestamp]], peers: dict[str, Peer]
) -> dict[str, tuple[Errors, float]]:
    """Ours and each peer: WAPE (interval, 30 minutes, day) by lead, and CPU seconds for an origin, all warmed up."""
    origins, found = list(origins), {}
    for name, peer in {"ours": None, **peers}.items():
        answer = _ours(history) if peer is None else _theirs(history, peer)
        answer(origins[:1])
        began = _cpu()
        rows = answer(origins)
        spent = (_cpu() - began) / len(origins)
        found[name] = (_errors(rows, history), spent)
    return found


def _ours(history: pd.DataFrame) -> Callable[[list[tuple[str, pd.Timestamp]]], pd.DataFrame]:
    table = pl.from_pandas(history)

    def answer(origins: list[tuple[str, pd.Timestamp]]) -> pd.DataFrame:
        asked = pl.DataFrame({"queue": [queue for queue, _ in origins], "origin": [at.to_pydatetime() for _, at in origins]})
        rows = demand.forecast(table, asked, 14).rows.filter(kind="interval")
        return rows.select("queue", "origin", "start", "mean").to_pandas()

    return answer


def _theirs(history: pd.DataFrame, peer: Peer) -> Callable[[list[tuple[str, pd.Timestamp]]], pd.DataFrame]:
    def one(queue: str, origin: pd.Timestamp) -> pd.DataFrame:
        mine = history[history["queue"] == queue].set_index("start")["contacts"].sort_index()
        starts = mine.index[(mine.index >= origin) & (mine.index < origin + pd.Timedelta(days=14))]
        return pd.DataFrame(
            {"queue": queue, "origin": origin, "start": starts, "mean": peer(mine[mine.index < origin], starts)}
        )

    return lambda origins: pd.concat([one(*each) for each in origins])


def _errors(rows: pd.DataFrame, history: pd.DataFrame) -> Errors:
    m = rows.merge(history, on=["queue", "start"])
    m["day"], m["half"] = m["start"].dt.normalize(), m["start"].dt.floor("30min")
    ahead, found = (m["day"] - m["origin"]).dt.days, {}
    for lead, (first, last) in LEADS.items():
        x = m[ahead.between(first, last)]
        by = [x, *(x.groupby(["queue", "origin", grain])[["contacts", "mean"]].sum() for grain in ("half", "day"))]
        size = max(float(x["contacts"].sum()), 1e-9)
        found[lead] = tuple(float((each["contacts"] - each["mean"]).abs().sum() / size) for each in by)
    return found


def made(seed: int, days: int, queues: int, step: int = 30, hours: tuple[int, int] = (8, 20)) -> pd.DataFrame:
    """Queues with two humps, weekdays, a busyness that lasts, mornings that lean, a drifting level, strange days."""
    rng, slots = np.random.default_rng(seed), np.arange(hours[0] * 60, hours[1] * 60, step)
    u = (slots - slots[0]) / (slots[-1] - slots[0])
    shape = 0.3 + np.exp(-(((u - 0.3) / 0.15) ** 2)) + 0.7 * np.exp(-(((u - 0.7) / 0.2) ** 2))
    week, parts = np.array([1.2, 1.05, 1.0, 1.0, 0.95, 0.4, 0.3]), []
    for queue in range(queues):
        busy, lean, level = 0.0, 0.0, 0.0
        for k in range(days):
            busy, lean, level = (
                0.6 * busy + rng.normal(0, 0.064),
                0.5 * lean + rng.normal(0, 0.05),
                level + rng.normal(0, 0.006),
            )
            strange = rng.choice([-0.7, 0.5]) if rng.random() < 0.02 else 0.0
            mean = 40 * (1 + queue) * week[k % 7] * shape * np.exp(busy + level + strange + lean * (2 * u - 1))
            counts = rng.poisson(mean * rng.gamma(60, 1 / 60, len(slots)))
            day = pd.Timestamp("2025-01-06") + pd.Timedelta(days=k)
            parts.append(
                pd.DataFrame({"queue": f"q{queue}", "start": day + pd.to_timedelta(slots, unit="min"), "contacts": counts})
            )
    return pd.concat(parts, ignore_index=True)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    """Print the table for the files of a folder."""
    options = argparse.ArgumentParser()
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--peers", nargs="*", default=list(PEERS))
    chosen = options.parse_args()
    history = pd.read_csv(chosen.data / "history.csv", dtype={"queue": str}, parse_dates=["start"])
    origins = pd.read_csv(chosen.data / "origins.csv", dtype={"queue": str}, parse_dates=["origin"])
    origins = origins[origins["origin"] == origins["origin"].dt.normalize()].iloc[:: chosen.every]
    figures = compare(history, origins.itertuples(index=False, name=None), {name: PEERS[name] for name in chosen.peers})
    for name, (errors, spent) in figures.items():
        told = "  ".join(f"{lead} {' / '.join(f'{e:.4f}' for e in each)}" for lead, each in errors.items())
        print(f"{name:<16} {told}  {spent:.4f} CPU s an origin", flush=True)


if __name__ == "__main__":
    main()
