"""Small files as systems write them, made by the test that needs them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Row = Sequence[str]

CONTACT_HEADER = (
    "Call ID",
    "Start time",
    "Queue",
    "Agent",
    "Wait (s)",
    "Talk (s)",
    "After call work (s)",
    "Customer number",
    "Outcome",
)
FIRST = datetime(2026, 11, 2, 8)  # noqa: DTZ001 - a clock on a wall


def contacts(count: int, talk: int = 200, first: datetime = FIRST) -> list[Row]:
    """A header and `count` contacts, three minutes apart; every fifth was abandoned."""
    rows: list[Row] = [CONTACT_HEADER]
    for number in range(count):
        lost = number % 5 == 4
        rows.append(
            (
                f"C{number:04}",
                f"{first + timedelta(minutes=3 * number):%Y-%m-%d %H:%M:%S}",
                "Billing" if number % 2 else "Moves",
                "" if lost else ("Anna", "Jan", "Ola")[number % 3],
                str(10 + number % 7),
                "" if lost else str(talk),
                "" if lost else "30",
                f"+48600100{number % 50:03}",
                "abandoned" if lost else "answered",
            )
        )
    return rows


def surveys(count: int) -> list[Row]:
    """A header and an answer about each of the first `count` contacts."""
    header = ("Survey ID", "Answered at", "Call ID", "Survey", "Rating")
    rows = [(f"S{n}", "2026-11-20 10:00:00", f"C{n:04}", "csat", "5" if n % 2 else "2") for n in range(count)]
    return [header, *rows]


def people() -> list[Row]:
    """A header and three people in two teams."""
    return [
        ("Staff number", "Name", "E-mail", "Team", "Role", "Hired on"),
        ("1", "Anna Nowak", "anna@x.example", "Rachunki", "agent", "2021-03-01"),
        ("2", "Jan Kowal", "jan@x.example", "Serwis", "agent", "2022-05-01"),
        ("3", "Ola Kos", "ola@x.example", "Serwis", "team leader", "2019-01-15"),
    ]


def csv(place: Path, rows: Sequence[Row], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    place.write_text("".join(delimiter.join(row) + "\n" for row in rows), encoding=encoding)
    return place


def xlsx(place: Path, rows: Sequence[Row]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(place)
    return place


def ods(place: Path, rows: Sequence[Row]) -> Path:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    for row in rows:
        line = TableRow()
        for cell in row:
            holder = TableCell(valuetype="string")
            holder.addElement(P(text=cell))
            line.addElement(holder)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(place))
    return place


def queue_log(place: Path) -> Path:
    """Two calls: one answered by Anna, one abandoned."""
    lines = (
        "1762070400|1762070400.1|support|NONE|ENTERQUEUE||+48600100200|1",
        "1762070410|1762070400.1|support|Anna|CONNECT|10|1762070405.2|5",
        "1762070610|1762070400.1|support|Anna|COMPLETECALLER|10|200|1",
        "1762071000|1762071000.3|support|NONE|ENTERQUEUE||+48600100201|1",
        "1762071030|1762071000.3|support|NONE|ABANDON|1|1|30",
    )
    place.write_text("".join(f"{line}\n" for line in lines))
    return place
