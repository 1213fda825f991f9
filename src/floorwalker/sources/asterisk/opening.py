"""Opening a file of unknown kind: compressed or not, which encoding, text log or table export."""

import codecs
import csv
import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import chardet

from floorwalker.sources.asterisk.layouts import Layout, layout_of
from floorwalker.sources.reading import Unreadable

SAMPLE = 65_536
STEP = 1 << 20
DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)
_EVENT_LINE = re.compile(r"^\d{9,11}(\.\d+)?\|[^|]*\|[^|]*\|[^|]*\|\w+(\||$)")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Opened:
    """What is known of a file before it is read: `layout` is None for a text log; `ordered`, that rows are in time order."""

    path: Path
    encoding: str
    layout: Layout | None = None
    delimiter: str = ","
    ordered: bool = True


@dataclass
class Bytes:
    """The uncompressed bytes of a file, and how far its own bytes have been read."""

    text: IO[bytes]
    raw: IO[bytes]

    @property
    def done(self) -> int:
        return self.raw.tell()


@contextmanager
def bytes_of(path: Path) -> Iterator[Bytes]:
    """The bytes of a file, unpacked when it is gzip.

    Raises
    ------
    Unreadable
        when a compressed file is damaged.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if not packed:
                yield Bytes(raw, raw)
                return
            with gzip.open(raw) as text:
                yield Bytes(text, raw)  # type: ignore[arg-type]
    except DAMAGED as error:
        raise Unreadable("file_damaged", file=path.name) from error


def sniff(path: Path) -> bool:
    """Whether a file looks like a queue_log or an export of its realtime table; never raises for a file of another kind."""
    try:
        opened(path)
    except Unreadable:
        return False
    return True


def opened(path: Path) -> Opened:
    """What kind of queue log this file is.

    Raises
    ------
    Unreadable
        `file_empty`, `file_binary`, `file_damaged` or `not_a_queue_log`.
    """
    with bytes_of(path) as bytes_:
        sample = bytes_.text.read(SAMPLE)
    if not sample.strip():
        raise Unreadable("file_empty", file=path.name)
    mark = next((encoding for start, encoding in _MARKS if sample.startswith(start)), "")
    encoding = mark or _encoding(path)
    texts = sample.decode(encoding, errors="replace").splitlines()
    rows = [text for text in texts if text.strip()][:50]
    hits = sum(bool(_EVENT_LINE.match(text)) for text in rows)
    if hits * 2 >= len(rows) or (hits and len(rows) <= 3):
        return Opened(path, encoding)
    for delimiter in _DELIMITERS:
        layout = layout_of(next(csv.reader(rows[:1], delimiter=delimiter)))
        if layout:
            return Opened(path, encoding, layout, delimiter)
    raise Unreadable("file_binary" if not mark and b"\x00" in sample else "not_a_queue_log", line=1, file=path.name)


def _encoding(path: Path) -> str:
    """The encoding of the first stretch of the file that is not plain ASCII."""
    with bytes_of(path) as bytes_:
        while chunk := bytes_.text.read(STEP):
            if not chunk.isascii():
                return encoding_of(chunk + bytes_.text.readline(STEP))
    return "utf-8"


def encoding_of(sample: bytes) -> str:
    """UTF-8, unless more of the lines that are not plain ASCII fail as UTF-8 than pass."""
    foreign = [line for line in sample.split(b"\n") if not line.isascii()]
    failing = [line for line in foreign if not _is_utf8(line)]
    if len(failing) * 2 <= len(foreign):
        return "utf-8"
    found = chardet.detect(b"\n".join(failing))["encoding"]
    return found if found and found.lower() not in ("ascii", "utf-8") else "latin-1"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
