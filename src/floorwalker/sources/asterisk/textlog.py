"""Reading the text file: `epoch|callid|queue|agent|EVENT|fields...`, one event a line, whole seconds UTC."""

import codecs
from collections.abc import Container, Iterator

from floorwalker.sources.asterisk.lines import EARLIEST, HEAD, LATEST, SECOND, Block, Line
from floorwalker.sources.asterisk.opening import Bytes, Opened, bytes_of
from floorwalker.sources.reading import Refusal, Remark

FIRST = 4_096
STEP = 1 << 18
LONGEST = 1 << 20
SHOWN = 200


def blocks(source: Opened, file: int, only: Container[str] | None = None) -> Iterator[Block]:
    """The lines of a text log in blocks of a quarter of a megabyte; the first one small, so that many files can be compared.

    `only` names the events wanted, when not all are.

    Raises
    ------
    Unreadable
        when a compressed file is damaged.
    """
    number = damaged = 0
    with bytes_of(source.path) as bytes_:
        for texts, ended in _texts(bytes_, source.encoding):
            block = Block(done=bytes_.done)
            damaged += sum("\ufffd" in text for text in texts)
            unfinished = not ended
            if unfinished:
                _refuse(block, source, number + len(texts), "line_unfinished", texts.pop())
            _parse(texts, number, source, file, block, only)
            number += len(texts) + unfinished
            yield block
    if damaged:
        yield Block(remarks=[Remark("text_damaged", {"file": source.path.name, "lines": damaged})], done=block.done)


def _texts(bytes_: Bytes, encoding: str) -> Iterator[tuple[list[str], bool]]:
    """Lists of whole lines; the last one, when it has no line end, comes alone and marked False."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    rest, size = "", FIRST
    while chunk := bytes_.text.read(size):
        size = STEP
        texts = (rest + decoder.decode(chunk)).replace("\r\n", "\n").split("\n")
        rest = texts.pop()[: LONGEST + 1]
        yield texts, True
    if rest:
        yield [rest], False


def _parse(texts: list[str], before: int, source: Opened, file: int, block: Block, only: Container[str] | None) -> None:
    take, new = block.lines.append, tuple.__new__
    for number, text in enumerate(texts, before + 1):
        parts = text.split("|", HEAD)
        if len(parts) < HEAD or len(text) > LONGEST:
            _other(text, number, source, block)
            continue
        if only is not None and parts[4] not in only:
            continue
        try:
            at = int(parts[0]) * SECOND
        except ValueError:
            at = 0
        if not EARLIEST < at < LATEST:
            _refuse(block, source, number, "time_unreadable", text)
            continue
        said = parts[HEAD] if len(parts) > HEAD else ""
        take(new(Line, (at, parts[1], parts[2], parts[3], parts[4], said, number, file)))


def _other(text: str, number: int, source: Opened, block: Block) -> None:
    if not text.strip():
        block.blank += 1
    elif len(text) > LONGEST:
        _refuse(block, source, number, "line_too_long", text)
    else:
        _refuse(block, source, number, "too_few_fields", text, found=text.count("|") + 1, expected=HEAD)


def _refuse(block: Block, source: Opened, number: int, code: str, text: str, **facts: int) -> None:
    block.refusals.append(Refusal(number, code, value=text[:SHOWN], facts=facts, file=source.path.name))
