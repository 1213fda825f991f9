"""Every code of an import as a whole sentence in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from floorwalker.sources.reading import Refusal, Remark
from floorwalker.web.accounts.models import Role
from floorwalker.web.intake import queue_log_wording, spreadsheet_wording
from floorwalker.web.intake.examples import example_of
from floorwalker.web.intake.field_wording import field_name
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.sentence import Counted, Fact, Sentence, worded
from floorwalker.web.ui.reader import Reader

_QUEUE_LOG = Import.Reader.QUEUE_LOG

REMARKS: Mapping[str, Sentence] = {
    "repeated_rows": Counted(
        "rows",
        lambda n: ngettext(
            "%(rows)s row was overtaken by a later row of the same import with the same number.",
            "%(rows)s rows were overtaken by later rows of the same import with the same numbers.",
            n,
        ),
    ),
    "role_unknown": Counted(
        "rows",
        lambda n: ngettext(
            "“%(word)s” in %(rows)s row is no role that we know; the person keeps the role they had, or is an agent.",
            "“%(word)s” in %(rows)s rows is no role that we know; these people keep the roles they had, or are agents.",
            n,
        ),
    ),
    "role_not_allowed": _("You may not give %(person)s the role “%(role)s”; it was left as it is."),
    "agent_name_taken": _("The name %(name)s belongs to %(person)s already and stays there."),
    "people_changed_since": Counted(
        "records",
        lambda n: ngettext(
            "%(records)s fact about a person has changed since this import, or is needed by others, and stays.",
            "%(records)s facts about people have changed since this import, or are needed by others, and stay.",
            n,
        ),
    ),
}

FAILURES: Mapping[str, Sentence] = {
    "disk_full": _("The disk is full. Nothing of this import is visible. Make room, then bring it in again."),
    "unwritable": _("Floorwalker may not write in %(path)s. Nothing of this import is visible. Ask whoever runs the server."),
    "disk_error": _("The disk did not do its work at %(path)s: %(reason)s. Nothing of this import is visible."),
    "too_busy": _(
        "Other imports kept coming in between, %(attempts)s times. Nothing of this one is visible. Bring it in again."
    ),
    "unknown_import": _("The contacts of this import are not known to the warehouse, so there is nothing to undo."),
    "file_gone": _("%(file)s is not on the server any more. Upload it again."),
}

STATES: Mapping[str, Promise] = {
    "checking": _("Waits for you"),
    "queued": _("Waits for its turn"),
    "running": _("Is coming in"),
    "whole": _("Brought in"),
    "failed": _("Could not be brought in"),
    "stopped": _("Stopped half-way, nothing visible"),
    "undoing": _("Is being undone"),
    "undone": _("Undone"),
}

NOT_TAKEN: Mapping[str, Promise] = {
    "no_file": _("No file was chosen. Drop one on the field, or choose it."),
    "too_large": _("Together these files are larger than the %(limit)s MB that this site takes at once. Pack or split them."),
    "disk_full": _("The disk is full, so the files could not be kept. Make room, then upload them again."),
}
_MOVED_ON = _("This import has moved on in the meantime: %(state)s.")

UNREADABLE = {
    Import.Reader.SPREADSHEET: spreadsheet_wording.UNREADABLE,
    Import.Reader.QUEUE_LOG: queue_log_wording.UNREADABLE,
}
_REFUSALS = {
    Import.Reader.SPREADSHEET: spreadsheet_wording.REFUSALS,
    Import.Reader.QUEUE_LOG: queue_log_wording.REFUSALS,
}
_REMARKS = {
    Import.Reader.SPREADSHEET: spreadsheet_wording.REMARKS,
    Import.Reader.QUEUE_LOG: queue_log_wording.REMARKS,
}
_AT_LINE = _("%(sentence)s (Line %(line)s.)")


def reason_of(refusal: Refusal, coming: Import, reader: Reader) -> str:
    """Why a row was refused."""
    return worded(_REFUSALS[Import.Reader(coming.reader)][refusal.code], _facts(refusal.facts, coming), reader)


def remedy_of(refusal: Refusal, coming: Import) -> str:
    """What to try."""
    if coming.reader == _QUEUE_LOG:
        return str(queue_log_wording.REMEDIES[refusal.code])
    return str(spreadsheet_wording.REMEDIES[str(refusal.facts.get("remedy", "correct_cell"))])


def remark_of(remark: Remark, coming: Import, reader: Reader) -> str:
    """Something about the whole file."""
    known = {**REMARKS, **_REMARKS.get(Import.Reader(coming.reader), {})}
    return worded(known[remark.code], _facts(remark.facts, coming), reader)


def state_of(coming: Import) -> str:
    """The state of an import in a word or two."""
    return str(STATES["undoing" if coming.is_being_undone else coming.state])


def failure_of(failure: Mapping[str, Any], coming: Import, reader: Reader) -> str:
    """Why nothing could be brought in, with the line where it was noticed."""
    known = {**FAILURES, **UNREADABLE.get(Import.Reader(coming.reader), {})}
    sentence = worded(known[failure["code"]], _facts(failure.get("facts", {}), coming), reader)
    if not failure.get("line"):
        return sentence
    return str(_AT_LINE) % {"sentence": sentence, "line": reader.number(failure["line"])}


def not_taken(code: str, reader: Reader | None = None) -> str:
    """Why an upload was not taken, or that an import is in another state by now."""
    if code in STATES:
        return str(_MOVED_ON) % {"state": STATES[code]}
    limit = reader.number(settings.UPLOAD_LIMIT_BYTES / 1024**2) if reader else ""
    return str(NOT_TAKEN[code]) % {"limit": limit}


def _facts(facts: Mapping[str, Fact], coming: Import) -> dict[str, Fact]:
    """Facts with names of fields in the reader's words."""
    kind = str(coming.mapping.get("kind", ""))
    told = dict(facts)
    for name in ("field", "fields"):
        if name in told:
            told[name] = ", ".join(field_name(each.strip(), kind) for each in str(told[name]).split(","))
    if isinstance(told.get("expected"), str):
        told["expected"] = example_of(str(told["expected"]))
    if "role" in told:
        told["role"] = str(Role(str(told["role"])).label)
    if "looks_like" in told:
        told["looks_like"] = str(spreadsheet_wording.LOOKS_LIKE[str(told["looks_like"])])
    return told
