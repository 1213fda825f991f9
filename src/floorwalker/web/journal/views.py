"""The journal's page and its export."""

import csv
import io
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from floorwalker.web.journal.actions import write
from floorwalker.web.journal.forms import AskedForm
from floorwalker.web.journal.queries import Line, all_entries, entries
from floorwalker.web.journal.rules import may_read_journal
from floorwalker.web.journal.wording import details, moment, sentence, who
from floorwalker.web.ui.doors import open_to
from floorwalker.web.ui.reader import Reader

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@open_to(may_read_journal)
def journal(request: HttpRequest) -> HttpResponse:
    form = AskedForm(request.GET)
    page = request.GET.get("page", "1")
    reader: Reader = request.reader  # type: ignore[attr-defined]
    found = entries(form.asked(), reader.tz, int(page) if page.isascii() and page.isdigit() else 1)
    asked = {name: value for name, value in request.GET.dict().items() if name != "page" and value}
    return render(
        request,
        "journal/journal.html",
        {
            "form": form,
            "found": found,
            "rows": [row(line, reader) for line in found.lines],
            "newer": _address(asked, found.page - 1) if found.page > 1 else "",
            "older": _address(asked, found.page + 1) if found.page < found.pages else "",
            "asked": urlencode(asked),
        },
    )


def row(line: Line, reader: Reader) -> dict[str, str]:
    """One entry in the reader's words."""
    return {"at": moment(line.at, reader), "who": who(line), "sentence": sentence(line), "details": details(line, reader)}


def _address(asked: dict[str, str], page: int) -> str:
    return "?" + urlencode({**asked, "page": page})


@require_GET
@open_to(may_read_journal)
def export(request: HttpRequest) -> HttpResponse:
    """Everything asked for as CSV: instants in UTC, stable words beside sentences. The export is itself in the journal."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    lines = all_entries(AskedForm(request.GET).asked(), reader.tz)
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(["at", "who", "verb", "about", "thing", gettext("What happened")])
    for line in lines:
        cells = (line.at.isoformat(timespec="seconds"), line.who, line.verb, line.about, line.thing, sentence(line))
        table.writerow([_harmless(cell) for cell in cells])
    write(request.user, "journal.exported")  # type: ignore[arg-type]
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="journal.csv"'
    return answer


def _harmless(cell: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
