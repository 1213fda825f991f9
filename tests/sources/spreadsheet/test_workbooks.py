"""Workbooks give the same records as the text of the same table; a bomb is told before it is opened."""

import datetime as dt
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import odf.opendocument
import odf.table
import odf.text
import openpyxl
import pytest

from floorwalker.sources.reading import Unreadable
from floorwalker.sources.spreadsheet import look, workbook
from floorwalker.sources.spreadsheet.codes import UNREADABLE
from tests.sources.spreadsheet.conftest import Reader, Writer

HEAD = ["Start time", "Queue", "Talk time", "Wait (s)", "Call ID"]
MOMENT = dt.datetime.fromisoformat("2026-03-02 09:01:12")
Book = Callable[..., Path]


@pytest.fixture
def xlsx(tmp_path: Path) -> Book:
    """Writes rows into an XLSX file; more sheets by name."""

    def xlsx(rows: Sequence[Sequence[object]], **others: Sequence[Sequence[object]]) -> Path:
        book = openpyxl.Workbook()
        first = book.active
        assert first is not None
        for row in rows:
            first.append(list(row))
        for name, content in others.items():
            sheet = book.create_sheet(name)
            for row in content:
                sheet.append(list(row))
        path = tmp_path / "table.xlsx"
        book.save(path)
        return path

    return xlsx


@pytest.fixture
def ods(tmp_path: Path) -> Book:
    """Writes rows into an ODS file: texts, numbers and moments."""

    def ods(rows: Sequence[Sequence[object]]) -> Path:
        book = odf.opendocument.OpenDocumentSpreadsheet()
        sheet = odf.table.Table(name="Sheet")
        for row in rows:
            line = odf.table.TableRow()
            for cell in row:
                line.addElement(_ods_cell(cell))
            sheet.addElement(line)
        book.spreadsheet.addElement(sheet)
        path = tmp_path / "table.ods"
        book.save(str(path))
        return path

    return ods


def _ods_cell(cell: object) -> odf.table.TableCell:
    if isinstance(cell, dt.datetime):
        return odf.table.TableCell(valuetype="date", datevalue=cell.isoformat())
    if isinstance(cell, int | float):
        return odf.table.TableCell(valuetype="float", value=str(cell))
    made = odf.table.TableCell(valuetype="string")
    made.addElement(odf.text.P(text=str(cell)))
    return made


def unreadable(path: Path) -> Unreadable:
    """What looking at the file says; its code is listed, with these facts."""
    with pytest.raises(Unreadable) as caught:
        look(path)
    assert set(caught.value.facts) == set(UNREADABLE[caught.value.code])
    return caught.value


def test_a_workbook_is_the_same_table_as_its_text(xlsx: Book, read: Reader) -> None:
    rows = [[MOMENT, "Obsługa", dt.timedelta(seconds=200), 15, "007"], [MOMENT, "Wsparcie", None, 48.5, 8]]
    found = read(xlsx([HEAD, *rows]))
    text = read([",".join(HEAD), "2026-03-02 09:01:12,Obsługa,0:03:20,15,007", "2026-03-02 09:01:12,Wsparcie,,48.5,8"])
    assert found.codes == []
    assert found.tables["leg"].drop("row_hash").equals(text.tables["leg"].drop("row_hash"))
    assert found.column("leg", "talk_s") == [200.0, None]
    assert found.column("contact", "native_id") == ["007", "8"]


def test_an_open_document_is_read_as_well(ods: Book, read: Reader) -> None:
    found = read(ods([["Start time", "Queue", "Wait (s)"], [MOMENT, "پشتیبانی", 15], [MOMENT, "فروش", 16]]))
    assert found.tables["leg"].select("queue", "wait_s").rows() == [("پشتیبانی", 15.0), ("فروش", 16.0)]


def test_titles_blank_rows_and_totals_of_a_workbook_are_no_records(xlsx: Book, read: Reader) -> None:
    rows = [
        ["Report"],
        [],
        HEAD,
        [MOMENT, "Main", None, 15, 1],
        [],
        [MOMENT, "Main", None, 16, 2],
        ["Total", None, None, 31, None],
    ]
    found = read(xlsx(rows))
    assert (found.read, found.aside, found.column("contact", "line")) == (4, 2, [4, 6])


def test_texts_and_dates_in_one_column_are_read_where_certain(xlsx: Book, read: Reader) -> None:
    rows = [
        *([MOMENT + dt.timedelta(days=day), "Main"] for day in range(5)),
        ["14/03/2026 10:00", "Main"],
        ["03/04/2026 10:00", "Main"],
    ]
    found = read(xlsx([HEAD[:2], *rows]))
    assert (found.codes, found.tables["contact"].height) == ([(8, "ambiguous_date")], 6)


def test_a_formula_gives_its_last_result_and_is_not_run(xlsx: Book, read: Reader) -> None:
    path = xlsx([HEAD[:4], [MOMENT, "Main", None, 15], [MOMENT, '=HYPERLINK("http://example.org","x")', None, "=1+1"]])
    found = read(path)
    assert found.column("leg", "queue") == ["Main", None]
    assert found.column("leg", "wait_s") == [15.0, None]


def test_the_first_filled_sheet_is_taken_and_the_others_are_told(xlsx: Book) -> None:
    sighting = look(xlsx([], Calls=[HEAD, [MOMENT, "Main", None, 15, 1]], Notes=[["x", "y"], [1, 2]]))
    assert (sighting.sheet, sighting.sheets) == ("Calls", ("Calls", "Notes"))
    assert [remark.code for remark in sighting.remarks] == ["other_sheets"]


def test_a_workbook_without_cells_is_empty(xlsx: Book) -> None:
    assert unreadable(xlsx([])).code == "empty_file"


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_a_workbook_that_was_cut_off_is_damaged(keep: float, xlsx: Book, write: Writer) -> None:
    whole = xlsx([HEAD, [MOMENT, "Main", None, 15, 1]]).read_bytes()
    assert unreadable(write(whole[: int(len(whole) * keep)], "cut.xlsx")).code == "damaged_file"


def test_a_workbook_with_bytes_changed_is_read_or_damaged_never_a_crash(xlsx: Book, write: Writer) -> None:
    whole = xlsx([HEAD, *[[MOMENT, "Main", None, 15, number] for number in range(50)]]).read_bytes()
    dice = np.random.default_rng(7)
    for _ in range(40):
        broken = bytearray(whole)
        for _ in range(5):
            broken[dice.integers(len(broken))] = dice.integers(256)
        try:
            look(write(bytes(broken), "broken.xlsx"))
        except Unreadable as fault:
            code = fault.code
        else:
            code = "damaged_file"
        assert code in UNREADABLE


def _with_sheet(path: Path, whole: Path, sheet: bytes) -> Path:
    """A copy of a workbook with another text for its first sheet."""
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, sheet if part.filename.endswith("sheet1.xml") else old.read(part))
    return path


_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def test_a_bomb_is_told_by_what_it_would_unpack_to(xlsx: Book, tmp_path: Path) -> None:
    bomb = _with_sheet(tmp_path / "bomb.xlsx", xlsx([HEAD]), _SHEET % (b" " * (60 << 20)))
    fault = unreadable(bomb)
    assert fault.code == "unpacks_too_large"
    assert fault.facts["unpacked_mb"] > fault.facts["limit_mb"]  # type: ignore[operator]


def test_one_cell_far_away_does_not_ask_for_billions_of_cells(xlsx: Book, tmp_path: Path) -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    fault = unreadable(_with_sheet(tmp_path / "far.xlsx", xlsx([HEAD]), _SHEET % cells))
    assert (fault.code, fault.facts["rows"], fault.facts["columns"]) == ("sheet_too_large", 1_048_576, 16_384)


def test_a_repeated_cell_of_an_open_document_does_not_either(ods: Book, tmp_path: Path) -> None:
    whole = ods([["Start"], ["x"]])
    path = tmp_path / "far.ods"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "content.xml":
                wide = b'<table:table-cell table:number-columns-repeated="16384" office:value-type="string"'
                content = content.replace(b'<table:table-cell office:value-type="string"', wide)
                content = content.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">')
            new.writestr(part.filename, content)
    assert unreadable(path).code == "sheet_too_large"


def test_entities_in_a_sheet_are_not_blown_up(xlsx: Book, tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;&b;&b;</t></is></c></row>'
    path = _with_sheet(tmp_path / "laughs.xlsx", xlsx([HEAD]), laughs + _SHEET % cells)
    try:
        assert "aaaa" not in str(look(path))
    except Unreadable as fault:
        assert fault.code in ("damaged_file", "header_only", "empty_file")  # noqa: PT017


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (3.5, "3.5"),
        (True, "true"),
        ("x", "x"),
        (MOMENT, "2026-03-02 09:01:12"),
        (dt.date(2026, 3, 2), "2026-03-02"),
        (dt.time(9, 1, 12), "09:01:12"),
        (dt.timedelta(hours=27, seconds=5), "27:00:05"),
        (dt.timedelta(seconds=-5), "-0:00:05"),
    ],
)
def test_each_sort_of_cell_has_its_text(cell: object, text: str) -> None:
    assert workbook.text_of(cell) == text
