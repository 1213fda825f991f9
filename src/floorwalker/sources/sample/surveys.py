"""What customers say when they are asked: satisfaction first, then, if they answer, the two other questions."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from floorwalker.sources.sample.days import chance, day_of
from floorwalker.sources.sample.floor import Floats, Ints
from floorwalker.sources.sample.queues import QUEUES
from floorwalker.sources.sample.stories import Telling
from floorwalker.sources.sample.visits import NOBODY, OUT_OF_HOUSE, STAYED, UNKNOWN, Visits, together
from floorwalker.sources.sample.workday import Workday

_ASKED = {"voice": 0.22, "chat": 0.35, "email": 0.25}
_ANSWER = {"voice": 0.26, "chat": 0.33, "email": 0.2}
_ASKED_AFTER_S = 120
_USUAL_DELAY, _DELAY_SPREAD = np.log(1500), 1.3
_FIVE_IF_SATISFIED = 0.62
_LOW_SCORES = np.cumsum([0.32, 0.28])
_SETTLED_IF_STAYS_AWAY, _SETTLED_IF_RETURNS = 0.88, 0.3
_RECOMMENDS = np.cumsum(
    [
        [0.45, 0.14, 0.12, 0.1, 0.07, 0.06, 0.03, 0.02, 0.01, 0, 0],
        [0.12, 0.1, 0.12, 0.14, 0.14, 0.16, 0.1, 0.06, 0.04, 0.01, 0.01],
        [0.03, 0.02, 0.04, 0.06, 0.09, 0.2, 0.2, 0.19, 0.12, 0.03, 0.02],
        [0.01, 0, 0.01, 0.01, 0.02, 0.06, 0.1, 0.23, 0.31, 0.16, 0.09],
        [0, 0, 0, 0, 0.01, 0.02, 0.03, 0.07, 0.17, 0.25, 0.45],
    ],
    axis=1,
)


@dataclass(frozen=True)
class Answers:
    """One row for each customer who was asked, about the stay in the contact that came last. Times are epoch seconds.

    `answered` is UNKNOWN for those who have not answered by today; `csat` 1 to 5, `nps` 0 to 10, `settled` 0 or 1 are then 0.
    """

    stay: Visits
    asked: Ints
    answered: Ints
    csat: Ints
    nps: Ints
    settled: Ints

    def take(self, rows: Ints) -> Self:
        """The answers at `rows`."""
        return type(self)(self.stay.take(rows), *(getattr(self, each.name)[rows] for each in fields(self)[1:]))


def surveys(work: Workday, told: Telling) -> Answers:
    """Those asked about the day's contacts, drawn apart from everything else so that nothing depends on them."""
    luck = chance(work.day.date, "surveys")
    visits = work.visits
    ends_here = (visits.agent != NOBODY) & np.isin(visits.passed_to, (STAYED, OUT_OF_HOUSE))
    stay = visits.take(ends_here & (luck.random(ends_here.size) < _by_channel(_ASKED, visits)))
    count = stay.at.size
    moment = stay.left + _ASKED_AFTER_S
    delay = luck.lognormal(_USUAL_DELAY, _DELAY_SPREAD, count).astype(np.int64)
    replied = luck.random(count) < _by_channel(_ANSWER, stay)
    answered = replied & (moment + delay < day_of(told.today).midnight)
    csat = _csat(stay, luck)
    nps = (luck.random(count)[:, None] >= _RECOMMENDS[csat - 1]).sum(axis=1).clip(0, 10)
    settled = luck.random(count) < np.where(stay.returns, _SETTLED_IF_RETURNS, _SETTLED_IF_STAYS_AWAY)
    return Answers(
        stay, moment, np.where(answered, moment + delay, UNKNOWN), csat * answered, nps * answered, 1 * (settled & answered)
    )


def _csat(stay: Visits, luck: np.random.Generator) -> Ints:
    """4 or 5 for the satisfied, 1 to 3 for the others."""
    satisfied = luck.random(stay.satisfied.size) < stay.satisfied
    finer = luck.random(stay.satisfied.size)
    return np.where(satisfied, 4 + (finer < _FIVE_IF_SATISFIED), 3 - np.searchsorted(_LOW_SCORES, finer, side="right"))


def _by_channel(rates: dict[str, float], visits: Visits) -> Floats:
    return np.array([rates[queue.channel] for queue in QUEUES])[visits.queue]


def all_answers(parts: list[Answers]) -> Answers:
    """All of them, one after the other."""
    rest = (np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Answers)[1:])
    return Answers(together([part.stay for part in parts]), *rest)
