"""What the API answers about one's own placed time."""

from datetime import datetime

from ninja import Schema

from floorwalker.web.calendars.queries import Busy


class PlacedTime(Schema):
    """One time that stands as busy in the asker's calendar; `purpose` is a stable word."""

    id: int
    purpose: str
    starts_at: datetime
    ends_at: datetime


def placed_time(busy: Busy) -> PlacedTime:
    """A time for a program."""
    time = busy.time
    return PlacedTime(id=busy.placed.pk, purpose=busy.placed.purpose, starts_at=time.starts_at, ends_at=time.ends_at)
