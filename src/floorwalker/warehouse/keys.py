"""On which days a record may already lie: sorted runs of (group, day), searched without reading any record.

A run is a hint that never misses: what it names may have moved since, what it does not name was never there.

Behind its keys and days a run has a filter, sixteen bits a key, in the order of the keys: of a key that is not in the run it
says so 199 times in 200, so that a day that comes for the first time need not touch the keys of all the days before it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numba
import numpy as np
import numpy.typing as npt
import polars as pl

from floorwalker.warehouse.files import link, new_path, write_bytes
from floorwalker.warehouse.manifest import Part

Keys = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]
_EPOCH = date(1970, 1, 1)
_RUNS_OF_A_SIZE = 8
_RUN_MOST = 16_000_000
_BITS_PER_KEY = 16


def run_table(table: str) -> str:
    """The name under which the runs of a record table are listed."""
    return f"{table}.keys"


def find(root: Path, runs: Sequence[Part], keys: pl.Series) -> pl.DataFrame:
    """All places that any of the runs names for any of `keys`: columns of the keys' name and `day`."""
    wanted = np.unique(keys.to_numpy())
    found = [_in_run(root, run, wanted) for run in runs]
    places = {keys.name: np.concatenate([hit for hit, _ in found] or [np.empty(0, np.int64)])}
    days = np.concatenate([day for _, day in found] or [np.empty(0, np.int32)])
    return pl.DataFrame(places).with_columns(pl.Series("day", days).cast(pl.Date)).unique()


def by_day(rows: pl.DataFrame, column: str = "day", keep: bool = False) -> dict[date, pl.DataFrame]:
    """The rows of each day in `column`, which goes unless it is to `keep`."""
    return {day: part for (day,), part in rows.partition_by(column, as_dict=True, include_key=keep).items()}


def write_run(root: Path, table: str, keys: Keys, days: Days) -> Part:
    """Keep a run of a record table, sorted by key."""
    order = np.argsort(keys)
    first = _EPOCH + timedelta(days=int(days.min()))
    path = new_path(run_table(table), first, "run")
    ranked = keys[order].astype(np.int64)
    content = (ranked.tobytes(), days[order].astype(np.int32).tobytes(), _filter(ranked, _words(len(keys))).tobytes())
    size = write_bytes(root / path, memoryview(b"".join(content)))
    return Part(run_table(table), first, path, len(keys), size, span="run")


def named_again(root: Path, table: str, run: Part) -> Part:
    """A run of another table with the same in it."""
    path = new_path(run_table(table), run.day, "run")
    link(root / run.path, root / path)
    return replace(run, table=run_table(table), path=path)


def crowded(runs: Sequence[Part]) -> list[Part]:
    """The runs that should become one: eight or more of about the same size."""
    sizes: dict[int, list[Part]] = defaultdict(list)
    for run in runs:
        sizes[(run.rows.bit_length() + 2) // 3].append(run)
    for same in sizes.values():
        if len(same) >= _RUNS_OF_A_SIZE and sum(run.rows for run in same) <= _RUN_MOST:
            return same
    return []


def joined(root: Path, table: str, runs: Sequence[Part]) -> Part:
    """One run instead of several."""
    whole = [_read(root, run) for run in runs]
    return write_run(root, table, np.concatenate([keys for keys, _ in whole]), np.concatenate([days for _, days in whole]))


def _in_run(root: Path, run: Part, wanted: Keys) -> tuple[Keys, Days]:
    if (words := _read_filter(root, run)) is not None:
        wanted = wanted[_may_be_in(words, wanted)]
    keys, days = _read(root, run)
    start = _first_at_least(keys, wanted)
    hit = keys[np.minimum(start, len(keys) - 1)] == wanted
    first = start[hit]
    counts = np.searchsorted(keys, wanted[hit], side="right") - first
    at = np.repeat(first, counts) + np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return keys[at], days[at]


def _words(rows: int) -> int:
    """How many words the filter of a run has."""
    return rows * _BITS_PER_KEY // 64 + 1


@numba.njit(cache=True, nogil=True)
def _place(key: int, words: int) -> tuple[int, np.uint64]:
    """The word of a key, which rises with the key, and the three bits that it sets there."""
    high = np.uint64(np.int64(key) ^ np.int64(-0x8000000000000000)) >> np.uint64(32)
    one = np.uint64(1)
    bits: np.uint64 = one << np.uint64(key & 63) | one << np.uint64((key >> 6) & 63) | one << np.uint64((key >> 12) & 63)
    return int(high * np.uint64(words) >> np.uint64(32)), bits


@numba.njit(cache=True, nogil=True)
def _filter(keys: Keys, words: int) -> Words:
    result = np.zeros(words, np.uint64)
    for row in range(len(keys)):
        word, bits = _place(keys[row], words)
        result[word] |= bits
    return result


@numba.njit(cache=True, nogil=True)
def _may_be_in(words: Words, wanted: Keys) -> npt.NDArray[np.bool_]:
    result = np.empty(len(wanted), np.bool_)
    for row in range(len(wanted)):
        word, bits = _place(wanted[row], len(words))
        result[row] = words[word] & bits == bits
    return result


@numba.njit(cache=True, nogil=True)
def _first_at_least(keys: Keys, wanted: Keys) -> Keys:
    """As numpy.searchsorted does, but keys are hashes, evenly spread: where one lies is guessed, and looked for from there."""
    result = np.empty(len(wanted), np.int64)
    least = float(keys[0])
    rows_per_key = (len(keys) - 1) / max(float(keys[-1]) - least, 1.0)
    for number in range(len(wanted)):
        key = wanted[number]
        guess = min(max(int((float(key) - least) * rows_per_key), 0), len(keys) - 1)
        low, high, step = guess, guess, 16
        while low > 0 and keys[low] >= key:
            low, step = max(low - step, 0), step * 2
        step = 16
        while high < len(keys) and keys[high] < key:
            high, step = min(high + step, len(keys)), step * 2
        while low < high:
            middle = (low + high) // 2
            if keys[middle] < key:
                low = middle + 1
            else:
                high = middle
        result[number] = low
    return result


def _read(root: Path, run: Part) -> tuple[Keys, Days]:
    path = root / run.path
    keys = np.memmap(path, np.int64, "r", shape=(run.rows,))
    return np.asarray(keys), np.asarray(np.memmap(path, np.int32, "r", offset=8 * run.rows, shape=(run.rows,)))


def _read_filter(root: Path, run: Part) -> Words | None:
    """The filter of a run; None of one that was written before runs had filters."""
    start, size = 12 * run.rows, 8 * _words(run.rows)
    if run.bytes < start + size:
        return None
    content = np.memmap(root / run.path, np.uint8, "r", offset=start, shape=(size,))
    return np.asarray(content).view(np.uint64)
