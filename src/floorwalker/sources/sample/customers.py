"""Who gets in touch on a day, and why: new matters, and customers who come back because theirs was not settled."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from floorwalker.sources.sample.days import busyness, chance
from floorwalker.sources.sample.queues import FIRST_TOPIC, QUEUES, Queue
from floorwalker.sources.sample.stories import Telling

_CUSTOMERS = 600_000
_LATEST_RETURN = 7
_RETURN_DAYS = np.array([0.3, 0.22, 0.16, 0.12, 0.1, 0.06, 0.04])
_CHANGES_CHANNEL = 0.08
_QUEUE_NOISE = 0.025
_SHOWS = 0.85  # of those who come back; the others would have called anyway, were passed on elsewhere, or come a day too late


@dataclass(frozen=True)
class Demand:
    """The contacts of one day, one row each: its queue and topic by number, the customer, and whether they will be back."""

    queue: NDArray[np.int64]
    topic: NDArray[np.int64]
    customer: NDArray[np.int64]
    returns: NDArray[np.bool_]

    def take(self, rows: NDArray[np.bool_]) -> Self:
        """The contacts at `rows`."""
        return type(self)(*(getattr(self, each.name)[rows] for each in fields(self)))


@dataclass(frozen=True)
class _Matters:
    """New matters of a day; `first_back` and `second_back` days later the customer is back with the same one (0: never)."""

    demand: Demand
    back_queue: NDArray[np.int64]
    first_back: NDArray[np.int64]
    second_back: NDArray[np.int64]


@lru_cache(maxsize=4)
def demand(day: date, told: Telling) -> Demand:
    """All that reaches the centre on a day. What comes back is worked out from the new matters of the days before."""
    new = _matters(day, told).demand
    parts = [new, *(_back(day - timedelta(lag), lag, told) for lag in range(1, 2 * _LATEST_RETURN + 1))]
    return Demand(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Demand)))


def _back(day: date, lag: int, told: Telling) -> Demand:
    """Those with a new matter on `day` who come back with it `lag` days later."""
    matters = _matters(day, told)
    first = matters.first_back == lag
    second = (matters.second_back > 0) & (matters.first_back + matters.second_back == lag)
    again = first & (matters.second_back > 0)
    return Demand(matters.back_queue, matters.demand.topic, matters.demand.customer, again).take(first | second)


@lru_cache(maxsize=32)
def _matters(day: date, told: Telling) -> _Matters:
    luck = chance(day, "matters")
    noise = np.exp(_QUEUE_NOISE * luck.normal(size=len(QUEUES)))
    repeats = np.array([queue.repeat_rate for queue in QUEUES])
    usual = np.array([queue.volume for queue in QUEUES]) / (1 + repeats + repeats**2)
    extra = np.array([told.in_queue(queue.name, "offered", day) for queue in QUEUES])
    counts = luck.poisson(usual * busyness(day) * noise + extra)
    queue = np.repeat(np.arange(len(QUEUES)), counts)
    asked = zip(QUEUES, counts, FIRST_TOPIC, strict=True)
    topics = [first + luck.choice(len(q.topics), count, p=q.shares) for q, count, first in asked]
    customer = (_CUSTOMERS * luck.random(queue.size) ** 1.3).astype(np.int64)
    rate = np.array([repeat_chance(each, day, told) for each in QUEUES])[queue]
    first_back, second_back = _days_until_back(rate, luck), _days_until_back(rate, luck)
    second_back[first_back == 0] = 0
    elsewhere = luck.random(queue.size) < _CHANGES_CHANNEL
    back_queue = np.where(elsewhere, luck.integers(0, len(QUEUES), queue.size), queue)
    return _Matters(Demand(queue, np.concatenate(topics), customer, first_back > 0), back_queue, first_back, second_back)


def repeat_chance(queue: Queue, day: date, told: Telling) -> float:
    """How likely a customer's matter of that day will bring them back."""
    return queue.repeat_rate + told.in_queue(queue.name, "repeat_rate", day) / _SHOWS


def _days_until_back(rate: NDArray[np.float64], luck: np.random.Generator) -> NDArray[np.int64]:
    days = luck.choice(_LATEST_RETURN, rate.size, p=_RETURN_DAYS) + 1
    return np.where(luck.random(rate.size) < rate, days, 0)
