"""What a change would cost if it lasted, in one currency: minutes of work a day."""

from dataclasses import dataclass
from enum import Enum

from floorwalker.core.measures import MEASURES, Unit
from floorwalker.web.changes.models import Finding

HANDLE_S = 300.0
"""Taken for a contact where the site's own handle time is not known yet."""


class Said(Enum):
    """How the cost is said."""

    WORK = "minutes of work"
    WAITING = "minutes of customers' waiting"
    CONTACTS = "contacts affected"
    ANSWERS = "customers who answered"


@dataclass(frozen=True)
class Cost:
    """`amount` a day as it is said, and `minutes` by which different changes are put in order: a contact counts as one
    usual handle time."""

    said: Said
    amount: float
    minutes: float


def cost_of(finding: Finding, handle_s: float | None) -> Cost:
    """What a change costs, or saves, a day; without a sign."""
    size, handle = abs(finding.size), handle_s or HANDLE_S
    if finding.measure == "offered":
        return Cost(Said.WORK, size * handle / 60, size * handle / 60)
    if MEASURES[finding.measure].unit is Unit.SECONDS:
        minutes = size * finding.rests_on / 60
        return Cost(Said.WORK if finding.measure == "aht" else Said.WAITING, minutes, minutes)
    contacts = size * finding.rests_on
    said = Said.ANSWERS if finding.measure == "csat" else Said.CONTACTS
    return Cost(said, contacts, contacts * handle / 60)
