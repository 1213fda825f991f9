"""What a file is made of: packed or not, text or workbook, and which encoding its text has."""

import codecs
import gzip
import itertools
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import chardet

from floorwalker.sources.spreadsheet.codes import unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"PK\x03\x04": "workbook",
    b"PK\x05\x06": "workbook",
    b"\xd0\xcf\x11\xe0": "workbook",
    b"%PDF": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"SQLite format": "database",
    b"PAR1": "parquet",
    b"7z\xbc\xaf": "archive",
    b"Rar!": "archive",
    b"\x7fELF": "program",
    b"MZ": "program",
}
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz-gb-2312": "gb18030",
    "big5": "cp950",
    "big5hkscs": "big5hkscs",
    "euc-kr": "cp949",
    "johab": "cp949",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
}
"""An encoding's wider relative, which reads everything that the named one reads."""

_EXPECTED = (
    "windows-1250", "iso-8859-2", "cp852", "windows-1256", "iso-8859-6", "cp949", "euc-kr", "johab", "gb18030", "gb2312",
    "big5", "big5hkscs", "cp950", "windows-1252", "iso-8859-1", "windows-1251", "windows-1254", "shift_jis",
)  # fmt: skip
"""Encodings that contact centres' files have had where our languages and their neighbours are spoken."""

_HEAD = 64 << 10
_STRANGE = bytes(sign for sign in range(1, 32) if sign not in b"\t\n\v\f\r\x1a\x1b")
_MOST_STRANGE = 0.02
_BLOCK = 4 << 20
_SEARCHED = 256 << 20
_ENOUGH = 256 << 10
_SURE = 0.8
_WORD = re.compile(r"[^\W\d_]{2,20}")
_WORDS = 3


@dataclass(frozen=True)
class Encoding:
    """A text encoding as Python names it. When it is a guess, a few `words` of the file that hang on it."""

    name: str
    words: tuple[str, ...] = ()


def open_bytes(path: Path) -> BinaryIO:
    """The file's bytes, unpacked when it is gzip.

    Raises
    ------
    Unreadable
        when there is no such file, or nothing in it.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise unreadable("no_such_file", file=path.name) from None
    head = file.read(2)
    file.seek(0)
    if len(head) == 2 and head != b"\x1f\x8b":
        return file
    file.close()
    if not head:
        raise unreadable("empty_file", file=path.name)
    return cast(BinaryIO, gzip.open(path)) if len(head) == 2 else path.open("rb")


def blocks_of(file: BinaryIO, name: str, size: int = _BLOCK) -> Iterator[bytes]:
    """The bytes, block by block.

    Raises
    ------
    Unreadable
        when the packing is damaged.
    """
    while True:
        try:
            block = file.read(size)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise unreadable("damaged_file", file=name) from None
        if not block:
            return
        yield block


def is_workbook(path: Path) -> bool:
    """Whether the file is an XLSX, ODS or XLS workbook by its first bytes, whatever its name.

    Raises
    ------
    Unreadable
        when it is neither a workbook nor text.
    """
    with open_bytes(path) as file:
        head = next(blocks_of(file, path.name, _HEAD), b"")
    if not head.strip(b"\x00 \t\r\n"):
        raise unreadable("empty_file", file=path.name)
    for magic, looks_like in _MAGIC.items():
        if head.startswith(magic):
            if looks_like == "workbook":
                return True
            raise unreadable("binary_file", file=path.name, looks_like=looks_like)
    if (b"\x00" in head or _strange_share(head) > _MOST_STRANGE) and not _bom_of(head) and not _wide(head):
        raise unreadable("binary_file", file=path.name, looks_like="unknown")
    return False


def encoding_of(path: Path) -> Encoding:
    """The encoding of a text file: its mark, else UTF-8 when every line is, else the likeliest by its other letters.

    Raises
    ------
    Unreadable
        when nothing fits.
    """
    with open_bytes(path) as file:
        head, telling = _telling_lines(file, path.name)
    if bom := _bom_of(head):
        return Encoding(bom)
    if wide := _wide(head):
        return Encoding(wide)
    if _is_utf8(telling):
        return Encoding("utf-8")
    guess = chardet.detect(head[:4096] + b"\n" + telling, include_encodings=_EXPECTED)
    name = (guess["encoding"] or "").lower()
    if not name:
        raise unreadable("unknown_encoding", file=path.name, tried="utf-8")
    name = _WIDER.get(name, name)
    sure = float(guess["confidence"] or 0.0) >= _SURE
    return Encoding(name) if sure else Encoding(name, _words(telling.decode(name, errors="ignore")))


def _words(text: str) -> tuple[str, ...]:
    """The first three different words of letters that ASCII does not have."""
    words = (word for word in _WORD.findall(text) if not word.isascii())
    return tuple(itertools.islice(dict.fromkeys(words), _WORDS))


def _telling_lines(file: BinaryIO, name: str) -> tuple[bytes, bytes]:
    """The first bytes, and lines that hold anything but ASCII, up to a quarter of a megabyte."""
    head, telling, searched, rest = b"", b"", 0, b""
    for block in blocks_of(file, name):
        head = head or block[:_ENOUGH]
        searched += len(block)
        if not block.isascii():
            lines = (rest + block).split(b"\n")
            rest = lines.pop()[-_ENOUGH:]
            telling += b"\n".join(line for line in lines if not line.isascii())[:_ENOUGH]
        if len(telling) >= _ENOUGH or searched >= _SEARCHED:
            return head, telling
    return head, telling + rest


def _bom_of(head: bytes) -> str:
    return next((name for mark, name in _BOMS if head.startswith(mark)), "")


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte of a table in it that has any ASCII signs is zero."""
    if len(head) < 4 or b"\x00" not in head:
        return ""
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    half = min(len(head), 4096) / 2
    if odd > 0.15 * half and even < 0.01 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.15 * half and odd < 0.01 * half else ""


def _strange_share(head: bytes) -> float:
    """The share of signs that no text has."""
    return 1 - len(head.translate(None, _STRANGE)) / len(head)


def _is_utf8(sample: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True
