"""Writing and reading the immutable files under a warehouse's root."""

import base64
import errno
import io
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.EXDEV, errno.ENOSYS)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class WarehouseFault(Exception):
    """Something that stopped the warehouse; nothing of what it was doing is visible.

    `code` is one of `disk_full`, `unwritable`, `disk_error`, `too_busy`, `already_undone`; `facts` fill its sentence.
    """

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


@contextmanager
def storage(place: Path) -> Iterator[None]:
    """Turn what the system says about writing below `place` into a `WarehouseFault`."""
    try:
        yield
    except OSError as error:
        raise _fault(error.errno, place, error) from error
    except duckdb.IOException as error:
        told = re.search(r'"errno":"(\d+)"', str(error))
        raise _fault(int(told[1]) if told else None, place, error) from error


def new_path(table: str, day: date, suffix: str = "parquet") -> str:
    """A path, relative to the root, that nobody used before."""
    return f"{table}/{day:%Y}/{day:%m}/{day:%d}-{secrets.token_hex(8)}.{suffix}"


def write_parquet(root: Path, path: str, frame: pl.DataFrame) -> int:
    """Keep `frame` at `path`, categories as texts; returns the bytes written.

    Raises
    ------
    WarehouseFault
        when the disk is full or must not be written.
    """
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="lz4", statistics=False, metadata=_as_texts(frame.schema))
    return write_bytes(root / path, buffer.getbuffer())


def write_sums(root: Path, path: str, frame: pl.DataFrame) -> int:
    """Keep a frame of texts and many sums as `write_parquet` does: sums byte by byte, which is smaller and sooner read."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    sums = [name for name, kind in frame.schema.items() if kind == pl.Float64]
    content = pa.BufferOutputStream()
    table = frame.to_arrow()
    pq.write_table(
        table,
        content,
        compression="lz4",
        write_statistics=False,
        use_dictionary=texts,
        use_byte_stream_split=sums,
        store_schema=False,
    )
    return write_bytes(root / path, memoryview(content.getvalue()))


def _as_texts(schema: pl.Schema) -> dict[str, str] | None:
    """What the file tells of its columns instead of what Polars would: a category is stored as a text, and is read as one."""
    if pl.Categorical not in schema.dtypes():
        return None
    texts = {name: pl.String() if kind == pl.Categorical else kind for name, kind in schema.items()}
    return {"ARROW:schema": _described(tuple(texts.items()))}


@lru_cache
def _described(columns: tuple[tuple[str, pl.DataType], ...]) -> str:
    """An Arrow schema as Parquet files carry it."""
    return base64.b64encode(pl.DataFrame(schema=dict(columns)).to_arrow().schema.serialize()).decode()


def write_bytes(path: Path, content: memoryview, durable: bool = True) -> int:
    """Write a file, and if `durable` see it to the disk; returns its size. Raises WarehouseFault as write_parquet does."""
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
    return content.nbytes


def link(old: Path, new: Path) -> None:
    """The content of `old` under another name as well; a copy where the file system knows no links."""
    with storage(new):
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.hardlink_to(old)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            write_bytes(new, memoryview(old.read_bytes()))


def _fault(number: int | None, place: Path, error: Exception) -> WarehouseFault:
    if number in _FULL:
        return WarehouseFault("disk_full", path=str(place))
    if number in _FORBIDDEN:
        return WarehouseFault("unwritable", path=str(place))
    return WarehouseFault("disk_error", path=str(place), reason=str(error))
