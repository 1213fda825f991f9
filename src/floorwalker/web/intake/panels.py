"""What the pages of an import show, ready to be written into a template."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import available_timezones

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.sources.spreadsheet import ColumnSeen, Question, Sighting
from floorwalker.sources.spreadsheet.fields import KINDS as TABLE_KINDS
from floorwalker.web.intake.checking import Check, Trial, answer_to
from floorwalker.web.intake.field_wording import KINDS, LEFT_OUT, field_name
from floorwalker.web.intake.models import UNDO_WAITS, Import
from floorwalker.web.intake.question_wording import asked, choice_of
from floorwalker.web.intake.remarks import as_remarks, combined
from floorwalker.web.intake.report import GROUPS_MOST, RefusedRows, groups_of
from floorwalker.web.intake.wording import remark_of
from floorwalker.web.ui.reader import Reader

_CONTINENTS = frozenset(("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"))


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ColumnPanel:
    """A column: its name, what it is taken for and may be, and what to say about it."""

    number: int
    name: str
    header: str
    field: str
    choices: tuple[Choice, ...]
    note: str
    unsure: bool


@dataclass(frozen=True)
class QuestionPanel:
    """A question with its answers; a long list of answers is `long`. `help` says why one is recommended."""

    input: str
    sentence: str
    choices: tuple[Choice, ...]
    long: bool
    help: str


@dataclass(frozen=True)
class CheckPanel:
    """The page on which somebody checks what a file means."""

    headline: str
    notice: str
    kind: str
    kind_unsure: bool
    kinds: tuple[Choice, ...]
    columns: tuple[ColumnPanel, ...]
    sample_rows: tuple[tuple[str, ...], ...]
    questions: tuple[QuestionPanel, ...]
    gone: str
    new: str
    remarks: tuple[str, ...]
    refused: tuple[RefusedRows, ...]
    refused_of: str
    button: str
    is_ready: bool


@dataclass(frozen=True)
class ProgressPanel:
    """How far an import is: a sentence, and a share of 100 (None while nothing can be said)."""

    sentence: str
    percent: int | None
    words: str


def check_panel(coming: Import, found: Check, trial: Trial | None, reader: Reader) -> CheckPanel:
    """The check of an import in the active language."""
    sighting = found.sighting
    questions = tuple(_question(each, found, reader) for each in found.questions)
    remarks = [*(sighting.remarks if sighting else ()), *(trial.remarks if trial else ())]
    return CheckPanel(
        headline=reader.paragraph(*_headline(found, trial, reader)),
        notice=_notice(found),
        kind=sighting.kind if sighting else "",
        kind_unsure=sighting is not None and any(each.code == "kind" for each in sighting.questions),
        kinds=_kinds(sighting) if sighting else (),
        columns=tuple(_column(number, each, found, reader) for number, each in enumerate(sighting.columns)) if sighting else (),
        sample_rows=_rows(sighting) if sighting else (),
        questions=questions,
        gone=", ".join(found.difference.gone) if found.difference else "",
        new=", ".join(found.difference.new) if found.difference else "",
        remarks=tuple(dict.fromkeys(remark_of(each, coming, reader) for each in as_remarks(combined(remarks)))),
        refused=groups_of(trial.refusals, coming, reader)[:GROUPS_MOST] if trial else (),
        refused_of=_refused_of(trial, reader) if trial else "",
        button=_button(trial, reader),
        is_ready=found.is_ready,
    )


def progress_panel(coming: Import, reader: Reader) -> ProgressPanel:
    """How far an import is."""
    if coming.state == Import.State.QUEUED or coming.phase == UNDO_WAITS:
        return ProgressPanel(_("Waiting for the imports before it."), None, "")
    if coming.is_being_undone:
        sentence = _("Taking its rows back, and adding up again.")
        return ProgressPanel(sentence, coming.done, reader.percent(coming.done / 100))
    rows = reader.number(coming.count("read"))
    share = min(1.0, coming.done / coming.total) if coming.total else None
    if coming.phase == "read":
        sentence = _("Reading: %(rows)s rows so far.") % {"rows": rows}
        percent = None if share is None else round(share * 60)
    elif coming.phase == "merge":
        sentence = _("%(rows)s rows are read; laying them beside what is here.") % {"rows": rows}
        percent = 60 + round((share or 0) * 25)
    else:
        sentence = _("%(rows)s rows are read; adding them up.") % {"rows": rows}
        percent = 85 + round((share or 0) * 15)
    return ProgressPanel(sentence, percent, "" if percent is None else reader.percent(percent / 100))


def _headline(found: Check, trial: Trial | None, reader: Reader) -> Iterable[str]:
    if trial and trial.complete:
        yield ngettext("%(rows)s row is ready.", "%(rows)s rows are ready.", trial.ready) % {"rows": reader.number(trial.ready)}
    elif trial:
        numbers = {"ready": reader.number(trial.ready), "read": reader.number(trial.read)}
        yield _("Of the first %(read)s rows, %(ready)s are ready.") % numbers
    elif found.is_ready:
        yield _("This can come in.")
    if found.lacking:
        yield _("Tell us which column is “%(field)s”.") % {"field": _field(found, found.lacking[0])}
    asked_for = len([each for each in found.questions if not answer_to(each, found.answers)]) + bool(found.difference)
    if asked_for:
        yield ngettext("We need an answer from you.", "We need %(n)s answers from you.", asked_for) % {
            "n": reader.number(asked_for)
        }
    if trial and trial.refused:
        yield ngettext("%(rows)s row needs a look.", "%(rows)s rows need a look.", trial.refused) % {
            "rows": reader.number(trial.refused)
        }


def _field(found: Check, field: str) -> str:
    return field_name(field, found.meaning.kind if found.meaning else "")


def _notice(found: Check) -> str:
    if found.remembered:
        return _("These columns mean what you said last time.")
    return ""


def _kinds(sighting: Sighting) -> tuple[Choice, ...]:
    return tuple(Choice(kind, str(label), kind == sighting.kind) for kind, label in KINDS.items())


def _column(number: int, column: ColumnSeen, found: Check, reader: Reader) -> ColumnPanel:
    kind = found.sighting.kind if found.sighting else ""
    field = _meant(column, found)
    choices = [Choice("", str(LEFT_OUT), not field)]
    named = sorted((field_name(each.name, kind), each.name) for each in TABLE_KINDS[kind].fields)
    choices += [Choice(name, label, name == field) for label, name in named]
    return ColumnPanel(
        number=number,
        name=column.name,
        header=column.header or column.name,
        field=field,
        choices=tuple(choices),
        note=_note(column, found, reader),
        unsure=column.unsure and not found.remembered,
    )


def _meant(column: ColumnSeen, found: Check) -> str:
    """The field that a column fills, by the mapping that would be used."""
    if found.meaning is None:
        return column.field
    return next((field for field, rule in found.meaning.fields.items() if column.name == rule.columns[-1]), "")


def _note(column: ColumnSeen, found: Check, reader: Reader) -> str:
    if not column.filled:
        return _("always empty")
    if column.unsure and not found.remembered:
        return _("please check")
    if found.meaning and any(column.name in rule.columns[:-1] for rule in found.meaning.fields.values()):
        return _("gives the times their day")
    return ngettext("%(n)s value", "%(n)s different values", column.distinct) % {"n": reader.number(column.distinct)}


def _rows(sighting: Sighting) -> tuple[tuple[str, ...], ...]:
    """Three values of each column, side by side; columns with fewer have gaps."""
    return tuple(
        tuple(column.samples[row] if row < len(column.samples) else "" for column in sighting.columns) for row in range(3)
    )


def _question(question: Question, found: Check, reader: Reader) -> QuestionPanel:
    given = answer_to(question, found.answers)
    chosen = given or question.recommended
    if question.choices:
        choices = tuple(Choice(each, choice_of(question, each, reader), each == chosen) for each in question.choices)
    else:
        zones = ("UTC", *sorted(zone for zone in available_timezones() if zone.split("/")[0] in _CONTINENTS))
        choices = tuple(Choice(zone, zone, zone == chosen) for zone in zones)
    recommended = next((each.label for each in choices if each.value == question.recommended), "")
    say = _("We recommend: %(answer)s") % {"answer": f"\u2068{recommended}\u2069"} if recommended else ""
    return QuestionPanel(f"answer-{question.code}", asked(question, reader), choices, not question.choices, say)


def _refused_of(trial: Trial, reader: Reader) -> str:
    return _("%(refused)s of %(read)s") % {"refused": reader.number(trial.refused), "read": reader.number(trial.read)}


def _button(trial: Trial | None, reader: Reader) -> str:
    if trial is None or not trial.complete:
        return _("Bring it in")
    return ngettext("Bring in %(rows)s row", "Bring in %(rows)s rows", trial.ready) % {"rows": reader.number(trial.ready)}
