"""XLSX, ODS and XLS: the values of one sheet as texts. Formulas are never run; their last results are read."""

import datetime as dt
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from floorwalker.sources.spreadsheet.codes import unreadable
from floorwalker.sources.spreadsheet.rows import LINE, RawBatch

LARGEST_UNPACKED = 1 << 30
LARGEST_RATIO = 300
SMALL = 20 << 20
MOST_CELLS = 60_000_000
_BATCH = 100_000
_BLOCK = 1 << 20
_OVERLAP = 400
_CELL = re.compile(rb'<c[^>]{0,80}?\br="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'<row[^>]{0,80}?\br="(\d{1,7})"')
_REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d{1,9})"[^>]{0,300}?office:value')


@dataclass(frozen=True)
class Opened:
    """A workbook that may safely be read."""

    path: Path
    book: CalamineWorkbook
    sheets: tuple[str, ...]

    def rows(self, sheet: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Row number and texts of each row from the first filled one on."""
        found: CalamineSheet = self.book.get_sheet_by_name(sheet)
        first = (found.start or (0, 0))[0] + 1
        for number, cells in enumerate(found.iter_rows(), start=first):
            yield number, tuple(map(text_of, cells))


def opened(path: Path) -> Opened:
    """The workbook, after a look at how large it would become; sheets that are hidden or hold no cells are passed over.

    Raises
    ------
    Unreadable
        when it is damaged, locked, or unpacks to more than a spreadsheet ever holds.
    """
    if zipfile.is_zipfile(path):
        _weigh(path)
    try:
        book = CalamineWorkbook.from_path(path)
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        filled = tuple(name for name in names if book.get_sheet_by_name(name).start is not None)
    except PasswordError:
        raise unreadable("locked_workbook", file=path.name) from None
    except (CalamineError, ValueError, OSError):
        raise unreadable("damaged_file", file=path.name) from None
    if not filled:
        raise unreadable("empty_file", file=path.name)
    return Opened(path, book, filled)


def batches(path: Path, sheet: str, columns: tuple[str, ...], skipped: int) -> Iterator[RawBatch]:
    """The sheet's rows below row `skipped`, as texts in `columns`.

    Raises
    ------
    Unreadable
        as `opened` does.
    """
    width, size = len(columns), path.stat().st_size
    below = ((number, cells) for number, cells in opened(path).rows(sheet) if number > skipped)
    while part := list(itertools.islice(below, _BATCH)):
        filled = [(number, cells) for number, cells in part if any(cells)]
        texts = {
            name: pl.Series(name, [cells[place] if place < len(cells) else "" for _, cells in filled], dtype=pl.String)
            for place, name in enumerate(columns[:width])
        }
        frame = pl.DataFrame(texts).with_columns(pl.Series(LINE, [number for number, _ in filled], dtype=pl.Int64))
        yield RawBatch(frame, aside=len(part) - len(filled), bytes_done=size)


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without a point, times as ISO 8601, durations as h:mm:ss."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.replace(microsecond=0).isoformat(" ")
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        sign = "-" if seconds < 0 else ""
        return f"{sign}{abs(seconds) // 3600}:{abs(seconds) // 60 % 60:02}:{abs(seconds) % 60:02}"
    return str(cell)


def _weigh(path: Path) -> None:
    """Unpacks every part once, counting: stated sizes may lie, and a few bytes may stand for millions of cells."""
    packed, unpacked = path.stat().st_size, 0
    try:
        with zipfile.ZipFile(path) as parts:
            for part in parts.infolist():
                grid = _Grid()
                with parts.open(part) as content:
                    while block := content.read(_BLOCK):
                        unpacked += len(block)
                        _bound(path, packed, unpacked)
                        if part.filename.endswith(".xml"):
                            grid.add(block, path)
    except RuntimeError:
        raise unreadable("locked_workbook", file=path.name) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise unreadable("damaged_file", file=path.name) from None


def _bound(path: Path, packed: int, unpacked: int) -> None:
    if unpacked > LARGEST_UNPACKED or (unpacked > SMALL and unpacked > LARGEST_RATIO * packed):
        raise unreadable(
            "unpacks_too_large",
            file=path.name,
            packed_mb=round(packed / 1e6, 1),
            unpacked_mb=round(unpacked / 1e6),
            limit_mb=round(min(LARGEST_UNPACKED, max(SMALL, LARGEST_RATIO * packed)) / 1e6),
        )


class _Grid:
    """The size of a sheet by the places of its filled cells, found while its text streams by."""

    def __init__(self) -> None:
        self.rows, self.columns, self._tail = 0, 0, b""

    def add(self, block: bytes, path: Path) -> None:
        """Takes notice of the cells in the next block.

        Raises
        ------
        Unreadable
            when the rectangle that holds them all is too large.
        """
        text = self._tail + block
        self._tail = text[-_OVERLAP:]
        for letters in set(_letters(text)):
            self.columns = max(self.columns, _column_number(letters))
        rows = _ROW.findall(text)
        self.rows = max(self.rows, int(rows[-1]) if rows else 0)
        for axis, count in _REPEATED.findall(text):
            if axis == b"rows":
                self.rows = max(self.rows, int(count))
            else:
                self.columns = max(self.columns, int(count))
        if self.rows * self.columns > MOST_CELLS:
            raise unreadable("sheet_too_large", file=path.name, rows=self.rows, columns=self.columns, limit_cells=MOST_CELLS)


def _letters(text: bytes) -> Iterator[bytes]:
    return (found[1] for found in _CELL.finditer(text))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
