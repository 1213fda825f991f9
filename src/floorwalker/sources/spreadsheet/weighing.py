"""How large a workbook would become, found without opening it: a few bytes may stand for gigabytes or billions of cells."""

import re
import zipfile
import zlib
from pathlib import Path

from floorwalker.sources.spreadsheet.codes import unreadable

LARGEST_UNPACKED = 1 << 30
LARGEST_RATIO = 300
SMALL = 20 << 20
"""A workbook may always unpack to this much, whatever the ratio."""
MOST_CELLS = 30_000_000

_BLOCK = 1 << 20
_LONGEST_TAG = 4096
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})\d{1,7}"')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,7})"')
_OPEN_ROW_OR_CELL = re.compile(rb"<table:table-(row|cell)\b([^>]*)>")
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d{1,9})"')


def weigh(path: Path) -> None:
    """Unpacks every part once, counting bytes and cells; what the file states of its sizes may be a lie.

    Raises
    ------
    Unreadable
        when it is damaged or locked, unpacks to too much, or spreads its cells over too large a sheet.
    """
    packed, unpacked = path.stat().st_size, 0
    try:
        with zipfile.ZipFile(path) as parts:
            for part in parts.infolist():
                grid = _Grid(path)
                with parts.open(part) as content:
                    while block := content.read(_BLOCK):
                        unpacked += len(block)
                        _bound(path, packed, unpacked)
                        if part.filename.endswith(".xml"):
                            grid.add(block)
    except RuntimeError:
        raise unreadable("locked_workbook", file=path.name) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise unreadable("damaged_file", file=path.name) from None


def _bound(path: Path, packed: int, unpacked: int) -> None:
    limit = min(LARGEST_UNPACKED, max(SMALL, LARGEST_RATIO * packed))
    if unpacked > limit:
        sizes = [round(size / 1e6, 2) for size in (packed, unpacked, limit)]
        raise unreadable("unpacks_too_large", file=path.name, packed_mb=sizes[0], unpacked_mb=sizes[1], limit_mb=sizes[2])


class _Grid:
    """The size of a sheet by the places of its filled cells, found while its text streams by."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = self.columns = 0
        self._tail, self._repeated, self._width, self._filled = b"", 1, 0, False

    def add(self, block: bytes) -> None:
        """Takes notice of the cells in the next block.

        Raises
        ------
        Unreadable
            when the rectangle that holds them all is too large.
        """
        text = self._tail + block
        cut = text.rfind(b"<")
        text, self._tail = (text[:cut], text[cut:][:_LONGEST_TAG]) if cut > 0 else (text, b"")
        for letters in {found[1] for found in _CELL.finditer(text)}:
            self.columns = max(self.columns, _column_number(letters))
        if rows := _ROW.findall(text):
            self.rows = max(self.rows, int(rows[-1]))
        for found in _OPEN_ROW_OR_CELL.finditer(text):
            self._take(found[1], found[2])
        if self.rows * self.columns > MOST_CELLS:
            raise unreadable(
                "sheet_too_large", file=self.path.name, rows=self.rows, columns=self.columns, limit_cells=MOST_CELLS
            )

    def _take(self, what: bytes, attributes: bytes) -> None:
        """A row or cell of an open document, which may stand for many equal ones."""
        told = _REPEATED.search(attributes)
        count = int(told[1]) if told else 1
        if what == b"row":
            self._repeated, self._width, self._filled = count, 0, False
            return
        self._width += count
        if b"office:value" in attributes:
            self.columns = max(self.columns, self._width)
            if not self._filled:
                self.rows, self._filled = self.rows + self._repeated, True


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
