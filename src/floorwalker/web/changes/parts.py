"""The daily series of teams, channels and reasons for contact, without what happened to the queues of their contacts.

A queue's change is a part's in the share of its contacts that came from this queue, as far as most of the queue's parts moved
too; so a release that slows Billing down is told once, as Billing's, and a reason stands out only by what it does otherwise
than its mix of queues. What one reason did to the whole queue stays with this reason.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import polars as pl

from floorwalker.core import patterns
from floorwalker.core.measures import Filter, Question
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.changes.chosen import Chosen, chosen
from floorwalker.web.changes.judging import LASTING
from floorwalker.web.changes.series import WATCHED, named_by, rows_of
from floorwalker.web.pulse.queries import team_memberships

OF_TEAMS = ("transfer_rate", "csat", "repeat_rate", "aht")
"""What a team can change by itself; how many call and how long they wait, it cannot."""
OF_REASONS = ("offered", "csat", "repeat_rate", "aht")
"""What a channel or a reason for contact has of its own; customers wait for a queue."""
AROUND = timedelta(days=56)
"""What a part did before a queue's change, and since, is seen in so many days."""
GAP = timedelta(days=7)
"""A queue that was in its usual for longer begins a new change, not the next part of one."""
STRAY = 0.05
"""A part with less than this much of what the largest part of a queue has is not asked whether it took part."""
ROOM = 0.5
"""By so much of a queue's change a reason's may be larger or smaller and still be the queue's: reasons differ in length."""
STRANGE = 2.0
"""A day on which a queue is so many usual distances away moves its reasons too, also when nothing is called of it."""
MOVED = "moved"
TABLE = {
    "series": pl.String,
    "kind": pl.String,
    "date": pl.Date,
    "value": pl.Float64,
    "weight": pl.Float64,
    MOVED: pl.Float64,
}


def part_series(
    warehouse: Warehouse, until: date, of_queues: pl.DataFrame, answers: patterns.Answers
) -> tuple[pl.DataFrame, Chosen]:
    """All of them as the engine takes them with a column `moved`, what was taken out of each day; and which reasons for contact
    they are. `of_queues` are the series of `answers`."""
    effects = patterns.effects_of(answers).select("series", "date", "change")
    effects = _with_strange_days(effects, answers)
    reasons = chosen(warehouse, "topic", until)
    tables = list(_of_teams(warehouse, until, effects))
    for dimension, watched in (("channel", chosen(warehouse, "channel", until)), ("topic", reasons)):
        tables += _of_reasons(warehouse, until, dimension, watched, of_queues, effects)
    return (pl.concat(tables) if tables else pl.DataFrame(schema=TABLE)), reasons


def _with_strange_days(effects: pl.DataFrame, answers: patterns.Answers) -> pl.DataFrame:
    """With the days on which a queue's contacts lay far off, called or not: a holiday within a lasting change, say.

    Such a day is as far away as it is from the usual; a lasting change that is the usual by now comes on top.
    """
    strange = _of(answers.states, "offered").filter(pl.col("score").abs() >= STRANGE)
    away = (pl.col("score") * (pl.col("usual_high") - pl.col("usual")) / 1.96).cast(pl.Float64)
    days = strange.select("series", "date", away=away, called=pl.col("state").cast(pl.String).is_in(LASTING))
    known = pl.col("change").fill_null(0.0)
    is_told = (known - pl.col("away")).abs() <= pl.col("away").abs() / 2
    whole = pl.when(is_told).then(known).when("called").then("away").otherwise(known + pl.col("away"))
    found = days.drop_nulls().join(effects, on=["series", "date"], how="left").select("series", "date", change=whole)
    return pl.concat([effects.join(found, on=["series", "date"], how="anti"), found])


def _of_teams(warehouse: Warehouse, until: date, effects: pl.DataFrame) -> Iterator[pl.DataFrame]:
    memberships = team_memberships()
    if memberships.is_empty():
        return
    question = Question(OF_TEAMS, by=("day", "team", "queue"), until=until, where=(Filter("team", ("*",)),))
    served = warehouse.answer(question, memberships=memberships).frame
    for measure in OF_TEAMS:
        yield _in_means(_cells(served, measure, "team"), effects, measure, "team")


def _of_reasons(
    warehouse: Warehouse, until: date, dimension: str, watched: Chosen, of_queues: pl.DataFrame, effects: pl.DataFrame
) -> Iterator[pl.DataFrame]:
    if not watched.values:
        return
    where = (Filter(dimension, watched.values),)
    frame = warehouse.answer(Question(OF_REASONS, by=("day", dimension, "queue"), until=until, where=where)).frame
    for measure in OF_REASONS:
        cells = _cells(frame, measure, dimension)
        if measure == "csat":
            cells = cells.filter(pl.col("name").is_in(list(watched.answering)))
        if WATCHED[measure] == "count":
            yield _in_counts(cells, effects, of_queues, measure, dimension)
        else:
            yield _in_means(cells, effects, measure, dimension)


def _of(effects: pl.DataFrame, measure: str) -> pl.DataFrame:
    return effects.filter(pl.col("series").str.starts_with(f"{measure}\n"))


def _cells(frame: pl.DataFrame, measure: str, dimension: str) -> pl.DataFrame:
    """name, day, parent (the series of its queue; of the site where no queue is known), value, n: what it rests on."""
    return frame.drop_nulls(["day", dimension]).select(
        "day",
        name=dimension,
        parent=named_by(measure, "queue", "queue"),
        value=pl.col(measure).cast(pl.Float64),
        n=pl.col(f"{measure}.n").cast(pl.Float64).fill_null(0.0),
    )


def _in_means(cells: pl.DataFrame, effects: pl.DataFrame, measure: str, dimension: str) -> pl.DataFrame:
    whole = cells.group_by("name", "day").agg(
        value=(pl.col("value") * pl.col("n")).sum() / pl.col("n").filter(pl.col("value").is_not_null()).sum(),
        weight=pl.col("n").sum(),
    )
    theirs = shared(_of(effects, measure), cells, 0.0 if dimension == "team" else ROOM)
    moved = (
        cells.with_columns(share=pl.col("n") / pl.col("n").sum().over("day", "name"))
        .join(theirs, left_on=["parent", "name", "day"], right_on=["series", "name", "date"])
        .group_by("day", "name")
        .agg(moved=(pl.col("share") * pl.col("change")).sum())
    )
    return _without(whole.with_columns(pl.col("value").fill_nan(None)), moved, measure, dimension)


def _in_counts(
    cells: pl.DataFrame, effects: pl.DataFrame, of_queues: pl.DataFrame, measure: str, dimension: str
) -> pl.DataFrame:
    """Of a day on which its queues were open a part that nobody came for has none; of all other days nothing is known."""
    parents = of_queues.select(parent="series", day="date", whole="value")
    began = cells.group_by("name", "parent").agg(pl.col("day").min().alias("began"))
    every = began.join(parents, on="parent").filter(pl.col("day") >= pl.col("began"))
    full = every.join(cells.drop("n"), on=["name", "parent", "day"], how="left").with_columns(pl.col("value").fill_null(0.0))
    whole = full.group_by("name", "day").agg(pl.col("value").sum(), weight=pl.lit(None, pl.Float64))
    moved = (
        full.join(
            shared_counts(_of(effects, measure), full), left_on=["parent", "name", "day"], right_on=["series", "name", "date"]
        )
        .group_by("day", "name")
        .agg(moved=pl.col("change").sum())
    )
    return _without(whole, moved, measure, dimension)


def _without(whole: pl.DataFrame, moved: pl.DataFrame, measure: str, dimension: str) -> pl.DataFrame:
    """The days as they are judged, and `moved`: how much was taken out of each."""
    lowered = pl.col("value") - pl.col("moved").fill_nan(None).fill_null(0.0)
    top = 1.0 if WATCHED[measure] == "rate" else None
    joined = whole.join(moved, on=["day", "name"], how="left").sort("name", "day")
    joined = joined.with_columns(judged=lowered.clip(0.0, top))
    frame = joined.select(
        "day", "name", (pl.col("value") - pl.col("judged")).alias(MOVED), **{measure: "judged", f"{measure}.n": "weight"}
    )
    return rows_of(frame, measure, WATCHED[measure], named_by(measure, dimension, "name"), MOVED)


def _stretches(effects: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The days of the effects, and each stretch of equal change with the day on which the queue left its usual (`began`)."""
    days = effects.sort("series", "date").with_columns(
        block=(pl.col("date").diff().over("series") > GAP).fill_null(True).cum_sum().over("series")
    )
    days = days.with_columns(began=pl.col("date").min().over("series", "block"), part=pl.col("change").rle_id().over("series"))
    stretches = days.group_by("series", "block", "part").agg(
        pl.col("began").first(), pl.col("change").first(), first=pl.col("date").min(), last=pl.col("date").max()
    )
    return days, stretches


_BEFORE = pl.col("day").is_between(pl.col("began") - AROUND, pl.col("began") - timedelta(days=1))
_SINCE = pl.col("day").is_between(pl.col("first"), pl.min_horizontal(pl.col("first") + AROUND, "last"))
_STRETCH = ("series", "block", "part")


def _is_no_stray(size: str) -> pl.Expr:
    return pl.col(size) >= STRAY * pl.col(size).max().over(_STRETCH)


def shared(effects: pl.DataFrame, cells: pl.DataFrame, room: float = 0.0) -> pl.DataFrame:
    """series, name, date, change: a queue's effects (series, date, change) as far as most of its parts took part in them.

    `cells`: parent (the queue's series), name, day, value, n. Each stretch of equal change is compared, part by part, with the
    weeks before the queue left its usual; what the lower half of the parts did not do, in the direction of the change, is not
    the queue's but that of those who did it. A part that moved by up to `room` more or less than that (a share of it) moved
    with its queue all the same: long contacts get longer by more.
    """
    days, stretches = _stretches(effects)
    own = stretches.join(cells.drop_nulls("value"), left_on="series", right_on="parent").filter(_BEFORE | _SINCE)
    mean = [(pl.col("value") * pl.col("n")).filter(side).sum() / pl.col("n").filter(side).sum() for side in (_BEFORE, _SINCE)]
    moved = own.group_by(*_STRETCH, "name").agg(
        pl.col("change").first(), own=(mean[1] - mean[0]).fill_nan(None), n=pl.col("n").sum()
    )
    moved = moved.with_columns(
        own=pl.when(_is_no_stray("n")).then("own"), took=(pl.col("own") / pl.col("change")).clip(0.0, 1.0)
    )
    asked = moved.drop_nulls("own").group_by(_STRETCH).agg(most=pl.col("took").quantile(0.5, "lower"))
    theirs = pl.col("change") * pl.col("most")
    ends = [theirs * (1 - room), theirs * (1 + room)]
    bounded = pl.col("own").clip(pl.min_horizontal(ends), pl.max_horizontal(ends)).fill_null(theirs)
    parts = moved.join(asked, on=_STRETCH).select(*_STRETCH, "name", theirs=bounded)
    return days.join(parts, on=_STRETCH).select("series", "name", "date", change="theirs")


def shared_counts(effects: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """The same of contacts, which add up: series, name, date, change, each part's own in its share of the queue before.

    `cells` has the queue's own number as `whole`. A part whose share stayed took part wholly, one that has as many contacts
    as it would have had without the change not at all; so weekdays, which all parts share, need no usual of their own.
    """
    days, stretches = _stretches(effects)
    of_parents = cells.partition_by("parent", as_dict=True)
    found = [_took_part(of_parents[parent], frame) for parent, frame in _by_parent(stretches) if parent in of_parents]
    if not found:
        return pl.DataFrame(schema={"series": pl.String, "name": pl.String, "date": pl.Date, "change": pl.Float64})
    return days.join(pl.concat(found), on=_STRETCH).select("series", "name", "date", change=pl.col("change") * pl.col("took"))


def _by_parent(stretches: pl.DataFrame) -> Iterator[tuple[tuple[object, ...], pl.DataFrame]]:
    yield from stretches.partition_by("series", as_dict=True).items()


def _took_part(cells: pl.DataFrame, stretches: pl.DataFrame) -> pl.DataFrame:
    """For each stretch of one queue's changes and each of its parts (name): which part of the queue's change is its own."""
    table = cells.pivot("name", index="day", values="value").sort("day")
    names, days = table.columns[1:], table["day"].to_numpy()
    values = np.nan_to_num(table.drop("day").to_numpy())
    whole = (
        table.select("day")
        .join(cells.select("day", "whole").unique("day"), on="day", maintain_order="left")["whole"]
        .to_numpy()
    )
    rows: list[tuple[object, ...]] = []
    for row in stretches.iter_rows(named=True):
        before = slice(*np.searchsorted(days, np.array([row["began"] - AROUND, row["began"]], "datetime64[D]")))
        ends = [row["first"], min(row["first"] + AROUND, row["last"]) + timedelta(days=1)]
        since = slice(*np.searchsorted(days, np.array(ends, "datetime64[D]")))
        if not (whole[before].sum() > 0 and whole[since].sum() > 0 and row["change"]):
            continue
        share, now = (values[side].sum(axis=0) / whole[side].sum() for side in (before, since))
        there = (share > 0) & (share >= STRAY * share.max())
        took = np.clip(1 + (now[there] - share[there]) * whole[since].mean() / (share[there] * row["change"]), 0.0, 1.0)
        if took.size:
            most = np.quantile(took, 0.5, method="lower")
            rows += [
                (*(row[name] for name in _STRETCH), name, float(most * part)) for name, part in zip(names, share, strict=True)
            ]
    schema = {name: stretches.schema[name] for name in _STRETCH} | {"name": pl.String(), "took": pl.Float64()}
    return pl.DataFrame(rows, schema=schema, orient="row")
