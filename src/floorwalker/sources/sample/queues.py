"""The six queues: when they are open, how much reaches them, and how long it takes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_DAYTIME = (0.058, 0.078, 0.095, 0.105, 0.104, 0.103, 0.102, 0.099, 0.088, 0.07, 0.054, 0.044)
_ROUND_THE_CLOCK = (6, 4, 3, 3, 3, 5, 12, 28, 60, 80, 82, 74, 66, 64, 62, 60, 56, 52, 50, 52, 56, 50, 32, 14)


@dataclass(frozen=True)
class Topic:
    """A reason for contact: its share within the queue and its handle time against the queue's mean."""

    name: str
    share: float
    length: float = 1.0


@dataclass(frozen=True)
class Queue:
    """One queue. Volume in contacts on an average day, times in seconds, rates as shares of 1."""

    name: str
    letter: str
    channel: str
    entry_point: str
    volume: float
    talk_s: float
    hold_s: float
    acw_s: float
    patience_s: float
    opens: int
    closes: int
    starts: tuple[tuple[float, float], ...]
    topics: tuple[Topic, ...]
    satisfied: float
    transfers: tuple[tuple[str, float], ...]
    at_once: int = 1
    repeat_rate: float = 0.085

    @property
    def aht_s(self) -> float:
        """Mean handle time."""
        return self.talk_s + self.hold_s + self.acw_s

    @property
    def lengths(self) -> NDArray[np.float64]:
        """Handle time of each topic against the queue's mean, which they keep."""
        lengths = np.array([topic.length for topic in self.topics])
        return lengths / float(lengths @ self.shares)

    @property
    def shares(self) -> NDArray[np.float64]:
        """Share of each topic."""
        return np.array([topic.share for topic in self.topics])

    @property
    def profile(self) -> NDArray[np.float64]:
        """Share of the day's contacts by clock hour, 24 numbers."""
        if self.channel == "email":
            return np.array(_ROUND_THE_CLOCK, dtype=float) / sum(_ROUND_THE_CLOCK)
        weights = np.zeros(24)
        weights[self.opens : self.closes] = _DAYTIME[self.opens - 8 : self.closes - 8]
        return np.asarray(weights / weights.sum())


_SPREAD = ((8, 0.42), (9, 0.14), (10, 0.06), (11, 0.08), (12.25, 0.3))
OUTSIDE = "Back office"

QUEUES = (
    Queue(
        "Billing", "B", "voice", "+48 22 555 0110", 545, 262, 18, 78, 340, 8, 20, _SPREAD,
        (
            Topic("Bill too high", 0.34, 1.2),
            Topic("Payment date", 0.22, 0.75),
            Topic("Direct debit", 0.18, 0.85),
            Topic("Refund", 0.16, 1.15),
            Topic("Copy of a bill", 0.10, 0.8),
        ),
        0.78,
        (("Moves", 0.03), ("Deliveries", 0.015), (OUTSIDE, 0.035)),
    ),
    Queue(
        "Moves", "M", "voice", "+48 22 555 0120", 388, 250, 20, 60, 340, 8, 20, _SPREAD,
        (
            Topic("Moving in", 0.32, 1.15),
            Topic("Moving out", 0.28, 1.05),
            Topic("Final reading", 0.20, 0.9),
            Topic("Contract change", 0.12, 1.0),
            Topic("Wrong address", 0.08, 0.6),
        ),
        0.82,
        (("Deliveries", 0.02), (OUTSIDE, 0.04)),
    ),
    Queue(
        "Deliveries", "D", "voice", "+48 22 555 0130", 515, 160, 14, 42, 320, 8, 20, _SPREAD,
        (
            Topic("Where is my order", 0.36, 0.8),
            Topic("Delivery date", 0.26, 1.0),
            Topic("Meter exchange", 0.16, 1.3),
            Topic("Damaged on arrival", 0.12, 1.35),
            Topic("Question to the driver", 0.10, 0.8),
        ),
        0.80,
        ((OUTSIDE, 0.085),),
    ),
    Queue(
        "Shop chat", "S", "chat", "shop.example.org", 410, 310, 0, 40, 300, 10, 18, ((10, 1.0),),
        (
            Topic("Choosing a tariff", 0.36, 1.25),
            Topic("Order status", 0.28, 0.7),
            Topic("Discount code", 0.16, 0.7),
            Topic("Heat pump offer", 0.10, 1.6),
            Topic("Sending back", 0.10, 0.93),
        ),
        0.84,
        (("Chat", 0.06), (OUTSIDE, 0.02)),
        at_once=3,
    ),
    Queue(
        "Chat", "C", "chat", "help.example.org", 510, 375, 0, 45, 300, 8, 20, _SPREAD,
        (
            Topic("Meter reading", 0.30, 0.8),
            Topic("Access to the account", 0.24, 1.0),
            Topic("Tariff question", 0.20, 1.2),
            Topic("Payment date", 0.14, 0.8),
            Topic("Problem with the app", 0.12, 1.4),
        ),
        0.81,
        ((OUTSIDE, 0.06),),
        at_once=3,
    ),
    Queue(
        "E-mail", "E", "email", "contact@example.org", 690, 185, 0, 40, float("inf"), 0, 24, ((8, 0.55), (9, 0.45)),
        (
            Topic("Documents", 0.28, 0.8),
            Topic("Meter reading", 0.24, 0.7),
            Topic("Complaint", 0.20, 1.55),
            Topic("Refund", 0.16, 1.1),
            Topic("Contract change", 0.12, 1.0),
        ),
        0.74,
        ((OUTSIDE, 0.05),),
    ),
)  # fmt: skip

NUMBER = {queue.name: number for number, queue in enumerate(QUEUES)}
TOPICS = tuple(topic for queue in QUEUES for topic in queue.topics)
FIRST_TOPIC = np.cumsum([0, *(len(queue.topics) for queue in QUEUES[:-1])])
LENGTH = np.concatenate([queue.lengths for queue in QUEUES])
