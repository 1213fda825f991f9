"""Who works in which queue on a day, when, and with what pace: the day's plan, with days off that go round in turn."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from floorwalker.sources.sample.days import Day, is_holiday
from floorwalker.sources.sample.floor import Ints, Places
from floorwalker.sources.sample.people import Agent
from floorwalker.sources.sample.queues import Queue
from floorwalker.sources.sample.stories import Telling

BREAKS = ("Short break", "Lunch", "Coaching", "Short break")

_SHIFT_S = 8 * 3600
_OVERTIME_S = 5 * 3600
_FIRST_BREAK_AFTER, _LAST_BREAK_AFTER, _BREAKS_WITHIN = 4500, 5.25 * 3600, 5400
_LUNCH_FROM, _LUNCH_WITHIN = 12 * 3600, 3.5 * 3600
_BREAK_S = np.array([900, 1800, 1800, 900])
_COACHING = BREAKS.index("Coaching")
_PRESENT = (0.83, 0.76, 0.71, 0.69, 0.67, 0.5, 0.38)
_PRESENT_ON_HOLIDAY = 0.36
_DAYS_IN_A_ROW = 2
_GOLDEN = 0.618
_HELPING_OUT = 3


@dataclass(frozen=True)
class Crew:
    """Those at work in one queue on one day, one row each: number in the list of agents, shift in epoch seconds, planned breaks
    (agents x breaks) and their lengths, pace against the queue's talk, hold and acw, and rates added to the queue's."""

    agent: Ints
    starts: Ints
    ends: Ints
    pauses: Ints
    lengths: Ints
    pace: NDArray[np.float64]
    transfer_factor: NDArray[np.float64]
    transfer_extra: NDArray[np.float64]
    satisfied: NDArray[np.float64]

    def places(self, queue: Queue) -> Places:
        """The places of the crew: one for each contact that an agent may hold at once, the agents' first places first."""
        overtime = _OVERTIME_S if queue.channel == "email" else 0
        times = queue.at_once
        return Places(
            agent=np.tile(np.arange(self.agent.size), times),
            starts=np.tile(self.starts, times),
            ends=np.tile(self.ends + overtime, times),
            pauses=np.tile(self.pauses, (times, 1)),
            lengths=np.tile(self.lengths, (times, 1)),
            pace=np.tile(self.pace, (times, 1)),
        )


def crew(day: Day, queue: Queue, agents: tuple[Agent, ...], told: Telling) -> Crew:
    """Those who are planned for `queue` on `day`."""
    present = [number for number, agent in _in_turn(agents, day.date) if _today(agent, queue, agents, day.date)]
    chosen = [agents[number] for number in present]
    starts = _shift_starts(day, queue, len(present))
    return Crew(
        agent=np.array(present, dtype=np.int64),
        starts=starts,
        ends=starts + _SHIFT_S,
        pauses=_pauses(day, starts),
        lengths=_lengths(day.date, chosen),
        pace=np.array([_pace(agent, queue, told, day.date) for agent in chosen]).reshape(-1, 3),
        transfer_factor=np.array([agent.transfers for agent in chosen]),
        transfer_extra=_extra("transfer_rate", chosen, told, day.date),
        satisfied=np.array([agent.satisfied for agent in chosen]) + _extra("csat", chosen, told, day.date),
    )


def _in_turn(agents: tuple[Agent, ...], day: date) -> list[tuple[int, Agent]]:
    """Everybody with their number, begun elsewhere each week so that shifts pass from one to the next."""
    turn = (day.toordinal() // 7) % len(agents)
    numbered = list(enumerate(agents))
    return numbered[turn:] + numbered[:turn]


def _today(agent: Agent, queue: Queue, agents: tuple[Agent, ...], day: date) -> bool:
    here = agent.second if agent.second and day.weekday() == _HELPING_OUT else agent.queue
    return here == queue.name and agent.works_here(day) and not _is_off(agent, _seats(agent.queue, agents), day)


@cache
def _seats(queue: str, agents: tuple[Agent, ...]) -> int:
    return len({agent.rank for agent in agents if agent.queue == queue})


def _is_off(agent: Agent, seats: int, day: date) -> bool:
    """Days off go round the seats of a queue: the same number of them on each weekday, and two days in a row for each."""
    off = [seats - round(seats * share) for share in _PRESENT]
    week, weekday = divmod(day.toordinal() - 1, 7)
    since = (week * sum(off) + sum(off[:weekday])) // _DAYS_IN_A_ROW
    today = seats - round(seats * _PRESENT_ON_HOLIDAY) if is_holiday(day) else off[weekday]
    return (agent.rank - since) % seats < today


def _shift_starts(day: Day, queue: Queue, count: int) -> Ints:
    """Shift starts spread over the day as the queue's plan wants it."""
    hours, shares = zip(*queue.starts, strict=True)
    at = np.searchsorted(np.cumsum(shares), (np.arange(count) + 0.5) / max(count, 1), side="left").clip(0, len(hours) - 1)
    return np.array([day.at(int(hours[i] * 3600)) for i in at], dtype=np.int64)


def _pauses(day: Day, starts: Ints) -> Ints:
    """A short break early and late in the shift; lunch one after the other around the quiet hours, then room for coaching."""
    turn = np.arange(starts.size)
    lunch = day.at(_LUNCH_FROM) + _LUNCH_WITHIN * (turn + 0.5) / max(starts.size, 1)
    scattered = _BREAKS_WITHIN * (turn * _GOLDEN % 1)
    first, last = starts + _FIRST_BREAK_AFTER + scattered, starts + _LAST_BREAK_AFTER + scattered
    return np.stack([first, lunch, lunch + 1800, last], axis=1).astype(np.int64)


def _lengths(day: date, chosen: list[Agent]) -> Ints:
    """Everybody is coached once a week, each on a day of their own."""
    lengths = np.tile(_BREAK_S, (len(chosen), 1))
    lengths[[agent.rank % 5 != day.weekday() for agent in chosen], _COACHING] = 0
    return lengths


def _pace(agent: Agent, queue: Queue, told: Telling, day: date) -> tuple[float, float, float]:
    """The agent's talk, hold and after-contact work as multiples of the queue's."""

    def longer(measure: str) -> float:
        return told.of_agent(agent.name, agent.team, measure, day)

    all_parts = longer("aht") / queue.aht_s
    return (
        agent.talk + all_parts + longer("talk_time") / queue.talk_s,
        agent.hold + all_parts + (longer("hold_time") / queue.hold_s if queue.hold_s else 0.0),
        agent.acw + all_parts + longer("acw_time") / queue.acw_s,
    )


def _extra(measure: str, chosen: list[Agent], told: Telling, day: date) -> NDArray[np.float64]:
    return np.array([told.of_agent(agent.name, agent.team, measure, day) for agent in chosen])
