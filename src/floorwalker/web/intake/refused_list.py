"""The complete list of refused rows as a CSV file in its reader's language."""

import csv
import io
from collections.abc import Iterator, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from floorwalker.web.intake.models import Import
from floorwalker.web.intake.refusals import complete_list
from floorwalker.web.intake.wording import reason_of, remedy_of
from floorwalker.web.ui.reader import Reader

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\ufeff"
_ISOLATES = str.maketrans("", "", "\u2068\u2069\u061c")


def lines_of(coming: Import, reader: Reader) -> Iterator[str]:
    """The lines of the file, its first with the mark by which spreadsheets know UTF-8."""
    with translation.override(reader.language):
        yield _MARK + _line([_("File"), _("Line"), _("Column"), _("Value"), _("Why it was refused"), _("What to try")])
        names = [file.name for file in coming.files.all()]
        for each in complete_list(coming):
            file = each.file or (names[0] if len(names) == 1 else "")
            reason, remedy = reason_of(each, coming, reader), remedy_of(each, coming)
            yield _line([file, str(each.line), each.column, each.value, reason, remedy])


def _line(cells: Sequence[str]) -> str:
    """One line; what a spreadsheet would take for a formula is quoted, so that nothing of an upload is ever executed."""
    text = io.StringIO()
    csv.writer(text).writerow([_harmless(cell.translate(_ISOLATES)) for cell in cells])
    return text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
