"""What the API answers about follow-ups and what was raised."""

from datetime import date, datetime

from ninja import Schema

from floorwalker.web.voice.queries import Line


class FollowUp(Schema):
    """One entry that the asker may read. `kind`, `state` and `origin` are stable words; `owed_by_me` says who is to act."""

    id: int
    kind: str
    state: str
    text: str
    outcome: str
    raised_by: str
    about_person: str
    about_queue: str
    owner: str
    owed_by_me: bool
    due: date | None
    origin: str
    confidential: bool
    at: datetime
    closed_at: datetime | None


def follow_up(line: Line) -> FollowUp:
    """An entry for a program."""
    return FollowUp(
        id=line.id,
        kind=line.kind,
        state=line.state,
        text=line.text,
        outcome=line.outcome,
        raised_by=line.raised_by,
        about_person=line.about_person,
        about_queue=line.about_queue,
        owner=line.owner,
        owed_by_me=line.is_mine,
        due=line.due,
        origin=line.origin,
        confidential=line.confidential,
        at=line.at,
        closed_at=line.closed_at,
    )
