"""From the engine's answers, day by day, to the few changes worth a card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import polars as pl

from floorwalker.core import patterns
from floorwalker.web.changes.models import SAME, Decision, Finding
from floorwalker.web.changes.series import parts_of

Kind = Finding.Kind
Row = dict[str, Any]
LASTING = ("shift", "trend")
READ = (
    *("date", "state", "reason", "value", "weight", "score", "usual", "usual_low", "usual_high"),
    *("p_nothing", "p_blip", "p_lasting", "onset", "onset_low", "onset_high", "change", "change_low", "change_high"),
)
SURE = 0.8
"""No verdict is given below this chance."""
LIKELY = 0.5
"""Nothing is said of what is more likely chance than a blip or a change."""
RECENT = timedelta(days=28)
"""The engine's chances speak of onsets in these last days."""
STRANGE = 2.5
"""A day is a blip of its own from so many usual distances on."""
BEFORE, AFTER = timedelta(days=35), timedelta(days=28)
"""What a picture shows around an onset."""
NARROWER = 1.645 / 1.96
"""From the engine's 95 % range to one that holds nine days in ten."""


@dataclass(frozen=True)
class Judged:
    """The changes found, what the usual was told, and how many series were judged and are still learning on their last day."""

    findings: list[Finding] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    judged: int = 0
    learning: int = 0

    def with_more(self, other: "Judged") -> "Judged":
        """Both together."""
        return Judged(
            [*self.findings, *other.findings],
            [*self.decisions, *other.decisions],
            self.judged + other.judged,
            self.learning + other.learning,
        )


def judge(
    table: pl.DataFrame,
    answers: patterns.Answers,
    kept: frozenset[tuple[str, date]] | None = None,
    moved: pl.DataFrame | None = None,
) -> Judged:
    """The changes in daily series named by `series.named`, given the engine's `answers` about them.

    `kept`: the calls (series, day) for which the alarm budget has room; None: all. What is lasting without one is held back.
    `moved` (series, date, moved): what was taken out of the days before they were judged; they are told as they were measured.
    """
    values = table.select("series", "date", "value", "weight")
    states = with_older_onsets(answers.states).join(values, on=["series", "date"], how="left").sort("series", "date")
    states = states.with_columns(pl.col("state").cast(pl.String), pl.col("reason").cast(pl.String))
    if moved is not None:
        states = _as_measured(states, moved)
    decisions = answers.decisions.partition_by("series", as_dict=True)
    last, found = states["date"].max(), Judged(judged=states["series"].n_unique(), learning=_learning(states))
    for (name,), frame in (
        _worth_reading(states, answers.decisions).partition_by("series", as_dict=True, maintain_order=True).items()
    ):
        rows = frame.select(READ).to_dicts()
        made = decisions[(name,)].to_dicts() if (name,) in decisions else []
        calls = None if kept is None else frozenset(day for series, day in kept if series == name)
        findings, decided = _found(rows, made, last, calls)
        found.findings.extend(_completed(each, str(name), rows) for each in findings)
        found.decisions.extend(_decision(each, str(name)) for each in decided)
    return found


def _as_measured(states: pl.DataFrame, moved: pl.DataFrame) -> pl.DataFrame:
    joined = states.join(moved, on=["series", "date"], how="left", maintain_order="left")
    both = ("value", "usual", "usual_low", "usual_high")
    told = joined.with_columns(pl.col(name) + pl.col("moved").fill_null(0.0) for name in both)
    return told.with_columns(pl.col("usual_low").clip(0.0))


def _learning(states: pl.DataFrame) -> int:
    """How many series are still learning on their last day."""
    return int((states.group_by("series").agg(pl.col("state").sort_by("date").last())["state"] == "learning").sum())


def _worth_reading(states: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The series of which anything was ever called, decided or passed, or is open on the last day."""
    called = pl.col("state").is_in((*LASTING, "watch")) | (pl.col("reason") == "still_away")
    passed = (pl.col("reason") == "returned") & (pl.col("p_blip") >= SURE)
    decided = pl.col("series").is_in(decisions["series"].implode())
    return states.filter((called | passed | decided).any().over("series"))


def with_older_onsets(states: pl.DataFrame) -> pl.DataFrame:
    """Chances of a lasting change of any age: the engine's speak of onsets of the last four weeks, all others are the rest.

    Only on days on which a lasting change is called, else the rest may as well be blips of long ago.
    """
    rest = 1 - pl.sum_horizontal("p_nothing", "p_blip", "p_lasting", "p_weekday", "p_spread")
    called = pl.col("state").cast(pl.String).is_in(LASTING)
    return states.with_columns(p_lasting=pl.when(called).then(pl.col("p_lasting") + rest.clip(0, 1)).otherwise("p_lasting"))


def _decision(row: Row, name: str) -> Decision:
    measure, place = parts_of(name)
    days = {"first": row["first"], "last": row["last"], "decided": row["decided"]}
    where = {"dimension": place.dimension, "value": place.value}
    return Decision(measure=measure, **where, kind=row["kind"], by_person=row["by"] == "person", **days)


def _found(
    rows: Sequence[Row], decisions: Sequence[Row], last: Any, calls: frozenset[date] | None
) -> tuple[list[Finding], list[Row]]:
    """The findings of a series, and what its usual was told: also of blips that the engine did not leave out itself."""
    lasting = [found for runs in _changes(rows) if (found := _lasting(runs, rows, decisions, calls))]
    left_out = [each for each in decisions if each["kind"] == "blip_left_out"]
    passed = [each for each in _passed(rows, [*left_out, *lasting]) if _blip(each, rows)]
    blips = [found for each in (*left_out, *passed) if (found := _blip(each, rows))]
    running = any(found.until is None for found in lasting) and rows[-1]["state"] in LASTING
    open_ = None if running or rows[-1]["date"] != last else _early(rows)
    return [*lasting, *blips, *([open_] if open_ else [])], [*decisions, *passed]


def _changes(rows: Sequence[Row]) -> list[list[list[Row]]]:
    """The runs of days on which a lasting change was called; those that may be one change (the onset of one lies among the
    possible onsets of the other, and both go the same way) are together."""
    changes: list[list[list[Row]]] = []
    for lasting, run in groupby(rows, key=lambda row: row["state"] in LASTING):
        days = list(run)
        if not lasting:
            continue
        if changes and _are_one(changes[-1][-1][-1], days[-1]):
            changes[-1].append(days)
        else:
            changes.append([days])
    return changes


def _are_one(before: Row, after: Row) -> bool:
    if abs(before["onset"] - after["onset"]) <= SAME:
        return True
    overlap = before["onset_low"] <= after["onset_high"] and after["onset_low"] <= before["onset_high"]
    return bool(overlap and (before["change"] or 0) * (after["change"] or 0) > 0)


def _lasting(
    runs: Sequence[Sequence[Row]], rows: Sequence[Row], decisions: Sequence[Row], calls: frozenset[date] | None
) -> Finding | None:
    taken = [run[-1] for run in runs if _became_normal(run[-1], decisions)]
    called = [row for run in runs for row in run]
    end = taken[0] if taken else called[-1]
    sure = max(row["p_lasting"] for row in called)
    if sure < SURE or end["change"] is None:
        return None
    is_over = not taken and end["date"] < rows[-1]["date"]
    return Finding(
        kind=Kind.LASTING,
        onset=end["onset"],
        onset_low=end["onset_low"],
        onset_high=end["onset_high"],
        until=end["date"] if is_over else None,
        decided=next(row["date"] for row in called if row["p_lasting"] >= SURE),
        sure=sure,
        size=end["change"],
        size_low=end["change_low"],
        size_high=end["change_high"],
        usual=_mean([row["usual"] for row in rows if end["onset"] <= row["date"] <= end["date"]]),
        chances=_chances(rows, end["onset"], min(end["date"], end["onset"] + RECENT)),
        is_held=calls is not None and not calls.intersection(row["date"] for row in called),
    )


def _became_normal(end: Row, decisions: Sequence[Row]) -> bool:
    """Whether the engine took the change as the new normal when its run ended."""
    return any(
        each["kind"] == "new_normal" and timedelta(0) <= each["decided"] - end["date"] <= timedelta(days=3)
        for each in decisions
    )


def _passed(rows: Sequence[Row], told: Sequence[Row | Finding]) -> list[Row]:
    """Blips of which the engine is sure and that it has not left out itself, such as one of two within a week that go opposite
    ways; as its decisions, with the day on which it was sure."""
    days = [each.onset if isinstance(each, Finding) else each["first"] for each in told]
    by_day = {row["date"]: place for place, row in enumerate(rows)}
    found: list[Row] = []
    for row in rows:
        onset = row["onset"]
        if row["reason"] != "returned" or row["p_blip"] < SURE or onset not in by_day:
            continue
        first = rows[by_day[onset]]
        if abs(first["score"] or 0.0) < STRANGE or any(abs(onset - day) <= timedelta(days=1) for day in days):
            continue
        days.append(onset)
        found.append({"kind": "blip_left_out", "by": "engine", "first": onset, "last": onset, "decided": row["date"]})
    return found


def _blip(decision: Row, rows: Sequence[Row]) -> Finding | None:
    away = [row for row in rows if decision["first"] <= row["date"] <= decision["last"] and row["value"] is not None]
    watched = [row for row in rows if decision["first"] <= row["date"] <= decision["decided"]]
    sure = max((row["p_blip"] for row in watched), default=0.0)
    if sure < SURE or not away:
        return None
    passed = next(row["date"] for row in watched if row["p_blip"] >= SURE)
    return Finding(
        kind=Kind.BLIP,
        onset=decision["first"],
        until=decision["last"],
        decided=passed,
        sure=sure,
        chances=_chances(rows, decision["first"], decision["decided"]),
        **_distance(away),
    )


def _early(rows: Sequence[Row]) -> Finding | None:
    """What is away from its usual on the last day, without a verdict yet."""
    end = rows[-1]
    is_open = end["state"] in ("watch", *LASTING) or end["reason"] == "still_away"
    is_open = is_open and end["p_blip"] + end["p_lasting"] > LIKELY
    onset = end["onset"] or _left_usual(rows)
    away = [row for row in rows if onset <= row["date"] and row["value"] is not None]
    if not is_open or not away or end["date"] - onset > RECENT:
        return None
    sure = max(end["p_blip"], end["p_lasting"])
    return Finding(
        kind=Kind.EARLY,
        onset=onset,
        sure=sure,
        chances=_chances(rows, onset, end["date"]),
        **_distance(away),
    )


def _left_usual(rows: Sequence[Row]) -> date:
    """The first of the last days that were not steady."""
    onset: date = rows[-1]["date"]
    for row in reversed(rows):
        if row["state"] in ("steady", "learning"):
            break
        onset = row["date"]
    return onset


def _distance(away: Sequence[Row]) -> dict[str, float]:
    """How far these days lay from the usual, and between which ends chance alone may have moved them."""
    size = _mean([row["value"] - row["usual"] for row in away])
    room = _mean([(row["usual_high"] - row["usual"]) * NARROWER for row in away])
    return {"size": size, "size_low": size - room, "size_high": size + room, "usual": _mean([row["usual"] for row in away])}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _chances(rows: Sequence[Row], since: date, until: date) -> list[tuple[str, float, float, float]]:
    return [
        (row["date"].isoformat(), round(row["p_nothing"], 4), round(row["p_blip"], 4), round(row["p_lasting"], 4))
        for row in rows
        if since <= row["date"] <= until
    ]


def _completed(found: Finding, name: str, rows: Sequence[Row]) -> Finding:
    """With its series' name, on how much it rests, and the days that its picture shows."""
    found.measure, place = parts_of(name)
    found.dimension, found.value = place.dimension, place.value
    shown = [row for row in rows if found.onset - BEFORE <= row["date"] <= found.onset + AFTER]
    found.days = [(row["date"].isoformat(), row["value"], *_usual(row)) for row in shown]
    weights = [row["weight"] for row in shown if row["weight"] is not None]
    found.rests_on = _mean(weights) if weights else found.usual
    return found


def _usual(row: Mapping[str, Any]) -> tuple[float | None, float | None, float | None]:
    """None on a day without a value too: how far chance reaches on it depends on what it would have rested on."""
    if row["usual"] is None or row["value"] is None:
        return None, None, None
    low, high = (row["usual"] + (row[edge] - row["usual"]) * NARROWER for edge in ("usual_low", "usual_high"))
    return low, row["usual"], high
