"""A planned day as it is written: which interval has how many agents, each row checked."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

import polars as pl

from floorwalker.core.staffing.unusable import Unusable

FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M")
MOST_AGENTS = 100_000


@dataclass(frozen=True)
class Rota:
    """Intervals of one day, in their order. refusals: row (the first is 1), column, code, found; none: it can be used."""

    starts: list[datetime]
    agents: list[int]
    refusals: list[tuple[int, str, str, str]]


def read_rota(table: pl.DataFrame, day: date, interval_s: int) -> Rota:
    """Read a table with the columns start (local, without a zone) and agents (whole numbers) of one day.

    Codes: unreadable_start, other_day, twice (the same start), overlaps (less than an interval after the one before),
    not_a_number, not_whole, negative, too_many. Raises Unusable where a column is missing or there are no rows.
    """
    for name in ("start", "agents"):
        if name not in table.columns:
            raise Unusable("column_missing", column=name, found=", ".join(table.columns))
    if table.is_empty():
        raise Unusable("no_rows")
    rows = list(zip(_starts(table), table["start"].cast(pl.String), *_numbers(table), strict=True))
    refusals = [problem for number, row in enumerate(rows, 1) if (problem := _problem(number, *row, day))]
    dated = sorted((row[0], number) for number, row in enumerate(rows, 1) if row[0] is not None)
    for (before, _), (start, number) in pairwise(dated):
        if (start - before).total_seconds() < interval_s:
            refusals.append((number, "start", "twice" if start == before else "overlaps", str(start)))
    sound = [] if refusals else sorted((row[0], int(row[3])) for row in rows if row[0] is not None and row[3] is not None)
    return Rota([start for start, _ in sound], [agents for _, agents in sound], sorted(refusals))


def _starts(table: pl.DataFrame) -> list[datetime | None]:
    if table.schema["start"] != pl.String:
        return table["start"].cast(pl.Datetime("us"), strict=False).to_list()
    written = pl.col("start").str.strip_chars()
    return table.select(pl.coalesce(written.str.to_datetime(f, strict=False) for f in FORMATS)).to_series().to_list()


def _numbers(table: pl.DataFrame) -> tuple[list[str | None], list[float | None]]:
    written = table["agents"].cast(pl.String).str.strip_chars()
    return written.to_list(), written.cast(pl.Float64, strict=False).fill_nan(None).to_list()


def _problem(
    number: int, start: datetime | None, start_found: str | None, agents_found: str | None, agents: float | None, day: date
) -> tuple[int, str, str, str] | None:
    if start is None:
        return number, "start", "unreadable_start", start_found or ""
    if start.date() != day:
        return number, "start", "other_day", start_found or ""
    if agents is None:
        return number, "agents", "not_a_number", agents_found or ""
    wrong = {"negative": agents < 0, "too_many": agents > MOST_AGENTS, "not_whole": agents != agents // 1}
    code = next((code for code, is_so in wrong.items() if is_so), None)
    return (number, "agents", code, agents_found or "") if code else None
