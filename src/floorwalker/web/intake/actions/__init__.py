"""Bringing files in: received, checked, started, brought in, undone. The web and the command line call the same verbs.

Without a viewer an act is done at the command line, by whoever runs the machine.

Raises, all of them
-------------------
PermissionDenied
    when the rule does not allow the viewer to do it.
NotNow
    when the state of the import does not allow it.
"""

from floorwalker.web.intake.actions.receiving import decide, find, receive, source_name
from floorwalker.web.intake.actions.starting import again, start, start_sample
from floorwalker.web.intake.actions.state import NotNow, settle_state, settle_states
from floorwalker.web.intake.actions.undoing import ask_undo, throw_away, undo, undo_asked

__all__ = [
    "NotNow",
    "again",
    "ask_undo",
    "decide",
    "find",
    "receive",
    "settle_state",
    "settle_states",
    "source_name",
    "start",
    "start_sample",
    "throw_away",
    "undo",
    "undo_asked",
]
