"""Staffing beside pyworkforce on the same cases, with patience on its own, the simulated floor, and the command on a file."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
from pyworkforce.queuing import ErlangC

from bench.timing import Result, seconds
from floorwalker.core import staffing

CASES = 100_000
CALLS = 20
INTERVALS = 48


def run(scale: float, folder: Path) -> list[Result]:
    """Each bound as promised in docs/staffing.md."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = ordinary(max(int(CASES * scale), 5000))
    return [*erlang_c(cases), with_patience(cases), simulated(scale), command(cases, folder)]


def ordinary(count: int) -> pl.DataFrame:
    """Loads of 0.2 to 365 erlangs in half-hours, handle times of 2 to 10 minutes, patience of 1 to 7 minutes."""
    rng = np.random.default_rng(5)
    return pl.DataFrame(
        {
            "id": np.arange(count),
            "contacts": np.round(np.exp(rng.uniform(1, 7, count)), 1),
            "interval_s": 1800,
            "aht_s": rng.integers(120, 600, count),
            "patience_s": rng.integers(60, 400, count),
            "target": 0.8,
            "threshold_s": 20,
            "definition": "offered",
        }
    )


def erlang_c(cases: pl.DataFrame) -> list[Result]:
    """Agents for 80/20 when nobody leaves: the mixed cases, then one load at a time. Both must agree."""
    mixed = cases["contacts"].to_numpy(), cases["aht_s"].to_numpy()
    results = [_beside("mixed loads", *mixed, at_most=0.001)]
    for load in (2, 5, 10, 100, 400):
        aht = np.full(len(cases), 300.0)
        contacts = load * 1800 / aht * np.linspace(0.98, 1.02, len(cases))
        results.append(_beside(f"about {load} erlangs", contacts, aht, at_most=0.001))
    return results


def _beside(name: str, contacts: np.ndarray, aht: np.ndarray, at_most: float | None = None) -> Result:
    """The peer answers every so many of the cases, since it takes a thousand times as long; we answer all of them `CALLS` times
    in a row, since one call is too short to be timed.
    """
    few = np.arange(0, len(contacts), max(len(contacts) // 1000, 1))
    rows = list(zip(contacts[few].tolist(), aht[few].tolist(), strict=True))

    def peer() -> list[int]:
        return [
            ErlangC(transactions=c, aht=a / 60, asa=20 / 60, interval=30).required_positions(0.8)["raw_positions"]
            for c, a in rows
        ]

    def us() -> None:
        for _ in range(CALLS):
            staffing.required(contacts, 1800, aht, None, 0.8, 20)

    ours = staffing.required(contacts, 1800, aht, None, 0.8, 20)
    assert peer() == ours[few].tolist(), "two answers to one case"
    own = seconds(us, times=11) / CALLS / len(contacts)
    other = seconds(peer) / len(rows)
    print(f"nobody leaves, {name}: {1e9 * own:,.1f} ns a case, pyworkforce {1e9 * other:,.0f} ns: {other / own:,.0f} times")
    return Result(f"100,000 solves, {name}", own * 1e5, "pyworkforce", other * 1e5, at_most=at_most)


def with_patience(cases: pl.DataFrame) -> Result:
    """Agents for 80/20 with patience: half a million a second."""
    columns = [cases[name].to_numpy() for name in ("contacts", "aht_s", "patience_s")]
    taken = seconds(lambda: staffing.required(columns[0], 1800, columns[1], columns[2], 0.8, 20))
    return Result("500,000 solves with patience", taken * 500_000 / len(cases), at_most_s=1)


def simulated(scale: float) -> Result:
    """Two million contacts of one line with sixty agents."""
    days = max(int(100 * scale), 10)
    line = staffing.Line([420.0] * INTERVALS, 240, [(0, 0.0)], patience_s=150)
    taken = seconds(lambda: staffing.simulate([line], [[60] * INTERVALS], 1800, days))
    contacts = 420 * INTERVALS * days
    return Result("2,000,000 contacts simulated", taken * 2_000_000 / contacts, at_most_s=1)


def command(cases: pl.DataFrame, folder: Path) -> Result:
    """The command from start to the written file."""
    source, target = folder / "cases.csv", folder / "answers.csv"
    cases.write_csv(source)
    line = [sys.executable, "-m", "floorwalker.cli.main", "staffing", "--input", str(source), "--output", str(target)]
    taken = seconds(lambda: subprocess.run(line, check=True))
    return Result(f"floorwalker staffing, {len(cases):,} cases", taken, at_most_s=2)
