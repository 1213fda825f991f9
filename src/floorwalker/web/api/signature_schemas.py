"""A person's signature as the API gives it: to that person and their line alone. Conversation guides are not in it."""

from datetime import date, datetime

from ninja import Schema

from floorwalker.web.signatures.holdings import as_data
from floorwalker.web.signatures.queries import Signature as Known


class Day(Schema):
    """One day at work, with the person's own usual range where one is known."""

    day: date
    value: float
    n: float
    usual_low: float | None
    usual: float | None
    usual_high: float | None


class Trait(Schema):
    """One measure against the person's own past; `state` says what is known of it."""

    measure: str
    state: str
    since: date | None
    shared_since: date | None
    days: list[Day]


class Cause(Schema):
    """A sentence that explains a change."""

    text: str
    by: str
    at: datetime


class Departure(Schema):
    """A blip, or a lasting change with enough evidence; sizes are in the measure's own unit."""

    measure: str
    onset: date
    until: date | None
    decided: date
    sure: float
    size: float
    size_low: float
    size_high: float
    usual: float


class Change(Departure):
    """A lasting change with what explains it."""

    causes: list[Cause]


class Signature(Schema):
    """What is known of one person's patterns, up to a day; null before anything was looked at."""

    person: str
    until: date | None
    measures: list[Trait]
    changes: list[Change]
    blips: list[Departure]


def signature(known: Known) -> dict[str, object]:
    """A signature as it is known."""
    return as_data(known)
