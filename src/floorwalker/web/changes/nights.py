"""What was judged last night, kept on disk: tonight judges what is new, and again what came to be known otherwise.

It is a memory and no record: without it, or with one of another make of the engine, everything is judged from the beginning
and comes to the same.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import polars as pl

from floorwalker.core import patterns

NEAR = 1e-9
"""Sums may be added up in another order each night; values no farther apart than this part of them are the same."""
FRAMES = ("given", "said", "states", "decisions", "refusals")
KEYS = ["series", "date"]
FORTNIGHT = 14
ENOUGH = 20 * 365
"""How often things happen here is learned from so many days of all series together; for fewer the engine's setting holds."""


@dataclass(frozen=True)
class Night:
    """A table of series as it was judged (`given`, with the days on which the calendar lets something begin), what people had
    said of them (`said`), what came of it, and how often things happen here (`hazards`), as known when the `quarter` began."""

    given: pl.DataFrame
    said: pl.DataFrame
    answers: patterns.Answers
    quarter: date
    hazards: patterns.Hazards

    def save(self, place: Path) -> None:
        """Write to one file, at once or not at all; a disk that is full or closed to us only costs the next night."""
        frames = (self.given, self.said, self.answers.states, self.answers.decisions, self.answers.refusals)
        arrays: dict[str, Any] = {name: _written(frame) for name, frame in zip(FRAMES, frames, strict=True)}
        arrays |= {
            "make": np.array(make()),
            "quarter": np.array(self.quarter.toordinal()),
            "hazards": np.array(astuple(self.hazards)),
        }
        held, beside = self.answers.remembered, place.with_suffix(f".{os.getpid()}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                np.savez(file, names=np.array(held.names, np.str_), **arrays, **held.memory._asdict())
            beside.replace(place)
        except OSError:
            for left in (beside, place):
                left.unlink(missing_ok=True)

    @classmethod
    def load(cls, place: Path) -> "Night | None":
        """What was kept; None without it, or where another make of the engine wrote it."""
        try:
            with place.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                if str(stored["make"]) != make():
                    return None
                given, said, states, decisions, refusals = (pl.read_ipc(BytesIO(stored[name].tobytes())) for name in FRAMES)
                quarter, hazards = date.fromordinal(int(stored["quarter"])), patterns.Hazards(*stored["hazards"].tolist())
            remembered = patterns.Remembered.load(place)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile, pl.exceptions.PolarsError):
            return None
        return cls(given, said, patterns.Answers(states, decisions, refusals, remembered), quarter, hazards)


def judged(place: Path, table: pl.DataFrame, prior: pl.DataFrame, overrides: pl.DataFrame | None) -> patterns.Answers:
    """The same as `patterns.classify(table, events=prior, overrides=overrides)` with the hazards `learned` here, at the cost of
    what is not as it was kept at `place`: new days are judged after those before; a series of which any earlier day, event or
    ruling is another one, whole. Once a quarter everything is judged anew.
    """
    given = table.join(prior.unique().with_columns(prior=True), on=KEYS, how="left").with_columns(
        pl.col("prior").fill_null(False)
    )
    given = given.sort(KEYS)
    said = overrides if overrides is not None else pl.DataFrame(schema={"series": pl.String})
    before, quarter = Night.load(place), _quarter(given)
    is_new = before is None or before.quarter != quarter or not set(before.given["series"]) <= set(given["series"])
    hazards = learned(table, quarter) if is_new or before is None else before.hazards
    known: dict[str, Any] = {"events": prior, "overrides": overrides, "settings": patterns.Settings(hazards=hazards)}
    answers = patterns.classify(table, **known) if is_new or before is None else _after(before, given, said, known)
    Night(given, said, answers, quarter, hazards).save(place)
    return answers


def _quarter(given: pl.DataFrame) -> date:
    last = given["date"].max()
    assert isinstance(last, date)  # noqa: S101 - a table to judge has days
    return date(last.year, 3 * ((last.month - 1) // 3) + 1, 1)


def learned(table: pl.DataFrame, quarter: date) -> patterns.Hazards:
    """How often things happen in this centre, from its days before the quarter."""
    before = table.filter((pl.col("date") < quarter) & pl.col("value").is_not_null())
    return (patterns.learn_hazards(before) if before.height >= ENOUGH else patterns.Settings()).hazards


def _after(before: Night, given: pl.DataFrame, said: pl.DataFrame, known: Mapping[str, Any]) -> patterns.Answers:
    last = before.given.group_by("series").agg(until=pl.col("date").max())
    rows = given.join(last, on="series", how="left")
    again = known_otherwise(before, given, said)
    is_again = pl.col("series").is_in(list(again))
    fresh = rows.filter(~is_again & (pl.col("date") > pl.col("until")))
    told = [_without(before.answers, again)]
    for judge, part in ((patterns.update, fresh), (patterns.amend, rows.filter(is_again))):
        if part.height:
            told.append(judge(told[-1].remembered, part.drop("until", "prior"), **known))
    return patterns.Answers(
        pl.concat([each.states for each in told]).sort(KEYS),
        _decisions([each.decisions for each in told]),
        pl.concat([each.refusals for each in told]).unique(maintain_order=True),
        told[-1].remembered,
    )


def known_otherwise(before: Night, given: pl.DataFrame, said: pl.DataFrame) -> set[str]:
    """The series that are new, of which any day that was judged came, went or is another one now, or a ruling is."""
    last = before.given.group_by("series").agg(until=pl.col("date").max())
    rows = given.join(last, on="series", how="left")
    fresh = set(rows.filter(pl.col("until").is_null())["series"])
    seen = rows.filter(pl.col("date") <= pl.col("until"))
    both = before.given.join(seen.select(before.given.columns), on=KEYS, how="full", coalesce=True, suffix="_now")
    moved = pl.any_horizontal(_differs(name) for name in ("value", "weight"))
    other = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_now")) for name in ("kind", "prior"))
    return fresh | set(both.filter(moved | other)["series"]) | _said_otherwise(before.said, said)


def _differs(name: str) -> pl.Expr:
    was, now = pl.col(name), pl.col(f"{name}_now")
    near = (was - now).abs() <= NEAR * (1 + was.abs())
    return ~(near.fill_null(False) | (was.is_null() & now.is_null()))


def _said_otherwise(before: pl.DataFrame, now: pl.DataFrame) -> set[str]:
    def rulings(of: pl.DataFrame) -> set[tuple[Any, ...]]:
        return set(of.iter_rows())

    return {row[0] for row in rulings(before) ^ rulings(now)}


def _without(answers: patterns.Answers, again: set[str]) -> patterns.Answers:
    stay = ~pl.col("series").is_in(list(again))
    states, decisions, refusals = (each.filter(stay) for each in (answers.states, answers.decisions, answers.refusals))
    return patterns.Answers(states, decisions, refusals, answers.remembered)


def _decisions(told: list[pl.DataFrame]) -> pl.DataFrame:
    """What a person decided is listed with each part of the answers."""
    return pl.concat(told).unique(maintain_order=True).sort("series", "decided", maintain_order=True)


def replayed(place: Path, answers: patterns.Answers) -> patterns.FalseAlarms | None:
    """How often quiet history calls falsely, by the fortnights up to the last whole one: made anew once in a fortnight, or when
    what was said of those days is another. None without a quiet one."""
    last = answers.states["date"].max()
    assert isinstance(last, date)  # noqa: S101 - there are days
    whole = last - timedelta(days=last.toordinal() % FORTNIGHT)
    states = answers.states.filter(pl.col("date") <= whole)
    key = f"{make()} {whole} {states.select('series', 'date', 'state', 'score').hash_rows().sum()}"
    with suppress(OSError, ValueError, KeyError):
        kept = json.loads(place.read_text())
        if kept["key"] == key:
            return patterns.FalseAlarms(**kept["found"]) if kept["found"] else None
    try:
        found = patterns.replay_quiet(replace(answers, states=states))
    except ValueError:
        found = None
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps({"key": key, "found": asdict(found) if found else None}))
    return found


def _written(frame: pl.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    room = BytesIO()
    frame.write_ipc(room)
    return np.frombuffer(room.getvalue(), np.uint8)


@cache
def make() -> str:
    """Which make of the engine this is: another one may remember other things, or judge otherwise."""
    digest = sha256()
    for source in sorted(files(patterns).iterdir(), key=lambda each: each.name):
        if source.name.endswith(".py"):
            digest.update(source.read_bytes())
    return digest.hexdigest()
