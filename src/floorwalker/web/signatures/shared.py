"""What the work itself explains: which queues somebody served, and what happened to a whole queue or team.

It is taken out of a person's days before they are judged, so that what everybody shares is never told of one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import polars as pl

from floorwalker.core.patterns import classify
from floorwalker.web.signatures.happenings import Happening, happenings

WORK = {
    "measure": pl.String,
    "kind": pl.String,
    "person": pl.Int64,
    "queue": pl.String,
    "date": pl.Date,
    "value": pl.Float64,
    "weight": pl.Float64,
}
"""A row: one measure of one person in one queue on one day, resting on `weight` observations."""
TEAMS = {"person": pl.Int64, "team": pl.String}
EFFECTS = {"measure": pl.String, "group": pl.String, "date": pl.Date, "change": pl.Float64}

SPANS = {"measure": pl.String, "group": pl.String, "first": pl.Date, "last": pl.Date, "change": pl.Float64}

AROUND = timedelta(days=28)
SHARED = 0.5
"""So much of what their queue or team moved must people have moved themselves; else one of them moved it for all."""
HALF, MOST = 0.5, 0.75
"""So many of a queue's people must have done so; of a team's more, because half a team may serve the queue that moved."""
SMALLEST_GROUP = 3
"""Of fewer people nothing can be said to be shared."""


@dataclass(frozen=True)
class Common:
    """`expected`: measure, person, date, expected, and `own`, what that person's work asks for when nothing happens."""

    expected: pl.DataFrame
    happened: tuple[Happening, ...]


def common(work: pl.DataFrame, teams: pl.DataFrame, events: pl.DataFrame | None = None) -> Common:
    """What each person-day would have been by its queues, and by what happened to these queues and to the team."""
    by_queue = work.rename({"queue": "group"})
    queue_effects, in_queues = _effects(by_queue, events, HALF)
    expected = _by_queues(work, queue_effects)
    rest = _per_person(work).join(expected, on=["measure", "person", "date"]).join(teams, on="person")
    by_team = rest.with_columns(group="team", value=pl.col("value") - pl.col("expected") + pl.col("own"))
    team_effects, in_teams = _effects(_within(by_team), events, MOST)
    moved = team_effects.rename({"group": "team"})
    whole = expected.join(teams, on="person", how="left").join(moved, on=["measure", "team", "date"], how="left")
    whole = whole.with_columns(expected=pl.col("expected") + pl.col("change").fill_null(0.0)).drop("team", "change")
    return Common(whole, (*in_queues, *in_teams))


def without_common(work: pl.DataFrame, expected: pl.DataFrame) -> pl.DataFrame:
    """Each person's days with what the work explains taken out of `value`, and `moved`: how much that was."""
    joined = _per_person(work).join(expected, on=["measure", "person", "date"], how="left", maintain_order="left")
    moved = (pl.col("expected") - pl.col("own")).fill_null(0.0)
    return _within(joined.with_columns(moved=moved).with_columns(value=pl.col("value") - pl.col("moved"))).drop(
        "expected", "own"
    )


def _per_person(work: pl.DataFrame) -> pl.DataFrame:
    """All queues of a person's day together."""
    total = (pl.col("value") * pl.col("weight")).sum() / pl.col("weight").sum()
    days = work.group_by("measure", "kind", "person", "date").agg(value=total, weight=pl.col("weight").sum())
    return days.sort("measure", "person", "date")


def _within(rows: pl.DataFrame) -> pl.DataFrame:
    """A share stays a share, a time stays a time, whatever was taken out."""
    shares = pl.col("value").clip(0.0, 1.0)
    return rows.with_columns(value=pl.when(pl.col("kind") == "rate").then(shares).otherwise(pl.col("value").clip(0.0)))


def _by_queues(work: pl.DataFrame, effects: pl.DataFrame) -> pl.DataFrame:
    """What the queues of each person-day ask for: their level, and what happened to them."""
    days = work.join(effects.rename({"group": "queue"}), on=["measure", "queue", "date"], how="left")
    days = days.with_columns(change=pl.col("change").fill_null(0.0))
    usual = ((pl.col("value") - pl.col("change")) * pl.col("weight")).sum() / pl.col("weight").sum()
    levels = days.group_by("measure", "queue").agg(level=usual)
    weight = pl.col("weight")
    weighed = days.join(levels, on=["measure", "queue"]).select(
        "measure", "person", "date", "weight", asked=weight * pl.col("level"), change=weight * pl.col("change")
    )
    expected = weighed.group_by("measure", "person", "date").agg(pl.col("asked", "change").sum() / weight.sum())
    own = pl.col("asked").mean().over("measure", "person")
    return expected.select("measure", "person", "date", expected=pl.col("asked") + pl.col("change"), own=own)


def _effects(grouped: pl.DataFrame, events: pl.DataFrame | None, people: float) -> tuple[pl.DataFrame, tuple[Happening, ...]]:
    """What happened to whole groups, as a change by day."""
    total = (pl.col("value") * pl.col("weight")).sum() / pl.col("weight").sum()
    days = grouped.group_by("measure", "kind", "group", "date").agg(value=total, weight=pl.col("weight").sum())
    table = days.select(
        "kind", "date", "value", "weight", series=pl.concat_str("measure", "group", separator="\n")
    ).sort("series", "date")  # fmt: skip
    if not table.height:
        return pl.DataFrame(schema=EFFECTS), ()
    found = [
        _as_measured(each, table) for each in happenings(classify(table, events=events)) if _is_shared(each, grouped, people)
    ]
    dates = days.select("measure", "group", "date")
    return _by_day(found, dates), tuple(found)


def _as_measured(each: Happening, table: pl.DataFrame) -> Happening:
    """A lasting change as large as its first four weeks were: of a careful size a rest would stay, and look personal."""
    if not each.is_lasting:
        return each
    last = min(each.until or each.onset + AROUND, each.onset + AROUND)
    days = table.filter((pl.col("series") == each.series) & pl.col("date").is_between(each.onset, last))
    level: float = days.select((pl.col("value") * pl.col("weight")).sum() / pl.col("weight").sum()).item()
    return replace(each, size=level - each.usual)


def _is_shared(each: Happening, grouped: pl.DataFrame, people: float) -> bool:
    """Whether this part of the people in the group moved as it did, and not one of them for all."""
    measure, _, group = each.series.partition("\n")
    last = min(each.until or each.onset + AROUND, each.onset + AROUND)
    near = grouped.filter(
        (pl.col("measure") == measure) & (pl.col("group") == group) & pl.col("date").is_between(each.onset - AROUND, last)
    )
    mean = (pl.col("value") * pl.col("weight")).sum() / pl.col("weight").sum()
    sides = near.group_by("person", after=pl.col("date") >= each.onset).agg(value=mean)
    both = sides.filter(pl.col("after")).join(sides.filter(~pl.col("after")), on="person", suffix="_before")
    if both.height < SMALLEST_GROUP:
        return False
    moves = (both["value"] - both["value_before"]) / each.size if each.size else pl.Series([0.0])
    typical = moves.quantile(1 - people, "linear")
    return typical is not None and typical >= SHARED


def _by_day(found: Sequence[Happening], dates: pl.DataFrame) -> pl.DataFrame:
    """A lasting change counts from its onset on, a blip on its days."""
    if not found:
        return pl.DataFrame(schema=EFFECTS)
    rows = pl.DataFrame(_rows(found), schema=SPANS, orient="row")
    joined = dates.join(rows, on=["measure", "group"])
    inside = (pl.col("date") >= pl.col("first")) & (pl.col("last").is_null() | (pl.col("date") <= pl.col("last")))
    return joined.filter(inside).group_by("measure", "group", "date").agg(pl.col("change").sum())


def _rows(found: Iterable[Happening]) -> list[tuple[object, ...]]:
    return [(*each.series.split("\n", 1), each.onset, each.until, each.size) for each in found]
