"""The engine as a notebook sees it: a table of daily observations in, a table of daily answers out."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from floorwalker.core.patterns.kernel import walk_many
from floorwalker.core.patterns.memory import LAST_DAY, NEVER, Memory, each, new_evidence, new_memory
from floorwalker.core.patterns.observations import Observations, observe
from floorwalker.core.patterns.overrides import decided, read, told
from floorwalker.core.patterns.settings import Settings, tables
from floorwalker.core.patterns.verdicts import (
    CODES,
    D_BLIP,
    D_NORMAL,
    FIGURES,
    O_DECISION,
    O_FIRST,
    O_LAST,
    O_ONSET,
    O_ONSET_HIGH,
    O_ONSET_LOW,
    O_REASON,
    O_STATE,
)
from floorwalker.core.patterns.weighing import SHARES

STATES = ("learning", "steady", "watch", "blip", "shift", "trend", "weekday", "spread")
REASONS = (
    "learning",
    "no_data",
    "usual",
    "undecided",
    "still_away",
    "returned",
    "level_moved",
    "level_moving",
    "weekday_moved",
    "spread_moved",
    "told",
)
SHARE_NAMES = ("p_nothing", "p_blip", "p_lasting", "p_level", "p_trend", "p_weekday", "p_spread")
FIGURE_NAMES = (
    "size",
    "size_low",
    "size_high",
    "usual",
    "usual_low",
    "usual_high",
    "score",
    "change",
    "change_low",
    "change_high",
)


@dataclass(frozen=True)
class Remembered:
    """Everything the engine needs to go on tomorrow: one row of each array per name."""

    names: tuple[str, ...]
    memory: Memory

    def save(self, path: Path) -> None:
        """Write to one file (npz)."""
        with path.open("wb") as file:
            np.savez(file, names=np.array(self.names, dtype=np.str_), **self.memory._asdict())

    @classmethod
    def load(cls, path: Path) -> "Remembered":
        """Read what `save` wrote. Raises KeyError where the file is of another version."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(tuple(stored["names"].tolist()), Memory(**{name: stored[name] for name in Memory._fields}))


@dataclass(frozen=True)
class Answers:
    """What the engine says.

    `states` has one row per input row: series, date, state (one of STATES), reason (one of REASONS), the probabilities p_*
    (nothing, blip, lasting = level + trend, weekday, spread), onset with its 5 % and 95 % points, size in standard deviations
    of a usual day and change in the measure's own unit with 90 % intervals, the usual value of the day with its 95 % range, and
    the day's score. `decisions` lists what was left out of the baseline as a blip (`blip_left_out`), taken as the new normal
    (`new_normal`) or denied (`not_lasting`): series, decided, kind, first, last, and by whom (`engine` or `person`).
    `refusals` lists rows that cannot be right: series, date, code, found.
    """

    states: pl.DataFrame
    decisions: pl.DataFrame
    refusals: pl.DataFrame
    remembered: Remembered = field(repr=False)


def classify(
    table: pl.DataFrame,
    *,
    events: pl.DataFrame | None = None,
    overrides: pl.DataFrame | None = None,
    settings: Settings | None = None,
) -> Answers:
    """Judge whole histories day by day; each day's answer uses that day and those before it.

    `table`: series, kind, date, value, weight (see `observe`); `events`: dates on which something is known to have happened;
    `overrides`: what a person has decided (see `overrides`): it counts from its first day on, whenever it was said.
    """
    seen = observe(table, events)
    before = Remembered(tuple(seen.names), new_memory(len(seen.names)))
    return _judge(seen, before, settings or Settings(), overrides=overrides)


def update(
    remembered: Remembered,
    table: pl.DataFrame,
    *,
    events: pl.DataFrame | None = None,
    overrides: pl.DataFrame | None = None,
    settings: Settings | None = None,
) -> Answers:
    """Judge days that came after those remembered; gives the same answers as `classify` on the whole history would.

    Series that were not known before begin to learn. A day on or before the last one judged is refused
    (`day_already_judged`): for a late correction, and for an override of days already judged, use `amend`.
    """
    seen = observe(table, events)
    places = {name: place for place, name in enumerate(remembered.names)}
    fresh = [name for name in seen.names if name not in places]
    if fresh:
        places |= {name: len(remembered.names) + k for k, name in enumerate(fresh)}
        joined = each(lambda old, new: np.concatenate([old, new]), remembered.memory, new_memory(len(fresh)))
        remembered = Remembered((*remembered.names, *fresh), joined)
    chosen = np.array([places[name] for name in seen.names], np.int64)
    return _judge(seen, remembered, settings or Settings(), chosen, overrides)


def amend(
    remembered: Remembered,
    history: pl.DataFrame,
    *,
    events: pl.DataFrame | None = None,
    overrides: pl.DataFrame | None = None,
    settings: Settings | None = None,
) -> Answers:
    """Judge the whole corrected history of a few series again; the result takes the place of what was remembered of them."""
    again = classify(history, events=events, overrides=overrides, settings=settings)
    places = {name: place for place, name in enumerate(remembered.names)}
    known = [(k, places[name]) for k, name in enumerate(again.remembered.names) if name in places]
    fresh = [k for k, name in enumerate(again.remembered.names) if name not in places]
    source, target = np.array([k for k, _ in known], np.int64), np.array([p for _, p in known], np.int64)

    def merged(old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        whole = np.concatenate([old, new[fresh]])
        whole[target] = new[source]
        return whole

    memory = each(merged, remembered.memory, again.remembered.memory)
    names = (*remembered.names, *(again.remembered.names[k] for k in fresh))
    return Answers(again.states, again.decisions, again.refusals, Remembered(names, memory))


def _judge(
    seen: Observations,
    before: Remembered,
    settings: Settings,
    places: NDArray[np.int64] | None = None,
    overrides: pl.DataFrame | None = None,
) -> Answers:
    memory, said = _copied(before.memory), read(overrides)
    count, laid_out = len(seen.names), tables(settings)
    places = np.arange(count) if places is None else places
    heard = _heard(seen, said, memory.counts[places, LAST_DAY])
    given = [_unwritable(a) for a in (seen.kinds, seen.days, seen.values, seen.weights, seen.expected, heard)]
    shares = np.zeros((len(seen.days), SHARES))
    codes = np.zeros((len(seen.days), CODES), np.int32)
    figures = np.zeros((len(seen.days), FIGURES), np.float32)

    def part(first: int, stop: int) -> None:
        walk_many(
            memory,
            places[first:stop],
            seen.rows[first : stop + 1],
            given[0][first:stop],
            *given[1:],
            new_evidence(),
            laid_out,
            shares,
            codes,
            figures,
        )

    _in_parallel(part, count)
    states = _states(seen, shares, codes, figures)
    late = seen.refusals if not (codes[:, O_STATE] < 0).any() else pl.concat([seen.refusals, _late(seen, codes)])
    decisions = pl.concat([_decisions(seen, codes), decided(said, seen.names)]).sort("series", "decided", maintain_order=True)
    return Answers(states, decisions, late, Remembered(before.names, memory))


def _copied(memory: Memory) -> Memory:
    """What was remembered stays as it was; by several threads, since new pages of memory cost more than what is written."""
    with ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as pool:
        return Memory(*pool.map(np.copy, memory))


def _unwritable(array: NDArray[Any]) -> NDArray[Any]:
    """A view that cannot be written to: Polars lends some columns as such, and the kernels are compiled for one sort only."""
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


def _in_parallel(part: Callable[[int, int], None], count: int) -> None:
    workers = min(os.cpu_count() or 1, 8)
    cuts = np.linspace(0, count, 4 * workers + 1).astype(int).tolist() if count > 64 else [0, count]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(part, cuts[:-1], cuts[1:]))


def _heard(seen: Observations, said: pl.DataFrame | None, judged: NDArray[np.int64]) -> NDArray[np.int8]:
    until = pl.DataFrame({"series": seen.names, "until": pl.Series(judged.astype(np.int32)).cast(pl.Date)})
    return told(pl.DataFrame({"series": seen.series, "date": seen.dates}), said, until)


def _states(
    seen: Observations, shares: NDArray[np.float64], codes: NDArray[np.int32], figures: NDArray[np.float32]
) -> pl.DataFrame:
    taken = codes[:, O_STATE] >= 0
    columns: Mapping[str, pl.Series] = {
        "series": seen.series,
        "date": seen.dates,
        "state": _words(codes[:, O_STATE], STATES),
        "reason": _words(codes[:, O_REASON], REASONS),
        **{name: pl.Series(shares[:, k]) for k, name in enumerate(SHARE_NAMES)},
        "onset": _dates(codes[:, O_ONSET]),
        "onset_low": _dates(codes[:, O_ONSET_LOW]),
        "onset_high": _dates(codes[:, O_ONSET_HIGH]),
        **{name: pl.Series(figures[:, k]).fill_nan(None) for k, name in enumerate(FIGURE_NAMES)},
    }
    table = pl.DataFrame(columns)
    return table if taken.all() else table.filter(pl.Series(taken))


def _words(codes: NDArray[np.int32], words: tuple[str, ...]) -> pl.Series:
    return pl.Series(np.maximum(codes, 0)).cast(pl.UInt8).cat.to(pl.Enum(words))


def _dates(codes: NDArray[np.int32]) -> pl.Series:
    days = pl.Series(codes)
    return days.set(days == NEVER, None).cast(pl.Date)


def _decisions(seen: Observations, codes: NDArray[np.int32]) -> pl.DataFrame:
    """series, decided, kind (blip_left_out, new_normal), first, last, by: what the engine changed in the baseline, and when."""
    found = np.flatnonzero(codes[:, O_DECISION] > 0)
    kinds = {D_BLIP: "blip_left_out", D_NORMAL: "new_normal"}
    return pl.DataFrame(
        {
            "series": seen.series.gather(found),
            "decided": seen.dates.gather(found),
            "kind": pl.Series([kinds[k] for k in codes[found, O_DECISION].tolist()], dtype=pl.String),
            "first": _dates(codes[found, O_FIRST]),
            "last": _dates(codes[found, O_LAST]),
            "by": pl.Series(["engine"] * len(found), dtype=pl.String),
        }
    )


def _late(seen: Observations, codes: NDArray[np.int32]) -> pl.DataFrame:
    found = np.flatnonzero(codes[:, O_STATE] < 0)
    return pl.DataFrame(
        {
            "series": seen.series.gather(found),
            "date": seen.dates.gather(found),
            "code": pl.Series(["day_already_judged"] * len(found), dtype=pl.String),
            "found": seen.dates.gather(found).cast(pl.String),
        }
    )
