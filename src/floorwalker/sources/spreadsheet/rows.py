"""From chunks of text to frames of cells: rows that are torn are mended where that is certain, else refused one by one."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from floorwalker.sources.reading import Refusal
from floorwalker.sources.spreadsheet import words
from floorwalker.sources.spreadsheet.codes import refusal
from floorwalker.sources.spreadsheet.script import plain
from floorwalker.sources.spreadsheet.text import CHUNK, UNDECODED, Chunk, chunks_of

LONGEST_ROW = 1 << 20
_HALF_ROW = LONGEST_ROW // 2
_MOST_LINES_IN_A_ROW = 200
_NEWLINE, _QUOTE, _RETURN = 10, 34, 13
_UNDECODED = UNDECODED.encode()

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class RawBatch:
    """Rows of a file as texts: its columns and, last, their line as `LINE`. `aside` counts rows that are no records.

    `totals` of them are rows of sums that had fewer cells than the others. `text` are the same rows as they stand in the file,
    where each is one line without quotes; else it is empty.
    """

    frame: pl.DataFrame
    refusals: tuple[Refusal, ...] = ()
    aside: int = 0
    totals: int = 0
    bytes_done: int = 0
    text: bytes = b""
    delimiter: str = ""


LINE = "\x00line"


@dataclass
class _Mended:
    data: bytes
    lines: Places
    refusals: list[Refusal]
    aside: int
    totals: int


@dataclass(frozen=True)
class TextRows:
    """The rows of a delimited text below `skipped` physical lines, as texts in `columns`."""

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    skipped: int
    chunk_bytes: int = CHUNK

    def batches(self) -> Iterator[RawBatch]:
        """Frames of texts, an empty one as null.

        Raises
        ------
        Unreadable
            when the file cannot be read on.
        """
        carry, done = b"", Chunk(b"", 1, True, 0)
        for chunk in chunks_of(self.path, self.encoding, self.chunk_bytes):
            done = chunk
            data, first_line = _below(chunk, self.skipped)
            if not data:
                continue
            frame = self._clean(data, first_line) if chunk.complete and not carry else None
            if frame is not None:
                yield RawBatch(frame, bytes_done=chunk.bytes_done, text=data, delimiter=self.delimiter)
                continue
            first_line -= carry.count(b"\n")
            mended, carry = _Mender(self, carry + data, first_line, chunk.complete, final=not chunk.complete).mended()
            yield self._batch(mended, chunk.bytes_done)
        if carry:
            first_line = done.first_line + done.data.count(b"\n") - carry.count(b"\n")
            mended, _ = _Mender(self, carry, first_line, complete=True, final=True).mended()
            yield self._batch(mended, done.bytes_done)

    def _clean(self, data: bytes, first_line: int) -> pl.DataFrame | None:
        """The rows at once, if no line needs a look: no quotes, no lost signs, nothing blank, equally many cells in all.

        With as many delimiters as the rows should have in all, no row is short when none is long; and a long one is an
        error of the reader. No row is longer than it may be when each half of such a length holds a line end.
        """
        signs = np.frombuffer(data, dtype=np.uint8)
        lines, marks = (int(np.count_nonzero(signs == sign)) for sign in (_NEWLINE, ord(self.delimiter)))
        uneven = marks != lines * (len(self.columns) - 1) or b'"' in data or (not data.isascii() and _UNDECODED in data)
        if uneven or any(data.find(b"\n", at, at + _HALF_ROW) < 0 for at in range(0, len(data) - _HALF_ROW, _HALF_ROW)):
            return None
        try:
            frame = self._frame(data)
        except pl.exceptions.ComputeError:
            return None
        blank = frame.to_series(0).null_count() and frame.select(pl.all_horizontal(pl.all().is_null()).any()).item()
        if frame.height != lines or blank:
            return None
        return frame.with_columns(pl.int_range(first_line, first_line + lines, dtype=pl.Int64).alias(LINE))

    def _batch(self, mended: _Mended, bytes_done: int) -> RawBatch:
        schema = dict.fromkeys(self.columns, pl.String)
        frame = self._frame(mended.data) if mended.data else pl.DataFrame(schema=schema)
        frame = frame.with_columns(pl.Series(LINE, mended.lines))
        frame = frame.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in self.columns)
        filled = frame.filter(~pl.all_horizontal(pl.col(name).is_null() for name in self.columns))
        aside = mended.aside + frame.height - filled.height
        return RawBatch(filled, tuple(mended.refusals), aside, mended.totals, bytes_done)

    def _frame(self, data: bytes) -> pl.DataFrame:
        schema = dict.fromkeys(self.columns, pl.String)
        return pl.read_csv(data, has_header=False, schema=schema, separator=self.delimiter, quote_char='"').rechunk()


def _below(chunk: Chunk, skipped: int) -> tuple[bytes, int]:
    """The chunk's lines below the skipped ones, and the number of the first."""
    drop = skipped - chunk.first_line + 1
    if drop <= 0:
        return chunk.data, chunk.first_line
    at = 0
    for _ in range(drop):
        at = chunk.data.find(b"\n", at) + 1
        if not at:
            return b"", chunk.first_line
    return chunk.data[at:], chunk.first_line + drop


class _Mender:
    """Goes line by line only where lines are suspicious: an odd number of quotes, a wrong number of cells, strange signs."""

    def __init__(self, rows: TextRows, data: bytes, first_line: int, complete: bool, final: bool) -> None:
        self.data, self.first_line, self.complete, self.final = data, first_line, complete, final
        self.delimiter, self.width, self.encoding = rows.delimiter, len(rows.columns), rows.encoding
        signs = np.frombuffer(data, dtype=np.uint8)
        self.ends = np.flatnonzero(signs == _NEWLINE)
        self.starts = np.concatenate(([0], self.ends[:-1] + 1))
        self.signs = signs
        self.refusals: list[Refusal] = []
        self.aside = self.totals = 0
        self.pieces: list[bytes] = []
        self.lines: list[Places] = []

    def mended(self) -> tuple[_Mended, bytes]:
        """The rows, and the tail that is not whole yet."""
        done = 0
        tail = len(self.ends)
        suspicious = np.flatnonzero(self._suspicious())
        at = 0
        while at < len(suspicious):
            line = int(suspicious[at])
            if line < done:
                at += 1
                continue
            taken = self._row(line)
            if taken is None:
                tail = line
                break
            self._keep(done, line)
            rows, span = taken
            if rows:
                self.pieces.append(rows)
                self.lines.append(np.array([self.first_line + line], dtype=np.int64))
            done = line + span
            at += 1
        self._keep(done, tail)
        carry = self.data[self.starts[tail] :] if tail < len(self.ends) else b""
        lines = np.concatenate(self.lines) if self.lines else np.empty(0, dtype=np.int64)
        return _Mended(b"".join(self.pieces), lines, self.refusals, self.aside, self.totals), carry

    def _keep(self, first: int, end: int) -> None:
        """Takes the lines from `first` up to `end` as they are."""
        if end > first:
            self.pieces.append(self.data[self.starts[first] : self.ends[end - 1] + 1])
            self.lines.append(np.arange(self.first_line + first, self.first_line + end, dtype=np.int64))

    def _suspicious(self) -> Flags:
        signs, ends = self.signs, self.ends
        quotes = np.flatnonzero(signs == _QUOTE)
        marks = np.flatnonzero(signs == ord(self.delimiter))
        per_line = self._per_line(quotes)
        before_line = np.repeat(np.cumsum(per_line) - per_line, self._per_line(marks))
        inside = ((np.searchsorted(quotes, marks) - before_line[: len(marks)]) & 1).astype(bool)
        cells = self._per_line(marks[~inside])
        padded = np.concatenate(([_NEWLINE], signs, [_NEWLINE]))
        before, after = padded[quotes], padded[quotes + 2]
        borders = (_NEWLINE, _RETURN, _QUOTE, ord(self.delimiter))
        loose = ~(np.isin(before, borders) | np.isin(after, borders))
        result: Flags = (per_line & 1).astype(bool) | (self._per_line(quotes[loose]) > 0) | (cells != self.width - 1)
        result |= np.diff(ends, prepend=-1) > LONGEST_ROW
        if _UNDECODED in self.data:
            result |= self._per_line(np.flatnonzero(signs == _UNDECODED[0])) > 0
        if self.width == 1:
            result |= self.ends == self.starts
        if not self.complete and len(result):
            result[-1] = True
        return result

    def _per_line(self, places: Places) -> Places:
        return np.diff(np.searchsorted(places, self.ends), prepend=0)

    def _row(self, line: int) -> tuple[bytes, int] | None:
        """The row that begins at `line` rewritten for a strict reader (nothing when refused or blank) and the lines it spans.

        None when its end may lie in the next chunk.
        """
        text = self._text(line, line + 1)
        if not text.strip(" \t\r\n"):
            self.aside += 1
            return b"", 1
        if len(text) > LONGEST_ROW:
            return self._refuse("cell_too_large", line, text, length=len(text), limit=LONGEST_ROW)
        if UNDECODED in text and self.encoding:
            return self._refuse("undecodable", line, text, "choose_encoding", encoding=self.encoding)
        cells = self._cells(text)
        if cells is not None:
            return self._checked(cells, line, 1, text)
        return self._spanning(line, text)

    def _spanning(self, line: int, text: str) -> tuple[bytes, int] | None:
        """A row whose quoted cell holds line ends; only a row that then has the right number of cells is believed."""
        last = min(line + _MOST_LINES_IN_A_ROW, len(self.ends))
        for end in range(line + 2, last + 1):
            if b'"' not in self.data[self.starts[end - 1] : self.ends[end - 1]]:
                continue
            cells = self._cells(self._text(line, end))
            if cells is not None and len(cells) == self.width:
                return self._checked(cells, line, end - line, text)
        if last == len(self.ends) and not self.final:
            return None
        return self._refuse("unbalanced_quote", line, text, "correct_row")

    def _checked(self, cells: list[str], line: int, span: int, text: str) -> tuple[bytes, int]:
        if len(cells) == self.width:
            out = io.StringIO()
            csv.writer(out, delimiter=self.delimiter, lineterminator="\n").writerow(cells)
            return out.getvalue().encode(), span
        if not any(cell.strip() for cell in cells):
            self.aside += 1
            return b"", span
        if len(cells) > self.width and not any(cell.strip() for cell in cells[self.width :]):
            return self._checked(cells[: self.width], line, span, text)
        if len(cells) < self.width and plain(cells[0]).rstrip(" :") in words.totals():
            self.aside, self.totals = self.aside + 1, self.totals + 1
            return b"", span
        code = "too_few_cells" if len(cells) < self.width else "too_many_cells"
        if code == "too_few_cells" and not self.complete and line + span == len(self.ends):
            code = "truncated_line"
        remedy = "export_again" if code == "truncated_line" else "correct_row"
        return self._refuse(code, line, text, remedy, span, found=len(cells), expected=self.width)

    def _refuse(
        self, code: str, line: int, text: str, remedy: str = "correct_cell", span: int = 1, **facts: str | int | float
    ) -> tuple[bytes, int]:
        self.refusals.append(refusal(code, self.first_line + line, "", text.strip(), remedy, **facts))
        return b"", span

    def _text(self, first: int, end: int) -> str:
        return self.data[self.starts[first] : self.ends[end - 1]].decode("utf-8", "replace")

    def _cells(self, text: str) -> list[str] | None:
        """The cells of one row; None when a quote is left open or stands where it may not."""
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        return rows[0] if len(rows) == 1 else None
