"""Site, queue, team, agent: what happened to the parent is taken out of the children before they are judged.

A night costs the one day of each series, and the whole history of those whose parent's events are seen otherwise than the night
before: a change of a parent is told some days after it began, and moves the days of its children that were already judged.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from floorwalker.core.patterns.effects import KEPT, SPANS, Effects
from floorwalker.core.patterns.engine import Answers, Remembered, amend, classify, update
from floorwalker.core.patterns.lending import lend
from floorwalker.core.patterns.memory import SEEN
from floorwalker.core.patterns.settings import Settings
from floorwalker.core.patterns.sharing import shared_spans, under, without_parents

History = Callable[[list[str]], pl.DataFrame]


@dataclass(frozen=True)
class Level:
    """What is remembered of one level of a family: its series, their own events, and the events above that were taken out."""

    series: Remembered
    own: Effects
    above: pl.DataFrame
    """(`SPANS`) under the names of this level's series."""
    shared: pl.DataFrame
    """(`SPANS`) the own events that most children share, which alone are taken out of them."""
    weights: pl.DataFrame
    """series, date, weight of the last days: on how much the usual of a day rests."""


@dataclass(frozen=True)
class Family:
    """`levels`: the answers, top first. `remembered`: what `update_family` goes on from."""

    levels: list[Answers]
    remembered: list[Level] = field(repr=False)


def judge_family(
    levels: Sequence[pl.DataFrame],
    parents: pl.DataFrame,
    *,
    events: pl.DataFrame | None = None,
    overrides: pl.DataFrame | None = None,
    settings: Settings | None = None,
) -> Family:
    """Judge tables of one measure from the top level down, each without the events of the level above.

    `levels`: tables as `classify` takes them, top first; `parents`: columns series, parent. Names are unique over all levels.
    An outage of a site so raises one event, not one for each of its agents. An event that most children do not share (a change
    of one agent in a team of six moves the team too) is not taken out of any. While a series is learning it borrows the usual
    value and range of its parent, moved to its own level as far as its own days show one; it still says `learning`.
    """
    told: list[Answers] = []
    kept: list[Level] = []
    for place, table in enumerate(levels):
        above = _above(parents, kept)
        own = without_parents(table, above)
        found = classify(own, events=events, overrides=overrides, settings=settings)
        if kept:
            found = lend(found, own, parents, kept[-1].own.told, kept[-1].weights)
        effects = Effects.of(found)
        spans, is_last = effects.spans, place + 1 == len(levels)
        shared = spans if is_last else shared_spans(spans, above, levels[place + 1], parents)
        kept.append(Level(found.remembered, effects, above, shared, _recent(_weights(table))))
        told.append(found)
    return Family(told, kept)


def update_family(
    remembered: Sequence[Level],
    levels: Sequence[pl.DataFrame],
    parents: pl.DataFrame,
    history: History,
    *,
    events: pl.DataFrame | None = None,
    overrides: pl.DataFrame | None = None,
    settings: Settings | None = None,
) -> Family:
    """Judge the days that came after those remembered; the same answers as `judge_family` on the whole history would give.

    `levels`: only the new rows. `history(names)`: the whole history of these series, new rows included; it is asked for the
    children of a parent whose events are seen anew, and for series that still learn. The answers of such a series cover its
    whole history and replace what was told of it before; all others have the new days only. A late correction, or an override
    of days already judged, of a series without children goes through `amend` as before; one of a parent needs `judge_family`.
    """
    given = {"events": events, "overrides": overrides, "settings": settings}
    told: list[Answers] = []
    kept: list[Level] = []
    for place, (before, table) in enumerate(zip(remembered, levels, strict=True)):
        above = _above(parents, kept)
        again = _again(before, table, above, settings) & set(parents["series"]) if kept else set()
        whole = history(sorted(again)).select(table.columns) if again else table.clear()
        fresh = table.filter(~pl.col("series").is_in(list(again)))
        found = _judged(before.series, without_parents(fresh, above), without_parents(whole, above), given)
        if kept:
            found = lend(found, without_parents(whole, above), parents, kept[-1].own.told, kept[-1].weights)
        own = before.own.after(found)
        is_last = place + 1 == len(levels)
        shared = own.spans if is_last else _shared_anew(before, own.spans, above, parents, history)
        weights = pl.concat([before.weights, _weights(whole), _weights(fresh)]).unique(["series", "date"], keep="last")
        kept.append(Level(found.remembered, own, above, shared, _recent(weights)))
        told.append(found)
    return Family(told, kept)


def _above(parents: pl.DataFrame, kept: Sequence[Level]) -> pl.DataFrame:
    """The spans of all levels above, under the names of the children of the last of them."""
    if not kept:
        return pl.DataFrame(schema=SPANS)
    return under(parents, pl.concat([kept[-1].shared, kept[-1].above]))


def _again(before: Level, table: pl.DataFrame, above: pl.DataFrame, settings: Settings | None) -> set[str]:
    """Series whose days above are told otherwise than last night, and those that are new or learn."""
    names, seen = before.series.names, before.series.memory.counts[:, SEEN]
    young = {name for name, days in zip(names, seen, strict=True) if days <= (settings or Settings()).learning_days}
    moved = pl.concat([_new(above, before.above), _new(before.above, above)])["series"]
    return set(moved) | (young & set(table["series"])) | (set(table["series"]) - set(names))


def _new(now: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    return now.join(before, on=now.columns, how="anti", nulls_equal=True)


def _judged(before: Remembered, fresh: pl.DataFrame, whole: pl.DataFrame, given: dict[str, Any]) -> Answers:
    one = update(before, fresh, **given)
    if whole.is_empty():
        return one
    other = amend(one.remembered, whole, **given)
    return Answers(
        pl.concat([one.states, other.states]),
        pl.concat([one.decisions, other.decisions]),
        pl.concat([one.refusals, other.refusals]),
        other.remembered,
    )


def _shared_anew(
    before: Level, spans: pl.DataFrame, above: pl.DataFrame, parents: pl.DataFrame, history: History
) -> pl.DataFrame:
    """Of events that are told as they were last night, what was found then; all others are compared with the children again."""
    told_before = _new(before.own.spans, _new(before.own.spans, spans))
    moved_above = pl.concat([_new(above, before.above), _new(before.above, above)])["series"]
    held = told_before.filter(~pl.col("series").is_in(moved_above.implode()))
    fresh = _new(spans, held)
    if fresh.is_empty():
        return before.shared.join(held, on=spans.columns, how="semi", nulls_equal=True)
    children = parents.filter(pl.col("parent").is_in(fresh["series"].implode()))["series"].unique().sort().to_list()
    found = shared_spans(fresh, above, history(children), parents)
    kept = before.shared.join(held, on=spans.columns, how="semi", nulls_equal=True)
    return pl.concat([kept, found]).sort("series", "first", "seen")


def _weights(table: pl.DataFrame) -> pl.DataFrame:
    weight = pl.col("weight") if "weight" in table.columns else pl.lit(None)
    return table.select("series", "date", weight=weight.cast(pl.Float64))


def _recent(weights: pl.DataFrame) -> pl.DataFrame:
    return weights.filter(pl.col("date") > pl.col("date").max().over("series") - KEPT)
