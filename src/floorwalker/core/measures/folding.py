"""Dimensions that no engine knows (week, month, year, weekday, team), made from day and agent afterwards: sums stay sums."""

import polars as pl

from floorwalker.core.measures.calendar import Calendar
from floorwalker.core.measures.question import FOLDED_FROM, KNOWN, UNKNOWN, Filter, Question

MEMBERSHIPS = {"agent": pl.String, "team": pl.String, "since": pl.Date, "until": pl.Date}
"""Columns of a memberships frame: `team` from `since` to `until`, both included; a null is an open end."""


def folded(frame: pl.DataFrame, question: Question, calendar: Calendar, memberships: pl.DataFrame | None) -> pl.DataFrame:
    """`frame` with the folded dimensions that the question uses, and without the rows that its folded filters drop.

    Raises
    ------
    ValueError
        when the question needs teams and no memberships are given.
    """
    wanted = {*question.by, *(each.dimension for each in question.where)} & set(FOLDED_FROM)
    if "team" in wanted:
        if memberships is None:
            raise ValueError("a question about teams needs the memberships of agents")
        frame = _with_team(frame, memberships)
    if wanted - {"team"}:
        frame = frame.join(calendar.table(frame["day"].drop_nulls().unique()), on="day", how="left")
    for each in question.where:
        if each.folded:
            frame = frame.filter(_passes(each))
    return frame


def _with_team(frame: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    pairs = frame.select("agent", "day").unique()
    given = memberships.select(pl.col(name).cast(dtype) for name, dtype in MEMBERSHIPS.items())
    begun = pl.col("since").is_null() | (pl.col("since") <= pl.col("day"))
    not_over = pl.col("until").is_null() | (pl.col("until") >= pl.col("day"))
    teams = pairs.join(given, on="agent").filter(begun & not_over).select("agent", "day", "team").unique()
    return frame.join(teams, on=["agent", "day"], how="left")


def _passes(each: Filter) -> pl.Expr:
    column = pl.col(each.dimension)
    listed = [value for value in each.values if value not in (KNOWN, UNKNOWN)]
    passes = column.cast(pl.String).is_in(listed).fill_null(False)
    if KNOWN in each.values:
        passes = passes | column.is_not_null()
    if UNKNOWN in each.values:
        passes = passes | column.is_null()
    return ~passes if each.not_ else passes
