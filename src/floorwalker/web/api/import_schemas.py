"""What the API says about imports."""

from datetime import datetime

from ninja import Schema

from floorwalker.web.intake.models import Import
from floorwalker.web.intake.wording import STATES, failure_of
from floorwalker.web.ui.reader import Reader


class Came(Schema):
    """One import: whose rows, how far, and what became of them. `state` is stable, `called` is in the reader's language."""

    id: int
    source: str
    reader: str
    state: str
    called: str
    by: str
    made_at: datetime
    ended_at: datetime | None
    read: int
    kept: int
    updated: int
    unchanged: int
    refused: int
    aside: int
    files: list[str]
    why: str


class Progress(Came):
    """An import with how far it is and how often each reason refused a row."""

    phase: str
    done: int
    total: int
    refused_by: dict[str, int]


def came(each: Import, reader: Reader) -> dict[str, object]:
    """The facts of an import that both answers hold."""
    counts = {name: each.count(name) for name in ("read", "kept", "updated", "unchanged", "refused", "aside")}
    return {
        "id": each.pk,
        "source": each.source,
        "reader": each.reader,
        "state": each.state,
        "called": str(STATES[each.state]),
        "by": str(each.by) if each.by else "",
        "made_at": each.made_at,
        "ended_at": each.ended_at,
        "files": [file.name for file in each.files.all()],
        "why": failure_of(each.failure, each, reader) if each.failure else "",
        **counts,
    }


def progress(each: Import, reader: Reader) -> dict[str, object]:
    """An import and how far it is."""
    return {
        **came(each, reader),
        "phase": each.phase,
        "done": each.done,
        "total": each.total,
        "refused_by": each.refused_by,
    }
