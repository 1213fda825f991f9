"""What an import did, in words and numbers: the same report on the page and at the command line."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.sources.reading import Refusal
from floorwalker.web.intake.models import Import, RefusedRow, WarehousePart
from floorwalker.web.intake.refusals import KEPT_MOST
from floorwalker.web.intake.remarks import as_remarks
from floorwalker.web.intake.wording import failure_of, reason_of, remark_of, remedy_of
from floorwalker.web.ui.reader import Reader

GROUPS_MOST = 50


@dataclass(frozen=True)
class Line:
    """One line of the account: what became of how many rows."""

    name: str
    rows: str


@dataclass(frozen=True)
class RefusedRows:
    """Rows that were refused for the same reason one after the other."""

    rows: int
    lines: str
    file: str
    column: str
    value: str
    reason: str
    remedy: str


@dataclass(frozen=True)
class Gain:
    """One rung of what the data is good for: what it gives, and what is needed for it; `reached` when it is there."""

    gives: str
    needs: str
    reached: bool


@dataclass(frozen=True)
class Report:
    """An import as its reader reads it. `more_refused` says how many refused rows are not in the list, empty when all are;
    `not_undone` why it could not be undone, empty when nobody tried."""

    headline: str
    told: str
    reconciliation: str
    account: tuple[Line, ...]
    remarks: tuple[str, ...]
    refused: tuple[RefusedRows, ...]
    more_refused: str
    gains: tuple[Gain, ...]
    not_undone: str


def report_of(coming: Import, reader: Reader) -> Report:
    """The report of an import in the active language."""
    shown, rows = _refused(coming, reader)
    return Report(
        headline=headline_of(coming, reader),
        told=told(coming, reader),
        reconciliation=_reconciliation(coming, reader),
        account=_account(coming, reader),
        remarks=tuple(remark_of(each, coming, reader) for each in as_remarks(coming.remarks)),
        refused=shown,
        more_refused=_more(coming.count("refused") - rows, reader),
        gains=gains(),
        not_undone=_not_undone(coming, reader),
    )


def headline_of(coming: Import, reader: Reader) -> str:
    """The one sentence about an import."""
    state, name = Import.State(coming.state), f"\u2068{name_of(coming)}\u2069"
    if coming.is_being_undone:
        return _("The import of %(name)s is being undone.") % {"name": name}
    if state == Import.State.WHOLE:
        return _whole(coming, reader)
    sentences = {
        Import.State.CHECKING: _("%(name)s waits until you have checked what it means."),
        Import.State.QUEUED: _("%(name)s comes in as soon as it is its turn."),
        Import.State.RUNNING: _("%(name)s is coming in."),
        Import.State.FAILED: _("%(name)s could not be brought in."),
        Import.State.STOPPED: _("Bringing in %(name)s was cut off half-way."),
        Import.State.UNDONE: _("The import of %(name)s was undone."),
    }
    return sentences[state] % {"name": name}


def name_of(coming: Import) -> str:
    """What an import is called: its only file, else its source."""
    if coming.reader == Import.Reader.SAMPLE:
        return _("Sample centre")
    names = [file.name for file in coming.files.all()]
    return names[0] if len(names) == 1 else coming.source


def undo_sentences(coming: Import, reader: Reader) -> list[str]:
    """What undoing an import will do, before it is done."""
    kept, updated = coming.count("kept"), coming.count("updated")
    words = []
    if kept:
        words.append(
            ngettext("%(rows)s row will not count any more.", "%(rows)s rows will not count any more.", kept)
            % {"rows": reader.number(kept)}
        )
    if updated:
        words.append(
            ngettext(
                "%(rows)s row will be again what it was before.", "%(rows)s rows will be again what they were before.", updated
            )
            % {"rows": reader.number(updated)}
        )
    if coming.people_changes.exists():
        words.append(_("People, teams and roles go back to what they were, unless somebody has changed them since."))
    return [*words, _("The journal keeps that it happened. You can bring the file in again.")]


def gains() -> tuple[Gain, ...]:
    """The ladder of value: each kind of data and what it gives."""
    there = frozenset(WarehousePart.objects.values_list("name", flat=True).distinct())
    rungs = (
        (
            {"contact", "interval_stat"},
            _("Peaks, usual ranges, and Pulse by queue, weekday and hour"),
            _("Interval statistics"),
        ),
        ({"contact"}, _("Waits, handle time, repeat contacts, and the contacts behind each number"), _("Contact rows")),
        ({"survey"}, _("Customer satisfaction beside handle time"), _("Survey answers")),
        ({"agent_state"}, _("Occupancy and utilisation"), _("Agents' sign-ins, as queue_log has them")),
    )
    return tuple(Gain(gives, needs, bool(tables & there)) for tables, gives, needs in rungs)


def _whole(coming: Import, reader: Reader) -> str:
    kept, updated, unchanged = coming.count("kept"), coming.count("updated"), coming.count("unchanged")
    if kept and updated:
        whole = _("%(kept)s rows are new and %(updated)s were corrected.")
        return whole % {"kept": reader.number(kept), "updated": reader.number(updated)}
    if kept:
        return ngettext("%(rows)s row was brought in.", "%(rows)s rows were brought in.", kept) % {"rows": reader.number(kept)}
    if updated:
        return ngettext("%(rows)s row was corrected.", "%(rows)s rows were corrected.", updated) % {
            "rows": reader.number(updated)
        }
    if unchanged:
        return _("Nothing has changed: all of this was here already.")
    return _("No row could be brought in.")


def told(coming: Import, reader: Reader) -> str:
    """What its reader should know next."""
    state = Import.State(coming.state)
    if state == Import.State.FAILED:
        return failure_of(coming.failure, coming, reader)
    if coming.is_being_undone:
        return _("You can leave this page; it goes on without you. All of it counts until all of it is undone.")
    return {
        Import.State.CHECKING: _("Nothing is stored until you say so, and you can undo it afterwards."),
        Import.State.QUEUED: _("You can leave this page; it goes on without you."),
        Import.State.RUNNING: _("You can leave this page; it goes on without you. Nothing is visible until all of it is."),
        Import.State.WHOLE: _("You can undo it at any time; rows that were here before come back then."),
        Import.State.STOPPED: _("Nothing of it is visible. Bring it in again, or throw it away."),
        Import.State.UNDONE: _("None of its rows counts any more. Bring the file in again if you want them back."),
    }[state]


def _not_undone(coming: Import, reader: Reader) -> str:
    if coming.state != Import.State.WHOLE or not coming.failure:
        return ""
    reason = failure_of(coming.failure, coming, reader)
    return _("It could not be undone, and all of it still counts. %(reason)s") % {"reason": reason}


def _reconciliation(coming: Import, reader: Reader) -> str:
    if "kept" not in coming.counts:
        return ""
    numbers = {name: reader.number(coming.count(name)) for name in ("read", "kept", "updated", "unchanged", "refused", "aside")}
    sentence = _(
        "%(read)s rows read = %(kept)s new + %(updated)s corrected + %(unchanged)s unchanged + %(refused)s refused "
        "+ %(aside)s left aside."
    )
    return sentence % numbers


def _account(coming: Import, reader: Reader) -> tuple[Line, ...]:
    if "kept" not in coming.counts:
        return ()
    names = {
        "read": _("Rows in the file"),
        "kept": _("New"),
        "updated": _("Corrected"),
        "unchanged": _("Unchanged, here already"),
        "refused": _("Refused"),
        "aside": _("Left aside: no records of their own, such as titles and totals"),
    }
    return tuple(Line(label, reader.number(coming.count(name))) for name, label in names.items())


def _refused(coming: Import, reader: Reader) -> tuple[tuple[RefusedRows, ...], int]:
    """The first groups of refused rows, and how many rows they stand for."""
    rows = [_refusal(each) for each in RefusedRow.objects.filter(of=coming)[:KEPT_MOST]]
    groups = groups_of(rows, coming, reader)[:GROUPS_MOST]
    return groups, sum(group.rows for group in groups)


def groups_of(refusals: Iterable[Refusal], coming: Import, reader: Reader) -> tuple[RefusedRows, ...]:
    """Refused rows, those that follow one another for the same reason together."""
    ordered = sorted(refusals, key=lambda row: (row.file, row.line))
    groups = groupby(ordered, lambda row: (row.file, row.code, row.column, row.value))
    return tuple(_group(list(group), coming, reader) for _same, group in groups)


def _group(rows: list[Refusal], coming: Import, reader: Reader) -> RefusedRows:
    first = rows[0]
    return RefusedRows(
        rows=len(rows),
        lines=_lines([row.line for row in rows], reader),
        file=first.file if len(coming.files.all()) > 1 else "",
        column=first.column,
        value=first.value,
        reason=reason_of(first, coming, reader),
        remedy=remedy_of(first, coming),
    )


def _lines(lines: Iterable[int], reader: Reader) -> str:
    numbers = list(lines)
    if len(numbers) == 1:
        return reader.number(numbers[0])
    return _("%(first)s to %(last)s") % {"first": reader.number(numbers[0]), "last": reader.number(numbers[-1])}


def _more(rows: int, reader: Reader) -> str:
    if rows <= 0:
        return ""
    return ngettext(
        "%(rows)s more refused row is in the complete list.", "%(rows)s more refused rows are in the complete list.", rows
    ) % {"rows": reader.number(rows)}


def _refusal(row: RefusedRow) -> Refusal:
    return Refusal(row.line, row.code, row.column, row.value, row.facts, row.file)
