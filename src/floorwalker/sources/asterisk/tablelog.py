"""Reading an export (CSV, TSV) of the table in which a queue log is kept: realtime, FreePBX or QueueMetrics columns."""

import csv
import io
import re
from collections.abc import Container, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

from floorwalker.sources.asterisk.clock import Clock, Reading, settled
from floorwalker.sources.asterisk.layouts import Layout
from floorwalker.sources.asterisk.lines import HOUR, Block, Line
from floorwalker.sources.asterisk.opening import Bytes, Opened, bytes_of
from floorwalker.sources.asterisk.textlog import SHOWN
from floorwalker.sources.reading import Refusal, Remark

FIRST = 50
STEP = 20_000
_ESCAPED = re.compile(r"\^(3B|5E)")
_SIGNS = {"3B": ";", "5E": "^"}


class Row(NamedTuple):
    """A row of the table with the number of its line in the file."""

    number: int
    cells: list[str]


@dataclass
class _Table:
    """One table being read: where its columns are, its clock, and the rows whose hour is not settled yet."""

    source: Opened
    layout: Layout
    file: int
    clock: Clock
    only: Container[str] | None
    held: list[tuple[Row, Reading]] = field(default_factory=list)
    servers: set[str] = field(default_factory=set)
    settled: int = 0


def blocks(source: Opened, file: int, clock: Clock, only: Container[str] | None = None) -> Iterator[Block]:
    """The rows of a table export whose event is in `only`, in blocks. One that is not in time order is sorted first, in memory.

    Raises
    ------
    Unreadable
        when a compressed file is damaged.
    """
    assert source.layout is not None  # noqa: S101  the caller chose this reader because there is a layout
    table = _Table(source, source.layout, file, clock, only)
    yield Block(remarks=[Remark("table_layout", {"file": source.path.name, "layout": table.layout.name})])
    with bytes_of(source.path) as bytes_, closing(_rows(bytes_, source)) as rows:
        block, size = Block(), FIRST
        for row in rows if source.ordered else _sorted(table, rows, block):
            if isinstance(row, Refusal):
                block.refusals.append(row)
            else:
                _take(table, row, block)
            if len(block.lines) >= size:
                block.done, size = bytes_.done, STEP
                yield block
                block = Block()
        _settle(table, block)
        block.done, block.servers = bytes_.done, frozenset(table.servers)
        if table.settled:
            block.remarks.append(Remark("hour_settled", {"rows": table.settled}))
        yield block


def _rows(bytes_: Bytes, source: Opened) -> Generator[Row | Refusal, None, None]:
    """The rows below the header."""
    text = io.TextIOWrapper(bytes_.text, encoding=source.encoding, errors="replace", newline="")
    reader = csv.reader(text, delimiter=source.delimiter)
    try:
        while True:
            begins = reader.line_num + 1
            try:
                cells = next(reader)
            except csv.Error:
                yield Refusal(begins, "line_too_long", file=source.path.name)
                continue
            if begins > 1:
                yield Row(begins, cells)
    except StopIteration:
        return
    finally:
        text.detach()


def in_order(source: Opened, clock: Clock) -> bool:
    """Whether the rows of a table stand in time order, but for the hour that the autumn clock goes back."""
    latest = 0
    with bytes_of(source.path) as bytes_, closing(_rows(bytes_, source)) as rows:
        for row in rows:
            reading = _reading(source, clock, row)
            if reading is None:
                continue
            if reading.first < latest - HOUR:
                return False
            latest = max(latest, reading.first)
    return True


def _sorted(table: _Table, rows: Iterator[Row | Refusal], block: Block) -> Iterator[Row]:
    """The rows by the table's own row number where it has one, else by time."""
    kept: list[Row] = []
    for row in rows:
        if isinstance(row, Refusal):
            block.refusals.append(row)
        else:
            kept.append(row)
    order = table.layout.order

    def by_time(row: Row) -> int:
        reading = _reading(table.source, table.clock, row)
        return reading.first if reading else 0

    if order is not None and all(len(row.cells) > order and row.cells[order].isdigit() for row in kept):
        kept.sort(key=lambda row: int(row.cells[order]))
    else:
        kept.sort(key=by_time)
    return iter(kept)


def _reading(source: Opened, clock: Clock, row: Row | Refusal) -> Reading | None:
    if source.layout is None or isinstance(row, Refusal) or len(row.cells) <= source.layout.time:
        return None
    reading = clock.read(row.cells[source.layout.time])
    return reading if isinstance(reading, Reading) else None


def _take(table: _Table, row: Row, block: Block) -> None:
    if not any(row.cells):
        block.blank += 1
        return
    if len(row.cells) < table.layout.width:
        _refuse(table, block, row, "row_cut_short", found=len(row.cells), expected=table.layout.width)
        return
    if table.only is not None and row.cells[table.layout.event] not in table.only:
        return
    reading = table.clock.read(row.cells[table.layout.time])
    if isinstance(reading, str):
        facts = {"zone": table.clock.zone.key} if reading == "hour_never_happens" else {}
        _refuse(table, block, row, reading, **facts)
    elif reading.second is not None:
        table.held.append((row, reading))
    else:
        _settle(table, block)
        block.lines.append(_line(table, row, reading.first))


def _settle(table: _Table, block: Block) -> None:
    """Place the rows of the autumn hour that were held back until the hour was over."""
    if not table.held:
        return
    layout = table.layout
    rows = [row for row, _ in table.held]
    instants = settled(
        [reading for _, reading in table.held],
        [row.cells[layout.callid] for row in rows],
        [row.cells[layout.event] == "ENTERQUEUE" for row in rows],
    )
    table.held = []
    for row, instant in zip(rows, instants, strict=True):
        if instant is None:
            _refuse(table, block, row, "hour_happens_twice", zone=table.clock.zone.key)
        else:
            table.settled += 1
            block.lines.append(_line(table, row, instant))


def _line(table: _Table, row: Row, at: int) -> Line:
    """A row as a line. The last data column holds what did not fit into the others, so all are joined and split again."""
    layout, cells = table.layout, row.cells
    joined = "|".join(cells[index] for index in layout.data)
    said = _ESCAPED.sub(lambda found: _SIGNS[found[1]], joined) if "^" in joined else joined
    if layout.server is not None and cells[layout.server]:
        table.servers.add(cells[layout.server])
    return Line(
        at,
        cells[layout.callid],
        cells[layout.queue] or "NONE",
        cells[layout.agent] or "NONE",
        cells[layout.event],
        said,
        row.number,
        table.file,
    )


def _refuse(table: _Table, block: Block, row: Row, code: str, **facts: str | int) -> None:
    value = table.source.delimiter.join(row.cells)[:SHOWN]
    block.refusals.append(Refusal(row.number, code, value=value, facts=facts, file=table.source.path.name))
