"""The line of a queue log: what both the text file and the table export are read into."""

from dataclasses import dataclass, field
from typing import NamedTuple

from floorwalker.sources.reading import Refusal, Remark

SECOND = 1_000_000
HOUR = 3600 * SECOND
CARRIED = -1
"""`Line.file` of a line that an earlier import handed on."""
EARLIEST, LATEST = 946_684_800 * SECOND, 4_102_444_800 * SECOND
"""The years 2000 and 2100: Asterisk is no older and no log is younger, so a number outside is no time."""
HEAD = 5
NOBODY = ("NONE", "")


class Line(NamedTuple):
    """One event. `at` is microseconds since 1970 UTC, `data` what follows, `number` its line in file number `file`."""

    at: int
    callid: str
    queue: str
    agent: str
    event: str
    data: str
    number: int
    file: int

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes two lines the same event. The caller's number may be hashed in one of them, so it does not count."""
        said = "" if self.event == "ENTERQUEUE" else self.data.rstrip("|")
        return (self.callid, self.queue, self.agent, self.event, said)

    @property
    def fields(self) -> list[str]:
        """The fields after the event. Empty ones at the end say nothing; a table export pads with them."""
        said = self.data.rstrip("|")
        return said.split("|") if said else []

    def text(self, index: int) -> str:
        """The field at `index` after the event (negative: from the right); empty when absent."""
        return text_at(self.fields, index)


@dataclass
class Block:
    """A stretch of one file, parsed: its lines, and an account of everything else that stood there."""

    lines: list[Line] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    blank: int = 0
    done: int = 0
    servers: frozenset[str] = frozenset()


def text_at(fields: list[str], index: int | None) -> str:
    """The field at `index` (negative: from the right); empty when absent."""
    return fields[index] if index is not None and -len(fields) <= index < len(fields) else ""
