"""A text file, chunk by chunk: whole lines of UTF-8, whatever the file's encoding, packing and line ends."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from floorwalker.sources.spreadsheet.codes import unreadable
from floorwalker.sources.spreadsheet.encoding import blocks_of, open_bytes

CHUNK = 16 << 20
_LONGEST = 64 << 20
UNDECODED = "\ufffd"


@dataclass(frozen=True)
class Chunk:
    """Whole lines as UTF-8 with \\n ends. `first_line` counts from 1; `complete` is false when the last line has no end."""

    data: bytes
    first_line: int
    complete: bool
    bytes_done: int


def chunks_of(path: Path, encoding: str, size: int = CHUNK) -> Iterator[Chunk]:
    """The file's lines in chunks of about `size` bytes; bytes that do not fit the encoding become U+FFFD.

    Raises
    ------
    Unreadable
        when the packing is damaged, or a line has no end within 64 MB.
    """
    line, carry = 1, b""
    with path.open("rb") as packed, open_bytes(path) as file:
        packed.seek(0, 2)
        whole = packed.tell()
        for text in _as_utf8(blocks_of(file, path.name, size), encoding):
            cut = text.rfind(b"\n") + 1
            if not cut:
                carry += text
                if len(carry) > _LONGEST:
                    raise unreadable("line_too_long", line, file=path.name, limit_mb=_LONGEST >> 20)
                continue
            data, carry = b"".join((carry, memoryview(text)[:cut])), text[cut:]
            yield Chunk(data, line, True, min(_done(file), whole))
            line += int(np.count_nonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n")))
        if carry:
            yield Chunk(carry + b"\n", line, False, whole)


def _as_utf8(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Blocks of UTF-8 with \\n line ends."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    as_is = codecs.lookup(encoding).name in ("utf-8", "ascii")
    old_ends: bool | None = None
    for block in blocks:
        text = block if as_is and _whole(block, decoder) else decoder.decode(block).encode("utf-8", "replace")
        if old_ends is None and text:
            old_ends = b"\r" in text and b"\n" not in text
        yield text.replace(b"\r", b"\n") if old_ends else text
    if rest := decoder.decode(b"", final=True):
        yield rest.encode()


def _whole(block: bytes, decoder: codecs.IncrementalDecoder) -> bool:
    """Whether the block can be passed on untouched: nothing waits in the decoder, and it is ASCII throughout."""
    return not decoder.getstate()[0] and block.isascii()


def _done(file: BinaryIO) -> int:
    """Bytes of the file itself that have been read, packed or not."""
    packed = getattr(file, "fileobj", None)
    return file.tell() if packed is None else int(packed.tell())
