"""The same report, list and questions as lines of plain text, for the command line."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from floorwalker.sources.reading import Unreadable
from floorwalker.sources.spreadsheet import Question
from floorwalker.web.intake.checking import COLUMNS_CHANGED, NEW_MEANING, Check
from floorwalker.web.intake.field_wording import KINDS, field_name
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.question_wording import asked, choice_of
from floorwalker.web.intake.report import Report
from floorwalker.web.intake.uploads import named
from floorwalker.web.intake.wording import failure_of
from floorwalker.web.ui.reader import Reader

REFUSED_MOST = 20


def report_lines(report: Report) -> Iterator[str]:
    """The report of an import that ended."""
    yield report.headline
    yield report.told
    if report.account:
        yield ""
        yield from (f"  {line.rows:>12}  {line.name}" for line in report.account)
        yield report.reconciliation
    if report.remarks:
        yield ""
        yield _("What we noticed")
        yield from (f"  - {remark}" for remark in report.remarks)
    if report.refused:
        yield ""
        yield _("Refused rows")
        for rows in report.refused[:REFUSED_MOST]:
            place = " · ".join(part for part in (rows.file, rows.column, rows.value) if part)
            yield f"  {rows.lines}: {place}" if place else f"  {rows.lines}"
            yield f"      {rows.reason} {rows.remedy}"


def meaning_lines(found: Check) -> Iterator[str]:
    """What each column of a file is taken for."""
    if found.meaning is None:
        return
    kind = found.meaning.kind
    yield _("We read this file as: %(kind)s") % {"kind": KINDS[kind]}
    for field, rule in found.meaning.fields.items():
        yield f"  {' + '.join(rule.columns)} → {field_name(field, kind)}"


def question_lines(question: Question, reader: Reader) -> Iterator[str]:
    """A question with its answers, each by the name with which it can be given."""
    recommended = _("recommended")
    yield f"{question.code}: {asked(question, reader)}"
    for choice in question.choices:
        say = f"    {choice}  {choice_of(question, choice, reader)}"
        yield f"{say}  ({recommended})" if choice == question.recommended else say
    if not question.choices and question.recommended:
        yield f"    {question.recommended}  ({recommended})"


def difference_lines(found: Check, coming: Import) -> Iterator[str]:
    """How the columns differ from those of the source's earlier files."""
    if not found.difference:
        return
    told = _("Earlier files from “%(source)s” had other columns, so we stopped here.") % {"source": coming.source}
    yield f"{COLUMNS_CHANGED}: {told}"
    gone, new, right = _("Gone"), _("New"), _("The meanings above are right, go on with them")
    yield f"    {gone}: {', '.join(found.difference.gone) or '–'}"
    yield f"    {new}: {', '.join(found.difference.new) or '–'}"
    yield f"    {NEW_MEANING}  {right}"


def how_to_answer() -> str:
    """What to type next when questions stay open."""
    return _("Answer with --answer NAME=CHOICE for each; --yes takes what is recommended.")


def lacking_line(found: Check) -> str:
    """What a file must tell and does not."""
    kind = found.meaning.kind if found.meaning else ""
    return _("Tell us which column is “%(field)s”.") % {"field": field_name(found.lacking[0], kind)}


def unreadable_line(error: Unreadable, coming: Import, reader: Reader) -> str:
    """Why a file cannot be read."""
    return failure_of({"code": error.code, "facts": named(coming, error.facts), "line": error.line}, coming, reader)


def not_an_answer(text: str) -> str:
    """Why an --answer cannot be understood."""
    return _("“%(text)s” is no answer; write it as NAME=CHOICE, such as date_order=day_first.") % {"text": text}


def not_a_choice(code: str, choice: str, known: str) -> str:
    """Why an answer is none of those that can be given."""
    return _("“%(choice)s” is no answer to %(code)s; there are: %(known)s.") % {"choice": choice, "code": code, "known": known}


def no_such_import(number: int, reader: Reader) -> str:
    """There is nothing under this number."""
    return _("There is no import with the number %(number)s.") % {"number": reader.number(number)}


def undo_question() -> str:
    """Asked before undoing."""
    return _("Undo it?")


def list_heads() -> list[str]:
    """The heads of the list of imports."""
    return [_("Number"), _("When"), _("State"), _("Rows brought in"), pgettext("source", "From"), _("What")]


def sign_in_heads() -> list[str]:
    """The heads of the list of accounts of the sample centre."""
    return [_("Role"), _("Name"), _("E-mail address"), _("Password")]


def where_to_sign_in(address: str) -> str:
    """Where the sample centre is served."""
    return _("Sign in at %(address)s as any of them.") % {"address": address}
