"""Measure the pattern engine beside its peers in one run: figures, calibration on other data, speed, a night of 100,000 series.

    python -m bench.patterns --yardstick FOLDER [--python INTERPRETER] [--seeds 1 2]

FOLDER holds generate.py, score.py and peers.py, which speak the files described in docs/patterns.md; INTERPRETER is a Python
with what they need (numpy, scipy, pandas; ruptures for the peer in speed). Without a folder, the rest is run.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from bench.timing import Result
from floorwalker.core import patterns

PEERS = ("xmr", "cusum", "bocpd", "bank")
RUPTURES = """
import sys, time, numpy as np, ruptures as rpt
rng, days = np.random.default_rng(1), int(sys.argv[1])
x = rng.normal(size=(days, 1)); began = time.perf_counter()
for t in range(90, days):
    rpt.KernelCPD(kernel="linear", min_size=2).fit(x[:t]).predict(pen=3 * np.log(t))
print((days - 90) / (time.perf_counter() - began))
"""


def main() -> None:
    """Run what can be run and print it."""
    options = argparse.ArgumentParser()
    options.add_argument("--yardstick", type=Path)
    options.add_argument("--python", default=sys.executable)
    options.add_argument("--seeds", type=int, nargs="*", default=[1])
    options.add_argument("--peers", nargs="*", default=PEERS)
    chosen = options.parse_args()
    calibration()
    own, peer = speed(chosen.python)
    print(f"series-days a second: {own:,.0f}; ruptures KernelCPD run again each day: {peer or 0:,.0f}")
    print(f"a night of 100,000 series: {night():.1f} s")
    if chosen.yardstick:
        for seed in chosen.seeds:
            figures(chosen.yardstick, chosen.python, seed, chosen.peers)


def calibration(series: int = 1500, days: int = 300) -> None:
    """ECE of p_lasting where the engine's beliefs are wrong: AR noise, t tails, drifts, other sizes and lengths."""
    for seed in (101, 102):
        table, onsets = other_world(seed, series, days)
        states = patterns.classify(table).states.filter(pl.col("state") != "learning")
        joined = states.join(onsets, on="series").with_columns(age=(pl.col("date") - pl.col("onset_true")).dt.total_days())
        scored = joined.filter((pl.col("date") >= pl.date(2001, 4, 1)) & (pl.col("age").is_null() | (pl.col("age") < 28)))
        truth = scored["age"].is_between(0, 27).fill_null(False)
        chance = scored["p_lasting"]
        bins = pl.DataFrame({"bin": (chance * 10).cast(pl.Int32).clip(0, 9), "p": chance, "y": truth.cast(pl.Float64)})
        ece = bins.group_by("bin").agg(gap=(pl.col("p").sum() - pl.col("y").sum()).abs())["gap"].sum() / len(chance)
        told = patterns.replay_quiet(patterns.classify(table), series=300, days=300)
        quiet = patterns.calls(joined.filter(pl.col("onset_true").is_null() & ~pl.col("temporary")))
        wait = quiet_days(joined) / max(quiet.height, 1)
        print(f"other generator, seed {seed}: ECE {ece:.4f}; quiet days for a false call {wait:,.0f}, ", end="")
        print(f"by replay {told.days_per_call:,.0f} ({told.low:,.0f}-{told.high:,.0f})")


def quiet_days(joined: pl.DataFrame) -> int:
    return joined.filter(pl.col("onset_true").is_null() & ~pl.col("temporary")).height


def other_world(seed: int, series: int, days: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Daily means with t(7) AR(1) noise, wandering levels, four-week months of a common shape, blips of exponential length."""
    rng, t = np.random.default_rng(seed), np.arange(days)
    noise = rng.standard_t(7, size=(series, days)) / np.sqrt(7 / 5)
    phi = rng.uniform(0, 0.35, series)
    for day in range(1, days):
        noise[:, day] = phi * noise[:, day - 1] + np.sqrt(1 - phi**2) * noise[:, day]
    wander = np.cumsum(rng.normal(0, 0.012, (series, days)), axis=1)
    week = rng.normal(0, 0.6, (series, 7))[:, t % 7]
    kind, onset = rng.choice(3, series, p=(0.5, 0.25, 0.25)), rng.integers(100, max(days - 30, 101), series)
    size = rng.choice((-1, 1), series) * (0.6 + rng.exponential(0.9, series))
    length = 1 + rng.exponential(2.5, series).astype(int)
    age = t - onset[:, None]
    lasting = (kind == 1)[:, None] * size[:, None] * np.clip((age + 1) / rng.choice((1, 1, 12), series)[:, None], 0, 1)
    blip = (
        (kind == 2)[:, None]
        * np.sign(size)[:, None]
        * rng.uniform(2, 6, series)[:, None]
        * ((age >= 0) & (age < length[:, None]))
    )
    level = rng.uniform(50, 500, series)[:, None]
    values = level * (1 + 0.08 * (noise + wander + week + lasting + blip))
    names = np.repeat([f"s{k:05d}" for k in range(series)], days)
    dates = pl.date_range(pl.date(2001, 1, 1), pl.date(2001, 1, 1) + pl.duration(days=days - 1), eager=True)
    table = pl.DataFrame(
        {"series": names, "kind": "mean", "date": pl.concat([dates] * series), "value": values.ravel(), "weight": None}
    )
    began = pl.Series([dates[int(d)] if k == 1 else None for d, k in zip(onset, kind, strict=True)], dtype=pl.Date)
    truth = pl.DataFrame({"series": [f"s{k:05d}" for k in range(series)], "onset_true": began, "temporary": kind == 2})
    return table, truth


def run(scale: float, _folder: Path) -> list[Result]:
    """What `python -m bench` asks for: the two speeds, the first beside KernelCPD run again each day."""
    own, peer = speed(sys.executable, max(int(1000 * scale), 100))
    night_s = night(max(int(100_000 * scale), 1000))
    return [
        Result("200,000 days of series judged", 200_000 / own, at_most_s=1.0),
        Result("a day of a series judged", 1 / own, "ruptures KernelCPD again", peer and 1 / peer, at_most=0.01),
        Result("a night of 100,000 series beyond its input, in all", night_s / scale, at_most_s=2.0),
    ]


def speed(python: str, series: int = 2000, days: int = 400) -> tuple[float, float | None]:
    """Series-days a second of one batch, and of KernelCPD run again each day where there is one."""
    table, _ = other_world(5, series, days)
    patterns.classify(table.head(days))
    began = time.perf_counter()
    patterns.classify(table)
    own = series * days / (time.perf_counter() - began)
    peer = subprocess.run([python, "-c", RUPTURES, str(days)], capture_output=True, text=True, check=False)
    return own, float(peer.stdout) if peer.returncode == 0 else None


def night(series: int = 100_000) -> float:
    """Seconds for one more day of many series, beyond reading the input."""
    table, _ = other_world(6, 1000, 120)
    first = patterns.classify(table.filter(pl.col("date") < pl.date(2001, 4, 30)))
    last = table.filter(pl.col("date") == pl.date(2001, 4, 30))
    copies = series // 1000
    names = tuple(f"{name}-{k:03d}" for k in range(copies) for name in first.remembered.names)
    memory = type(first.remembered.memory)(*(np.concatenate([a] * copies) for a in first.remembered.memory))
    rows = pl.concat([last.with_columns(series=pl.col("series") + f"-{k:03d}") for k in range(copies)]).sort("series")
    began = time.perf_counter()
    patterns.update(patterns.Remembered(names, memory), rows)
    return time.perf_counter() - began


def figures(yardstick: Path, python: str, seed: int, peers: tuple[str, ...]) -> None:
    """The yardstick's figures for the engine and for its peers on the same data."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, str(yardstick / "generate.py"), "--out", folder, "--seed", str(seed)], check=True)
        own = Path(folder) / "floorwalker.sh"
        own.write_text(f'#!/bin/sh\nshift\nexec "{sys.executable}" -m floorwalker.cli.patterns "$@"\n')
        own.chmod(0o755)
        commands = {"floorwalker": str(own)} | dict.fromkeys(peers, f"{python} {yardstick / 'peers.py'}")
        results = {}
        for name, command in commands.items():
            states, answer = Path(folder) / f"{name}.csv", Path(folder) / f"{name}.json"
            files = ["--input", f"{folder}/series.csv", "--output", str(states)]
            extra = [] if name == "floorwalker" else ["--method", name]
            began = time.perf_counter()
            subprocess.run([*command.split(), "patterns", *files, *extra], check=True, capture_output=True)
            seconds = time.perf_counter() - began
            score = [python, str(yardstick / "score.py"), "--data", folder, "--states", str(states), "--json", str(answer)]
            subprocess.run(score, check=True, capture_output=True)
            results[name] = json.loads(answer.read_text()) | {"series-days a second": sum(1 for _ in states.open()) / seconds}
        report(seed, results)


def report(seed: int, results: dict[str, dict[str, object]]) -> None:
    """One line for each figure, a column for each method."""
    print(f"\nseed {seed:<58}" + "".join(f"{name:>14}" for name in results))
    for key, value in results["floorwalker"].items():
        for inner in value if isinstance(value, dict) else [None]:
            cells = [r[key] if inner is None else r[key].get(inner, float("nan")) for r in results.values()]  # type: ignore[attr-defined]
            title = key if inner is None else f"{key} {inner}"
            print(f"{title[:62]:<63}" + "".join(f"{c:>14,.4f}" if isinstance(c, float) else f"{c!s:>14}" for c in cells))


if __name__ == "__main__":
    main()
