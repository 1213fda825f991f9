"""Whether a mapping can be read by at all: formats, zones, words and answers that exist."""

import zoneinfo

import polars as pl

from floorwalker.sources.spreadsheet import amounts, times
from floorwalker.sources.spreadsheet.codes import ANSWERS
from floorwalker.sources.spreadsheet.fields import Kind, Sort
from floorwalker.sources.spreadsheet.mapping import Mapping, Rule
from floorwalker.sources.spreadsheet.scales import Scale


def unsound_part(mapping: Mapping) -> str:
    """The first part of a mapping that makes no sense, such as "fields.wait_s.format"; "" when all is well."""
    kind = mapping.what
    for name, rule in mapping.fields.items():
        if not _format_exists(kind[name].sort, rule):
            return f"fields.{name}.format"
        if rule.decimal not in (".", ",") or rule.per not in ("total", "contact"):
            return f"fields.{name}"
    if mapping.tz and mapping.tz not in zoneinfo.available_timezones():
        return "tz"
    if mapping.header_rows not in (0, 1, 2) or len(mapping.delimiter.encode()) > 1:
        return "header_rows" if not mapping.delimiter else "delimiter"
    return _unsound_word(mapping, kind) or _unsound_answer(mapping)


def _format_exists(sort: Sort, rule: Rule) -> bool:
    if not rule.format:
        return True
    if sort is Sort.DURATION:
        return rule.format in amounts.UNITS or rule.format in amounts.CLOCKS
    if sort in (Sort.INSTANT, Sort.DATE):
        if "%" in rule.format and not any(day in rule.format for day in ("%d", "%e", "%j", "%F", "%D")):
            return False
        try:
            times.readings(pl.Series(["2000-01-01 00:00:00"]), rule.format)
        except pl.exceptions.PolarsError:
            return False
    return True


def _unsound_word(mapping: Mapping, kind: Kind) -> str:
    for name, value in mapping.constants.items():
        if name not in kind or (kind[name].words and value not in kind[name].words):
            return f"constants.{name}"
    for name, words in mapping.words.items():
        if name not in kind:
            return f"words.{name}"
        allowed = {Sort.WORD: (*kind[name].words, ""), Sort.FLAG: ("yes", "no", "")}.get(kind[name].sort)
        if allowed and not set(words.values()) <= set(allowed):
            return f"words.{name}"
        if kind[name].sort is Sort.SCORE and not all(
            amounts.one_number(value) is not None for value in words.values() if value
        ):
            return f"words.{name}"
    return ""


def _unsound_answer(mapping: Mapping) -> str:
    for code, choices in ANSWERS.items():
        if mapping.answers.get(code, choices[0]) not in choices:
            return f"answers.{code}"
    try:
        Scale.of(mapping.answers.get("scale", ""))
    except ValueError:
        return "answers.scale"
    return ""
