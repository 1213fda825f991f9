"""Stays in queues as rows of plain numbers, before they become records."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from floorwalker.sources.sample.floor import Ints
from floorwalker.sources.sample.queues import QUEUES

NOBODY = -1
STAYED = -1
OUT_OF_HOUSE = len(QUEUES)
UNKNOWN = -1

DAY_STEP, QUEUE_STEP = 10**7, 10**6


@dataclass(frozen=True)
class Visits:
    """Stays in queues, one row each. Times are epoch seconds, durations seconds, the rest numbers of things.

    `contact` is the same for all stays of one contact: day x DAY_STEP + first queue x QUEUE_STEP + serial number; `seq` is 0
    for its first stay. `agent` is NOBODY when it was not answered; then `at` is when the customer gave up (the end of all known
    time while an e-mail is still waiting), else when it was answered. `passed_to` is the number of a queue, OUT_OF_HOUSE or
    STAYED. `resolved` and `reopened` are UNKNOWN where nobody keeps them, and `resolved` while an e-mail is open.
    """

    contact: Ints
    seq: Ints
    queue: Ints
    topic: Ints
    customer: Ints
    returns: NDArray[np.bool_]
    began: Ints
    arrival: Ints
    agent: Ints
    at: Ints
    ring: Ints
    talk: Ints
    hold: Ints
    acw: Ints
    passed_to: Ints
    satisfied: NDArray[np.float64]
    resolved: Ints
    reopened: Ints

    def take(self, rows: NDArray[np.bool_] | Ints) -> Self:
        """The stays at `rows`."""
        return type(self)(*(getattr(self, each.name)[rows] for each in fields(self)))

    @property
    def left(self) -> Ints:
        """When the customer left: the end of the conversation, or the moment of giving up."""
        return self.at + self.talk + self.hold

    @property
    def handle(self) -> Ints:
        """Handle time."""
        return self.talk + self.hold + self.acw


def together(parts: list[Visits]) -> Visits:
    """All of them, one after the other."""
    return Visits(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Visits)))
