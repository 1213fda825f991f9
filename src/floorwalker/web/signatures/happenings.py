"""From the engine's daily answers to what happened to each series: lasting changes, and blips that ended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from floorwalker.core.patterns import Answers

Row = dict[str, Any]
SAME = timedelta(days=7)
"""Two onsets of one series no farther apart are one change: the engine moves an onset as it learns more."""
LASTING_STATES = ("shift", "trend")
SURE = 0.8
"""No verdict is given below this chance."""
TAKEN_WITHIN = timedelta(days=3)
WIDE = 1.96
NARROWER = 1.645 / WIDE
"""From the engine's 95 % range to one that holds nine days in ten."""


@dataclass(frozen=True)
class Happening:
    """One departure of one series; sizes are in the measure's own unit, with ends that hold nine times in ten.

    `until` is the last day of a blip or of a change that did not last, None for one that lasts. `sure` is the chance behind the
    verdict: the last one given, or the surest where the change became the new usual. On the day `decided` it first passed four
    in five. One that `is_gradual` came bit by bit.
    """

    series: str
    is_lasting: bool
    onset: date
    onset_low: date
    onset_high: date
    until: date | None
    decided: date
    sure: float
    size: float
    size_low: float
    size_high: float
    usual: float
    is_gradual: bool = False

    @property
    def lasts(self) -> bool:
        return self.is_lasting and self.until is None


def happenings(answers: Answers) -> list[Happening]:
    """What happened, series by series; most series have nothing to say and cost nothing."""
    states = answers.states.with_columns(pl.col("state").cast(pl.String))
    left_out = answers.decisions.filter(pl.col("kind") == "blip_left_out")
    talks = pl.col("state").is_in(LASTING_STATES).any().over("series") | pl.col("series").is_in(left_out["series"].implode())
    decisions = answers.decisions.partition_by("series", as_dict=True)
    found: list[Happening] = []
    for (name,), frame in states.filter(talks).partition_by("series", as_dict=True, maintain_order=True).items():
        made = decisions.get((name,))
        found += _of_series(str(name), frame.to_dicts(), made.to_dicts() if made is not None else [])
    return found


def _of_series(name: str, rows: Sequence[Row], decisions: Sequence[Row]) -> Iterator[Happening]:
    for called in _changes(rows):
        if lasting := _lasting(name, called, rows, decisions):
            yield lasting
    for each in decisions:
        if each["kind"] == "blip_left_out" and (blip := _blip(name, each, rows)):
            yield blip


def _changes(rows: Sequence[Row]) -> list[list[Row]]:
    """The days on which a lasting change was called, those of one onset together."""
    changes: list[list[Row]] = []
    for row in rows:
        if row["state"] not in LASTING_STATES or row["change"] is None:
            continue
        if changes and abs(changes[-1][-1]["onset"] - row["onset"]) <= SAME:
            changes[-1].append(row)
        else:
            changes.append([row])
    return changes


def _lasting(name: str, called: Sequence[Row], rows: Sequence[Row], decisions: Sequence[Row]) -> Happening | None:
    end = called[-1]
    passed = [row["date"] for row in called if row["p_lasting"] >= SURE]
    if not passed:
        return None
    taken = any(
        each["kind"] == "new_normal" and timedelta(0) <= each["decided"] - end["date"] <= TAKEN_WITHIN for each in decisions
    )
    return Happening(
        series=name,
        is_lasting=True,
        onset=end["onset"],
        onset_low=end["onset_low"] or end["onset"],
        onset_high=end["onset_high"] or end["onset"],
        until=None if taken or end["date"] == rows[-1]["date"] else end["date"],
        decided=passed[0],
        sure=max(row["p_lasting"] for row in called) if taken else end["p_lasting"],
        size=end["change"],
        size_low=end["change_low"],
        size_high=end["change_high"],
        usual=_mean([row["usual"] for row in rows if end["onset"] <= row["date"] <= end["date"]]),
    )


def _blip(name: str, decision: Row, rows: Sequence[Row]) -> Happening | None:
    away = [row for row in rows if decision["first"] <= row["date"] <= decision["last"] and row["score"] is not None]
    watched = [row for row in rows if decision["first"] <= row["date"] <= decision["decided"]]
    sure = max((row["p_blip"] for row in watched), default=0.0)
    if sure < SURE or not away:
        return None
    room = [(row["usual_high"] - row["usual"]) / WIDE for row in away]
    size = _mean([row["score"] * sd for row, sd in zip(away, room, strict=True)])
    reach = _mean(room) * WIDE * NARROWER
    return Happening(
        series=name,
        is_lasting=False,
        onset=decision["first"],
        onset_low=decision["first"],
        onset_high=decision["first"],
        until=decision["last"],
        decided=next(row["date"] for row in watched if row["p_blip"] >= SURE),
        sure=sure,
        size=size,
        size_low=size - reach,
        size_high=size + reach,
        usual=_mean([row["usual"] for row in away]),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
