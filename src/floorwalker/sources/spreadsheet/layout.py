"""Where in a file the table lies: encoding, delimiter, lines above the header, header rows, if there is a header at all."""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from floorwalker.sources.spreadsheet import workbook
from floorwalker.sources.spreadsheet.codes import unreadable
from floorwalker.sources.spreadsheet.encoding import Encoding, encoding_of, is_workbook
from floorwalker.sources.spreadsheet.headers import is_data, known_share
from floorwalker.sources.spreadsheet.mapping import Mapping
from floorwalker.sources.spreadsheet.rows import RawBatch, TextRows
from floorwalker.sources.spreadsheet.script import plain, tidy
from floorwalker.sources.spreadsheet.text import chunks_of

DELIMITERS = (",", ";", "\t", "|")
_HEAD_BYTES = 1 << 20
_HEAD_ROWS = 60
_SEARCHED_ROWS = 30


@dataclass(frozen=True)
class Row:
    """A row of the head of a file: its first and last physical line, and its cells."""

    line: int
    end: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Layout:
    """Where the table lies. `columns` are the header's names made unique; `header_line` is 0 when there is none; `words` show
    how letters were read when the encoding is a guess."""

    path: Path
    encoding: str
    words: tuple[str, ...]
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    header: tuple[str, ...]
    columns: tuple[str, ...]
    header_line: int
    header_rows: int
    skipped: int
    notes: tuple[str, ...]

    def batches(self, chunk_bytes: int = 0) -> Iterator[RawBatch]:
        """The rows below the header, as texts.

        Raises
        ------
        Unreadable
            when the file cannot be read on.
        """
        if self.sheet:
            return workbook.batches(self.path, self.sheet, self.columns, self.skipped)
        rows = TextRows(self.path, self.encoding, self.delimiter, self.columns, self.skipped)
        return (replace(rows, chunk_bytes=chunk_bytes) if chunk_bytes else rows).batches()


def of(path: Path, mapping: Mapping | None = None) -> Layout:
    """The layout of a file; a mapping's own encoding, delimiter, sheet and want of a header are obeyed.

    Raises
    ------
    Unreadable
        when there is no table in the file.
    """
    if is_workbook(path):
        book = workbook.opened(path)
        sheet = _sheet(path, book.sheets, mapping)
        rows = [Row(number, number, cells) for number, cells in itertools.islice(book.rows(sheet), _HEAD_ROWS)]
        return _placed(path, rows, mapping, Layout(path, "", (), "", sheet, book.sheets, (), (), 0, 0, 0, ()))
    known = mapping.encoding if mapping else ""
    read = Encoding(known) if known else encoding_of(path)
    head = _head(path, read.name)
    delimiter = (mapping.delimiter if mapping else "") or _delimiter(head)
    rows = _rows(head, delimiter)
    return _placed(path, rows, mapping, Layout(path, read.name, read.words, delimiter, "", (), (), (), 0, 0, 0, ()))


def _placed(path: Path, rows: list[Row], mapping: Mapping | None, frame: Layout) -> Layout:
    filled = [row for row in rows if not row.blank and not _is_sep(row)]
    if not filled:
        raise unreadable("empty_file", file=path.name)
    width = _width(filled)
    if mapping is None and width == 1 and not any(known_share(row.cells) for row in filled[:_SEARCHED_ROWS]):
        raise unreadable("no_table", filled[0].line, file=path.name)
    headless = mapping is not None and mapping.header_rows == 0
    at = None if headless else _header_at(filled, width)
    if at is None:
        first = next((row for row in filled if len(row.cells) >= width), filled[0])
        columns = tuple(f"column {number}" for number in range(1, width + 1))
        return replace(frame, columns=columns, skipped=first.line - 1, notes=_notes(filled, first))
    header_rows = _header_rows(filled, at)
    last = filled[at + header_rows - 1]
    if at + header_rows == len(filled):
        raise unreadable("header_only", filled[at].line, file=path.name)
    header = _joined(filled[at : at + header_rows], max(width, len(filled[at].cells)))
    return replace(
        frame,
        header=header,
        columns=_unique(header),
        header_line=filled[at].line,
        header_rows=header_rows,
        skipped=last.end,
        notes=_notes(filled, filled[at]),
    )


def _head(path: Path, encoding: str) -> str:
    chunk = next(chunks_of(path, encoding, _HEAD_BYTES), None)
    if chunk is None:
        raise unreadable("empty_file", file=path.name)
    return chunk.data.decode("utf-8", "replace").removeprefix("\ufeff")


def _delimiter(head: str) -> str:
    """The sign that cuts most lines into equally many cells; a `sep=` line says it outright."""
    first = head.split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        rows = [row for row in _rows(head, delimiter) if not row.blank]
        width, count = Counter(len(row.cells) for row in rows).most_common(1)[0] if rows else (1, 0)
        score = (round(count / max(len(rows), 1), 1), width)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _rows(head: str, delimiter: str) -> list[Row]:
    """The first rows; a quote that is left open ends them."""
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in itertools.islice(reader, _HEAD_ROWS):
            rows.append(Row(line, reader.line_num, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error:
        return rows
    return rows


def _is_sep(row: Row) -> bool:
    return row.line == 1 and row.cells[0].lower().startswith("sep=")


def _width(rows: Sequence[Row]) -> int:
    return Counter(len(row.cells) for row in rows).most_common(1)[0][0]


def _header_at(rows: Sequence[Row], width: int) -> int | None:
    """The index of the header row: the one with most known names, else the first of the rows of words above the data."""
    near = rows[:_SEARCHED_ROWS]
    shares = [known_share(row.cells) if len(row.cells) >= min(width, 2) else 0.0 for row in near]
    best = max(range(len(near)), key=lambda index: shares[index])
    if shares[best] >= 0.5 or (shares[best] > 0.2 and not _is_data(near[best])):
        return best - 1 if best and _groups(near[best - 1], near[best]) else best
    wide = [index for index, row in enumerate(near) if len(row.cells) >= width]
    first_data = next((index for index in wide if _is_data(near[index])), None)
    if first_data is None:
        return wide[0]
    at = first_data
    while at and _is_names(near[at - 1], width):
        at -= 1
    return at if at < first_data else None


def _is_names(row: Row, width: int) -> bool:
    """Whether a row of words may be a header: as wide as the table, mostly filled, and no label with its value behind it."""
    return len(row.cells) >= width and _filled_share(row) >= 0.5 and not any(cell.strip().endswith(":") for cell in row.cells)


def _groups(upper: Row, lower: Row) -> bool:
    """Whether the upper row holds names of groups over the lower row's names: a gap in it is filled below."""
    pairs = list(zip((cell.strip() for cell in upper.cells), (cell.strip() for cell in lower.cells), strict=False))
    named = [top for top, _ in pairs if top]
    under = [name for top, name in pairs if not top and name]
    return len(upper.cells) == len(lower.cells) and len(named) > 1 and bool(under) and not any(n.endswith(":") for n in named)


def _header_rows(rows: Sequence[Row], at: int) -> int:
    """2 when the header's names stand under groups: the upper row has gaps or repeats, and the lower one holds names too."""
    if at + 2 >= len(rows) or _is_data(rows[at + 1]) or not _is_data(rows[at + 2]):
        return 1
    upper = [plain(cell) for cell in rows[at].cells]
    grouped = "" in upper or len(set(upper)) < len(upper)
    return 2 if grouped else 1


def _joined(rows: Sequence[Row], width: int) -> tuple[str, ...]:
    """Header names; below a group, its name and the column's."""
    upper = [*map(tidy, rows[0].cells), *[""] * (width - len(rows[0].cells))]
    if len(rows) == 1:
        return tuple(upper)
    lower = [*map(tidy, rows[1].cells), *[""] * (width - len(rows[1].cells))]
    group, names = "", []
    for top, name in zip(upper, lower, strict=False):
        group = top or group
        names.append(f"{group} {name}".strip() if name else group)
    return tuple(names)


def _unique(header: Sequence[str]) -> tuple[str, ...]:
    """Names by which columns can be told apart: a second "Agent" is "Agent (2)", a nameless third column "column 3"."""
    names: list[str] = []
    known: set[str] = set()
    for number, name in enumerate(header, start=1):
        name = name or f"column {number}"
        taken, copy = name, 2
        while plain(taken) in known:
            taken, copy = f"{name} ({copy})", copy + 1
        known.add(plain(taken))
        names.append(taken)
    return tuple(names)


def _notes(rows: Sequence[Row], first: Row) -> tuple[str, ...]:
    return tuple(" ".join(cell for cell in row.cells if cell.strip()) for row in rows if row.line < first.line)


def _is_data(row: Row) -> bool:
    return any(is_data(cell) for cell in row.cells)


def _filled_share(row: Row) -> float:
    return sum(bool(cell.strip()) for cell in row.cells) / len(row.cells)


def _sheet(path: Path, sheets: tuple[str, ...], mapping: Mapping | None) -> str:
    wanted = mapping.sheet if mapping else ""
    if wanted and wanted not in sheets:
        raise unreadable("no_such_sheet", file=path.name, sheet=wanted, sheets=", ".join(sheets))
    return wanted or sheets[0]
