"""Column layouts of the tables in which a queue log is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_NAMES: Mapping[str, tuple[str, ...]] = {
    "time": ("time", "time_id"),
    "callid": ("callid", "call_id"),
    "queue": ("queuename", "queue", "queue_name"),
    "agent": ("agent",),
    "event": ("event", "verb"),
}
_DATA = ("data", "data1", "data2", "data3", "data4", "data5")
_ORDER = ("id", "unique_row_count")


@dataclass(frozen=True)
class Layout:
    """Where each part of a line stands in a row. `order` is the column of an ascending row number, if there is one."""

    name: str
    time: int
    callid: int
    queue: int
    agent: int
    event: int
    data: tuple[int, ...]
    width: int
    order: int | None = None
    server: int | None = None


def layout_of(header: Sequence[str]) -> Layout | None:
    """The layout that a header row describes; None when it is no queue log."""
    at = {name.strip().strip('"').lstrip("\ufeff").lower(): index for index, name in enumerate(header)}
    found = {part: next((at[name] for name in names if name in at), None) for part, names in _NAMES.items()}
    known = {part: index for part, index in found.items() if index is not None}
    data = tuple(at[name] for name in _DATA if name in at)
    if len(known) < len(_NAMES) or not data:
        return None
    name = "queuemetrics" if "verb" in at else "freepbx" if "serverid" in at else "realtime"
    order = next((at[each] for each in _ORDER if each in at), None)
    return Layout(name, **known, data=data, width=len(header), order=order, server=at.get("serverid"))
