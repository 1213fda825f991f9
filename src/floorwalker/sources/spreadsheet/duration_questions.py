"""Questions about durations: mm:ss or h:mm, seconds or minutes, a comma's meaning, total or mean, hold within talk."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from floorwalker.sources.spreadsheet import amounts
from floorwalker.sources.spreadsheet.assign import Seen
from floorwalker.sources.spreadsheet.fields import Sort
from floorwalker.sources.spreadsheet.question import Facts, Question, Table
from floorwalker.sources.spreadsheet.sniff import Values

_ABSURD_MINUTES = 100.0
"""A median conversation of so many minutes is absurd: then the numbers are seconds."""


def duration_questions(table: Table) -> Iterator[Question]:
    """What the table leaves open about its durations."""
    yield from _clock_style(table)
    yield from _duration_unit(table)
    yield from _decimal_sign(table)
    if table.kind == "intervals":
        yield from _per_contact(table)
    yield from _hold_in_talk(table)


def _durations(table: Table) -> list[tuple[str, Seen]]:
    return [(name, column) for name, column in table.of_sort(Sort.DURATION) if not column.empty]


def _clock_style(table: Table) -> Iterator[Question]:
    """mm:ss or h:mm, decided by the largest value of all such columns where that is possible."""
    two_parts = [(name, column) for name, column in _durations(table) if column.values.clock_style == "mm:ss"]
    if not two_parts:
        return
    largest = max(column.values.largest_first_part for _, column in two_parts)
    sure_from = 100 if table.kind == "intervals" else 6
    if largest < sure_from:
        name, column = two_parts[0]
        yield Question(
            "clock_style", column.name, ("mm:ss", "h:mm"), "mm:ss", {"sample": column.values.distinct[0], "field": name}
        )


def _unitless(table: Table) -> list[tuple[str, Seen]]:
    return [(name, column) for name, column in _durations(table) if not column.values.clock_style and not column.meaning.unit]


def _duration_unit(table: Table) -> Iterator[Question]:
    plain_numbers = [(name, column) for name, column in _unitless(table) if len(column.values.numbers)]
    long_ones = [(name, column) for name, column in plain_numbers if name in ("talk_s", "handle_s")]
    if not plain_numbers:
        return
    medians = {name: float(np.median(column.values.numbers.to_numpy())) for name, column in plain_numbers}
    if table.kind != "intervals" and any(medians[name] >= _ABSURD_MINUTES for name, _ in long_ones):
        return
    name, column = (long_ones or plain_numbers)[0]
    typical, answered = medians[name], 1.0
    if table.kind == "intervals" and not column.meaning.mean and "answered" in table.by_field:
        counts = table.by_field["answered"].values.numbers
        typical = float(column.values.numbers.sum()) / max(float(counts.sum()), 1.0)
        answered = float(counts[0])
    whole = bool((column.values.numbers == column.values.numbers.round()).all())
    recommended = "seconds" if whole and typical >= 10 else "minutes" if not whole and typical < 60 else ""
    facts: Facts = {
        "sample": str(column.values.distinct[0]),
        "answered": answered,
        "typical": round(typical, 2),
        "field": name,
    }
    yield Question("duration_unit", column.name, ("seconds", "minutes", "hours", "ms"), recommended, facts)


def _decimal_sign(table: Table) -> Iterator[Question]:
    """14,118 is fourteen thousand where a comma never is a decimal sign; elsewhere its owner must say."""
    if not table.languages.get("pl"):
        return
    for _, column in table.of_sort(Sort.DURATION, Sort.NUMBER, Sort.SCORE):
        if column.values.grouped:
            sample = str(column.values.distinct.filter(column.values.distinct.str.contains(r"^-?\d{1,3},\d{3}$"))[0])
            facts = {"sample": sample, "as_decimal": sample.replace(",", "."), "as_thousands": sample.replace(",", "")}
            yield Question("decimal_sign", column.name, (".", ","), ".", facts)
            return


def _per_contact(table: Table) -> Iterator[Question]:
    """Whether an interval's duration is a total or a mean, where neither the name nor the size tells."""
    answered = table.by_field.get("answered")
    for name, column in _durations(table):
        if name not in ("handle_s", "talk_s", "acw_s", "hold_s", "wait_s") or column.meaning.mean or answered is None:
            continue
        counts = float(answered.values.numbers.sum())
        values = in_numbers(column.values)
        if name not in ("handle_s", "talk_s") or not counts or not len(values):
            continue
        as_total, as_mean = float(values.sum()) / counts, float(np.median(values))
        if as_total >= 30 and as_mean > 3600:
            return
        recommended = "contact" if as_total < 5 else "total" if as_total >= 30 else ""
        facts: Facts = {
            "sample": str(column.values.distinct[0]),
            "as_total": round(as_total, 1),
            "as_mean": round(as_mean, 1),
            "field": name,
        }
        yield Question("per_contact", column.name, ("total", "contact"), recommended, facts)
        return


def in_numbers(values: Values) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The column's durations, in seconds if they are clocks, else as they stand."""
    if not values.clock_style:
        return values.numbers.to_numpy()
    return amounts.seconds(amounts.spelled(values.texts), values.clock_style).drop_nulls().to_numpy()


def _hold_in_talk(table: Table) -> Iterator[Question]:
    """Whether talk time already contains hold; a row with more hold than talk shows that it does not."""
    hold, talk = table.by_field.get("hold_s"), table.by_field.get("talk_s")
    if hold is None or talk is None or hold.empty or talk.empty or table.kind != "contacts":
        return
    held, talked = (_aligned(table, column) for column in (hold, talk))
    if not (held > talked).any():
        yield Question("hold_in_talk", hold.name, ("inside", "apart"), "apart", {"sample": str(hold.values.distinct[0])})


def _aligned(table: Table, column: Seen) -> pl.Series:
    """The column's durations row by row, null where there is none."""
    texts = amounts.spelled(table.frame[column.name])
    if style := column.values.clock_style:
        return amounts.seconds(texts, style)
    return amounts.numbers(texts, column.values.decimal)
