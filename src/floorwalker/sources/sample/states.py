"""What each agent was doing all day: busy with contacts, on a break, else available, cut at quarters of an hour."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from floorwalker.sources.sample.floor import NEVER, Ints
from floorwalker.sources.sample.roster import BREAKS
from floorwalker.sources.sample.visits import Visits
from floorwalker.sources.sample.workday import Desk, Workday

STATES = ("available", "busy", "break")
AVAILABLE, BUSY, BREAK = range(3)
REASONS = ("", *BREAKS)

_QUARTER_S = 900
_FAR = 10**6


@dataclass(frozen=True)
class Stretches:
    """Stretches of agents in states, one row each: numbers of agent, state and reason, from and until in epoch seconds.

    `began` is the start of the whole stretch where a row is a piece of one.
    """

    agent: Ints
    state: Ints
    reason: Ints
    began: Ints
    start: Ints
    end: Ints

    def take(self, rows: Ints) -> Self:
        """The stretches at `rows`."""
        return type(self)(*(getattr(self, each.name)[rows] for each in fields(self)))


def states(work: Workday, visits: Visits) -> Stretches:
    """The day of everybody who worked, without gap or overlap from signing in to signing out.

    `visits` are the stays to count, the day's own or some of them. Contacts that overlap, as chats do, are busy time once.
    """
    breaks = joined([_breaks(desk) for desk in work.desks])
    occupied = joined([_busy(visits, work.day.midnight), breaks])
    occupied = occupied.take(np.lexsort((occupied.start, occupied.agent)))
    return _in_quarters(joined([occupied, _between(occupied, *_shifts(work.desks))]))


def _busy(visits: Visits, midnight: int) -> Stretches:
    """The union of each agent's contacts."""
    taken = visits.take(np.flatnonzero((visits.agent >= 0) & (visits.handle > 0)))
    order = np.lexsort((taken.at, taken.agent))
    agent, start = taken.agent[order], taken.at[order]
    apart = agent * _FAR - midnight
    reach = np.maximum.accumulate(start + taken.handle[order] + apart)
    opens = np.append(True, (start + apart)[1:] > reach[:-1])[: start.size]
    closes = np.append(opens[1:], True)[: start.size]
    return _stretches(agent[opens], BUSY, 0, start[opens], reach[closes] - apart[closes])


def _breaks(desk: Desk) -> Stretches:
    """An agent is on a break while all of the agent's places are."""
    begun = desk.paused.reshape(desk.queue.at_once, desk.crew.agent.size, len(BREAKS))
    start, first = begun.max(axis=0), begun.min(axis=0)
    person, which = np.nonzero((start != NEVER) & (start < first + desk.crew.lengths))
    start, end = start[person, which], first[person, which] + desk.crew.lengths[person, which]
    return _stretches(desk.crew.agent[person], BREAK, which + 1, start, end)


def _shifts(desks: tuple[Desk, ...]) -> tuple[Ints, Ints, Ints]:
    agent, starts, ends = (np.concatenate([getattr(desk.crew, name) for desk in desks]) for name in ("agent", "starts", "ends"))
    order = np.argsort(agent)
    return agent[order], starts[order], ends[order]


def _between(occupied: Stretches, agent: Ints, starts: Ints, ends: Ints) -> Stretches:
    """Signed in and not occupied: before the first, between, and after the last of an agent's stretches."""
    everyone = np.concatenate([occupied.agent, agent])
    since = np.concatenate([occupied.end, starts])
    order = np.lexsort((since, everyone))
    everyone, since = everyone[order], since[order]
    last = np.append(everyone[1:] != everyone[:-1], True)
    until = np.empty_like(since)
    until[~last], until[last] = occupied.start, ends
    waits = until > since
    return _stretches(everyone[waits], AVAILABLE, 0, since[waits], until[waits])


def _in_quarters(whole: Stretches) -> Stretches:
    pieces = (whole.end - 1) // _QUARTER_S - whole.start // _QUARTER_S + 1
    rows = np.repeat(np.arange(whole.agent.size), pieces)
    nth = np.arange(rows.size) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    cut = whole.take(rows)
    quarter = (cut.start // _QUARTER_S + nth) * _QUARTER_S
    start, end = np.maximum(cut.start, quarter), np.minimum(cut.end, quarter + _QUARTER_S)
    return Stretches(cut.agent, cut.state, cut.reason, cut.began, start, end)


def _stretches(agent: Ints, state: int, reason: int | Ints, start: Ints, end: Ints) -> Stretches:
    return Stretches(agent, np.full_like(agent, state), np.full_like(agent, 0) + reason, start, start, end)


def joined(parts: list[Stretches]) -> Stretches:
    """All of them, one after the other."""
    return Stretches(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Stretches)))
