"""From a sighting and answers to a mapping."""

from collections.abc import Mapping as Map

from floorwalker.sources.spreadsheet.codes import ANSWERS
from floorwalker.sources.spreadsheet.fields import KINDS, Sort
from floorwalker.sources.spreadsheet.mapping import Mapping, Rule
from floorwalker.sources.spreadsheet.question import Question
from floorwalker.sources.spreadsheet.questions import kind_said
from floorwalker.sources.spreadsheet.sighting import ColumnSeen, Sighting
from floorwalker.sources.spreadsheet.sniff import swapped

_KEPT = ("scale", "survey_kind", "unanswered", "hold_in_talk", *ANSWERS)
"""Answers that the reading itself needs; the others are settled in the rules."""


def suggest(sighting: Sighting, answers: Map[str, str] | None = None) -> Mapping:
    """The mapping that the sighting proposes. A question without an answer is settled as recommended.

    Where nothing is recommended either, the question stays `open` in the mapping and nothing can be read by it.
    """
    given = {question.code: question.recommended for question in sighting.questions} | dict(answers or {})
    fields = {column.field: _rule(column, sighting, given) for column in sighting.columns if column.field}
    constants = dict(sighting.constants)
    if given.get("interval_length"):
        constants["length_min"] = given["interval_length"]
    return Mapping(
        kind=sighting.kind,
        fields=fields,
        tz=given.get("time_zone", "") or sighting.tz,
        constants=constants,
        answers=_answers(sighting, given),
        header=sighting.header,
        header_rows=sighting.header_rows,
        sheet=sighting.sheet if len(sighting.sheets) > 1 else "",
        open=tuple(question.code for question in open_for(sighting, answers)),
    )


def open_for(sighting: Sighting, answers: Map[str, str] | None = None) -> tuple[Question, ...]:
    """The questions that have neither an answer nor a recommendation."""
    given = answers or {}
    return tuple(question for question in sighting.questions if not (given.get(question.code) or question.recommended))


def _answers(sighting: Sighting, given: Map[str, str]) -> dict[str, str]:
    kept = {code: given[code] for code in _KEPT if given.get(code)}
    scored = next((column for column in sighting.columns if column.field == "score"), None)
    if scored is None:
        return kept
    said = kind_said(scored.header)
    if said and "survey_kind" not in kept:
        kept["survey_kind"] = said
    return {"scale": "1-5"} | kept


def _rule(column: ColumnSeen, sighting: Sighting, given: Map[str, str]) -> Rule:
    def answer(code: str) -> str:
        return given.get(f"{code}:{column.name}") or given.get(code, "")

    sort = KINDS[sighting.kind][column.field].sort
    decimal = (
        answer("decimal_sign")
        if sort in (Sort.DURATION, Sort.NUMBER, Sort.SCORE) and answer("decimal_sign")
        else column.decimal
    )
    if sort in (Sort.INSTANT, Sort.DATE):
        return _time_rule(column, sighting, answer("date_order"))
    if sort is Sort.DURATION:
        style = column.form or answer("duration_unit") or "seconds"
        if style == "mm:ss":
            style = answer("clock_style") or style
        per = "contact" if sighting.kind == "intervals" and (column.mean or answer("per_contact") == "contact") else "total"
        return Rule((column.name,), style, decimal, per=per)
    return Rule((column.name,), decimal=decimal)


def _time_rule(column: ColumnSeen, sighting: Sighting, order: str) -> Rule:
    form = column.form
    if column.borrows:
        day = sighting[column.borrows]
        return Rule((day.name, column.name), f"{_ordered(day.form, order)} {form}")
    return Rule((column.name,), _ordered(form, order))


def _ordered(form: str, order: str) -> str:
    month_first = form.startswith(("%m/", "%m-"))
    if (order == "month_first" and form.startswith(("%d/", "%d-"))) or (order == "day_first" and month_first):
        return swapped(form)
    return form
