"""Every code that this source can say, once, with the facts each carries, so that a sentence can be made of it.

Facts are texts and numbers, never sentences. `remedy` is a word for what to try; REMEDIES lists them all.
"""

from collections.abc import Mapping

from floorwalker.sources.reading import Refusal, Remark, Unreadable

REMEDIES = (
    "add_up_or_keep_last",
    "answer_question",
    "choose_column",
    "choose_encoding",
    "correct_cell",
    "correct_row",
    "export_again",
    "map_word",
    "save_as_csv",
    "split_file",
    "take_offered_as_answered",
    "unlock_file",
)

UNREADABLE: Mapping[str, tuple[str, ...]] = {
    "no_such_file": ("file",),
    "empty_file": ("file",),
    "binary_file": ("file", "looks_like"),
    "unknown_encoding": ("file", "tried"),
    "damaged_file": ("file",),
    "locked_workbook": ("file",),
    "unpacks_too_large": ("file", "packed_mb", "unpacked_mb", "limit_mb"),
    "sheet_too_large": ("file", "rows", "columns", "limit_cells"),
    "no_such_sheet": ("file", "sheet", "sheets"),
    "header_only": ("file",),
    "no_table": ("file",),
    "line_too_long": ("file", "limit_mb"),
    "missing_column": ("file", "columns", "found"),
    "columns_changed": ("file", "gone", "new"),
    "field_not_mapped": ("kind", "fields"),
    "question_open": ("question",),
    "not_a_mapping": ("file", "problem"),
}

WHOLE_FILE_REMEDIES: Mapping[str, str] = {
    "empty_file": "export_again",
    "binary_file": "save_as_csv",
    "unknown_encoding": "choose_encoding",
    "damaged_file": "export_again",
    "locked_workbook": "unlock_file",
    "unpacks_too_large": "save_as_csv",
    "sheet_too_large": "save_as_csv",
    "header_only": "export_again",
    "no_table": "save_as_csv",
    "line_too_long": "split_file",
    "missing_column": "choose_column",
    "columns_changed": "choose_column",
    "field_not_mapped": "choose_column",
    "question_open": "answer_question",
}
"""What to try when a file cannot be read at all, by the code of the reason."""

REFUSALS: Mapping[str, tuple[str, ...]] = {
    "too_few_cells": ("found", "expected", "remedy"),
    "too_many_cells": ("found", "expected", "remedy"),
    "truncated_line": ("found", "expected", "remedy"),
    "unbalanced_quote": ("remedy",),
    "undecodable": ("encoding", "remedy"),
    "cell_too_large": ("length", "limit", "remedy"),
    "empty_required": ("field", "remedy"),
    "not_a_time": ("field", "expected", "remedy"),
    "ambiguous_date": ("field", "expected", "remedy"),
    "time_out_of_range": ("field", "earliest", "latest", "remedy"),
    "repeated_hour": ("field", "tz", "remedy"),
    "skipped_hour": ("field", "tz", "remedy"),
    "not_a_duration": ("field", "expected", "remedy"),
    "negative_duration": ("field", "remedy"),
    "not_a_number": ("field", "expected", "remedy"),
    "not_a_count": ("field", "remedy"),
    "negative_count": ("field", "remedy"),
    "unknown_word": ("field", "expected", "remedy"),
    "not_on_scale": ("field", "lowest", "highest", "remedy"),
    "more_answered_than_offered": ("answered", "offered", "remedy"),
    "not_an_interval": ("length_min", "remedy"),
    "repeated_interval": ("queue", "remedy"),
    "repeated_person": ("remedy",),
}

REMARKS: Mapping[str, tuple[str, ...]] = {
    "encoding_guessed": ("encoding", "words"),
    "lines_above_header": ("lines",),
    "repeated_header": ("header", "renamed"),
    "no_header": ("columns",),
    "two_header_rows": ("line",),
    "other_sheets": ("taken", "others"),
    "columns_changed": ("gone", "new"),
    "totals_left_out": ("lines",),
    "rows_joined": ("rows",),
    "unknown_words": ("field", "column", "word", "rows"),
    "absurd_durations": ("field", "rows", "longest_s", "limit_s", "first_line"),
    "ends_before_it_starts": ("rows", "first_line"),
    "other_date_format": ("field", "column", "rows"),
}

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "kind": ("found",),
    "time_zone": ("sample",),
    "date_order": ("sample", "day_first", "month_first"),
    "duration_unit": ("sample", "answered", "typical", "field"),
    "clock_style": ("sample", "field"),
    "decimal_sign": ("sample", "as_decimal", "as_thousands"),
    "per_contact": ("sample", "as_total", "as_mean", "field"),
    "scale": ("lowest", "highest", "samples"),
    "survey_kind": ("lowest", "highest"),
    "unanswered": ("column", "rows"),
    "interval_length": ("found",),
    "hold_in_talk": ("sample",),
}

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "repeated_hour": ("first", "second"),
    "repeated_interval": ("add", "last"),
    "more_answered_than_offered": ("raise_offered",),
}
"""Answers that a person may give once rows were refused, by their code: the same file read again then takes these rows."""


def unreadable(code: str, line: int | None = None, **facts: str | int | float) -> Unreadable:
    """An `Unreadable` of a listed code."""
    _check(UNREADABLE, code, facts)
    return Unreadable(code, line, **facts)


def refusal(
    code: str, line: int, column: str = "", value: str = "", remedy: str = "correct_cell", **facts: str | int | float
) -> Refusal:
    """A `Refusal` of a listed code; a very long value is cut."""
    _check(REFUSALS, code, facts | {"remedy": remedy})
    return Refusal(line=line, code=code, column=column, value=value[:200], facts=facts | {"remedy": remedy})


def remark(code: str, **facts: str | int | float) -> Remark:
    """A `Remark` of a listed code."""
    _check(REMARKS, code, facts)
    return Remark(code, facts)


def _check(listed: Mapping[str, tuple[str, ...]], code: str, facts: Mapping[str, object]) -> None:
    if set(facts) - set(listed[code]):
        raise KeyError(f"{code} carries {listed[code]}, not {sorted(facts)}")
