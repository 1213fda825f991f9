"""XLSX, ODS and XLS: the values of one sheet as texts. Formulas are never run; their last results are read."""

import datetime as dt
import itertools
import zipfile
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
from floorwalker.sources.spreadsheet.weighing import weigh

_BATCH = 100_000


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
        weigh(path)
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
            name: pl.Series(
                name, [(cells[place] or None) if place < len(cells) else None for _, cells in filled], dtype=pl.String
            )
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
