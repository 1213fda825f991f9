"""Opening a door, coming in, staying away, and what became of it.

The journal, which managers read, holds when doors were opened and closed; who came in never stands there.
"""

from floorwalker.web.opendoor.actions.hours import SLOT_MINUTES, Hours
from floorwalker.web.opendoor.actions.opening import announce, close_door, close_for_those_who_left, open_door
from floorwalker.web.opendoor.actions.visits import book, cancel, note_outcome, stop_waiting, wait

__all__ = [
    "SLOT_MINUTES",
    "Hours",
    "announce",
    "book",
    "cancel",
    "close_door",
    "close_for_those_who_left",
    "note_outcome",
    "open_door",
    "stop_waiting",
    "wait",
]
