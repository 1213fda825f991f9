"""How long a chat takes while its agent serves one, two or more at once, as seen in the contacts."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from floorwalker.warehouse.warehouse import Warehouse

Floats = NDArray[np.float64]
FILES = 84
FEWEST = 30
"""Fewer chats than this at one number of them tell nothing about it."""
MOST_AT_ONCE = 8
APART = 10.0**8


def chat_durations(warehouse: Warehouse, first: date) -> dict[str, tuple[float, ...]]:
    """By queue: mean seconds of a chat while its agent has one, two ... of them, as many as were seen often enough."""
    files = warehouse.files().get("leg", ())
    if not files:
        return {}
    legs = pl.scan_parquet([str(path) for path in files[-FILES:]])
    chats = (
        legs.filter((pl.col("day") >= first) & (pl.col("channel") == "chat") & pl.col("agent").is_not_null())
        .filter((pl.col("ended_at") > pl.col("answered_at")) & (pl.col("handle_s") > 0) & pl.col("queue").is_not_null())
        .select("queue", "agent", "handle_s", *(pl.col(name).dt.epoch("s") for name in ("answered_at", "ended_at")))
        .collect()
    )
    return {str(queue): _of_queue(rows) for (queue,), rows in chats.partition_by("queue", as_dict=True).items()}


def _of_queue(chats: pl.DataFrame) -> tuple[float, ...]:
    lanes = chats["agent"].rank("dense").to_numpy().astype(float) * APART
    began, ended = (chats[name].to_numpy().astype(float) for name in ("answered_at", "ended_at"))
    handled = float(chats["handle_s"].sum()) / float((ended - began).sum())
    return tuple(each * handled for each in by_number_open(began + lanes - began.min(), ended + lanes - began.min()))


def by_number_open(began: Floats, ended: Floats) -> list[float]:
    """Mean length of a stretch while one, two ... are open: the time that all spent at that number, for each that ended there.

    Lengths that owe nothing to the number come out alike at each. Never shorter with more.
    """
    edges, steps = np.concatenate([began, ended]), np.concatenate([np.ones(len(began)), -np.ones(len(ended))])
    order = np.lexsort((steps, edges))
    at, step = edges[order], steps[order]
    open_after = np.cumsum(step).astype(int)
    spent = np.bincount(open_after[:-1], np.diff(at) * open_after[:-1], MOST_AT_ONCE + 2)
    over = np.bincount((open_after + 1)[step < 0], minlength=MOST_AT_ONCE + 2)
    found: list[float] = []
    for number in range(1, MOST_AT_ONCE + 1):
        if over[number] < FEWEST:
            break
        found.append(max(float(spent[number] / over[number]), found[-1] if found else 0.0))
    return found


def durations(seen: Sequence[float], aht_s: float, at_once: int) -> list[float]:
    """Seconds with one chat up to `at_once` of them: as seen, beyond that as with the most that were seen."""
    known = list(seen[:at_once]) or [aht_s]
    return known + [known[-1]] * (at_once - len(known))
