"""What follow-ups hold about a person: for that person."""

from floorwalker.web.accounts.holdings import Kept
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.ui.reader import Reader
from floorwalker.web.voice.queries import Line, concerning


def held_about(viewer: Viewer, _reader: Reader) -> Kept | None:
    """Everything about them or raised by them that they may read; the page of follow-ups tells it in words."""
    lines = concerning(viewer)
    return Kept([_data(line) for line in lines]) if lines else None


def _data(line: Line) -> dict[str, object]:
    return {
        "kind": line.kind,
        "state": line.state,
        "text": line.text,
        "outcome": line.outcome,
        "author": line.author,
        "owner": line.owner,
        "raised_by": line.raised_by,
        "about": line.about_person,
        "at": line.at,
        "due": line.due,
    }
