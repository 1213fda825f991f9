"""From sums by physical dimensions to the answer of a question: fold, then divide."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from floorwalker.core.measures.calendar import Calendar
from floorwalker.core.measures.catalog import MEASURES
from floorwalker.core.measures.folding import folded
from floorwalker.core.measures.measure import Quantile, Ratio, weighted
from floorwalker.core.measures.needs import sums_needed
from floorwalker.core.measures.question import Question
from floorwalker.core.measures.spreads import quantiles


@dataclass(frozen=True)
class Answer:
    """The answer to `question`.

    `frame` has the columns of `question.by`, and for each measure `name` (the value; null when it rests on nothing),
    `name.n` (its sample), for those that leave rows out `name.of` (what it could have rested on), and with `question.others`
    a column `name.definition` for each other definition. Sorted by the columns of `by`; groups of which nothing is
    known have no row.
    """

    question: Question
    frame: pl.DataFrame

    def value(self, measure: str) -> float | None:
        """The value of `measure` in the first row: of a question that is not cut."""
        return self.frame[measure][0] if self.frame.height else None


def answer(
    question: Question,
    sums: Sequence[pl.DataFrame],
    counts: Sequence[pl.DataFrame],
    calendar: Calendar,
    memberships: pl.DataFrame | None = None,
) -> Answer:
    """Fold the engine's frames (`sums` and bucket `counts`, by `question.physical_by`) and divide.

    Raises
    ------
    ValueError
        when the question needs teams and no memberships are given.
    """
    names, by = sums_needed(question), list(question.by)
    whole = folded(_stacked(sums, (*question.physical_by, *names)), question, calendar, memberships)
    frame = _grouped(whole, by, [_known_sum(name) for name in names])
    if by:
        frame = frame.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in names))
    columns = [expression for name in question.measures for expression in _columns(question, name)]
    result = frame.with_columns(columns)
    for name in question.measures:
        how = MEASURES[name].by_definition(question.definition(name))
        if isinstance(how, Quantile):
            spread = _stacked(counts, (*question.physical_by, "spread", "bucket", "n")).filter(pl.col("spread") == how.spread)
            spread = folded(spread, question, calendar, memberships)
            result = _with_quantile(result, quantiles(spread, by, how.level).rename({"value": name}), by)
    wanted = [column for name in question.measures for column in _names(question, name)]
    return Answer(question, result.select(*by, *wanted).sort(by) if by else result.select(wanted))


def _names(question: Question, name: str) -> list[str]:
    measure = MEASURES[name]
    others = [f"{name}.{definition}" for definition in measure.others] if question.others else []
    return [name, f"{name}.n", *([f"{name}.of"] if measure.of else []), *others]


def _columns(question: Question, name: str) -> list[pl.Expr]:
    """Value, sample, rows it could rest on, and the other definitions; a quantile's value is added later."""
    measure = MEASURES[name]
    chosen = question.definition(name)
    how = measure.by_definition(chosen)
    sample = how.bottom if chosen and isinstance(how, Ratio) and how.bottom else measure.sample
    columns = [weighted(sample).alias(f"{name}.n")]
    if isinstance(how, Ratio):
        columns.append(how.value().cast(pl.Float64).alias(name))
    if measure.of:
        columns.append(weighted(measure.of).alias(f"{name}.of"))
    if question.others:
        columns += [ratio.value().alias(f"{name}.{definition}") for definition, ratio in measure.others.items()]
    return columns


def _stacked(frames: Sequence[pl.DataFrame], columns: Sequence[str]) -> pl.DataFrame:
    """All frames below each other, with every column of `columns`; absent ones are null."""
    known = [frame for frame in frames if frame.width]
    whole = pl.concat(known, how="diagonal_relaxed") if known else pl.DataFrame()
    absent = [name for name in columns if name not in whole.columns]
    return whole.with_columns(pl.lit(None, dtype=_DTYPES.get(name, pl.Float64)).alias(name) for name in absent)


_DTYPES = {
    **dict.fromkeys(("queue", "channel", "topic", "agent", "spread"), pl.String()),
    **dict.fromkeys(("hour", "minute", "bucket", "n"), pl.Int64()),
    "day": pl.Date(),
}


def _known_sum(name: str) -> pl.Expr:
    return pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)


def _grouped(frame: pl.DataFrame, by: list[str], added: list[pl.Expr]) -> pl.DataFrame:
    return frame.group_by(by).agg(added) if by else frame.select(added)


def _with_quantile(result: pl.DataFrame, values: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    if by:
        return result.join(values, on=by, how="left", nulls_equal=True)
    return pl.concat([result, values], how="horizontal")
