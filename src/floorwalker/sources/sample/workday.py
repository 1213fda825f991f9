"""One working day of the centre: what arrives in each queue, who takes it, and to whom it is passed on.

A mailbox is worked off from one afternoon to the next: what comes after `_MAIL_CUT` belongs to the next day's work.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from floorwalker.sources.sample.customers import demand, repeat_chance
from floorwalker.sources.sample.days import HISTORY_DAYS, Day, chance, day_of
from floorwalker.sources.sample.floor import Floats, Ints, Work, serve
from floorwalker.sources.sample.people import agents
from floorwalker.sources.sample.queues import LENGTH, NUMBER, OUTSIDE, QUEUES, Queue
from floorwalker.sources.sample.roster import Crew, crew
from floorwalker.sources.sample.stories import Telling
from floorwalker.sources.sample.visits import (
    DAY_STEP,
    NOBODY,
    OUT_OF_HOUSE,
    QUEUE_STEP,
    STAYED,
    UNKNOWN,
    Visits,
    together,
)

_MAIL_CUT = 17 * 3600
_TALK_SPREAD = 0.55
_ACW_SPREAD = 0.5
_HELD = 0.25
_DAY_NOISE = 0.012
_RING_S = (2, 9)
_HANGS_UP = 0.012
_ENDLESS = 10**9
_WAIT_HURTS, _WAIT_HURTS_UP_TO_S = 0.15, 300
_PASSED_ON_HURTS = 0.08
_UNSETTLED_HURTS = 0.15
_SETTLED_AT_ONCE = 0.72
_REOPENED = 0.07


@dataclass(frozen=True)
class Desk:
    """One queue's day: its crew, and when each of their places really began its breaks."""

    queue: Queue
    crew: Crew
    paused: Ints


@dataclass(frozen=True)
class Workday:
    """A day's work: every stay that was worked on, and the desks at which this was done."""

    day: Day
    visits: Visits
    desks: tuple[Desk, ...]


@lru_cache(maxsize=2)
def workday(date_: date, told: Telling) -> Workday:
    """Draw one day. Queues pass contacts on only to queues further down the list, so they are served in that order."""
    day = day_of(date_)
    done: list[Visits] = []
    desks: list[Desk] = []
    for number, queue in enumerate(QUEUES):
        own = _mail(day, queue, told) if queue.channel == "email" else _arrivals(day, queue, told)
        waiting = together([own, *(_handed_over(visits, number) for visits in done)])
        visits, desk = _served(day, queue, waiting.take(np.argsort(waiting.arrival, kind="stable")), told)
        done.append(visits)
        desks.append(desk)
    return Workday(day, together(done), tuple(desks))


def still_waiting(today: date, told: Telling) -> Visits:
    """The e-mails that came on the eve of `today` after the mailbox was worked off: nobody has answered them yet."""
    queue = QUEUES[NUMBER["E-mail"]]
    eve = _arrivals(day_of(today - timedelta(1)), queue, told)
    late = eve.take(eve.arrival >= day_of(today - timedelta(1)).at(_MAIL_CUT))
    return replace(late, at=np.full(late.at.size, day_of(today).midnight))


def _mail(day: Day, queue: Queue, told: Telling) -> Visits:
    """What came into the mailbox since yesterday's cut; on the first day of all it was empty in the morning."""
    today, yesterday = _arrivals(day, queue, told), day_of(day.date - timedelta(1))
    early = today.take(today.arrival < day.at(_MAIL_CUT))
    if day.date == told.today - timedelta(HISTORY_DAYS):
        return early
    eve = _arrivals(yesterday, queue, told)
    return together([eve.take(eve.arrival >= yesterday.at(_MAIL_CUT)), early])


def _arrivals(day: Day, queue: Queue, told: Telling) -> Visits:
    """The contacts that begin in `queue` on `day`, in order of arrival, not yet served."""
    number, wanted = NUMBER[queue.name], demand(day.date, told)
    these = wanted.take(wanted.queue == number)
    luck = chance(day.date, queue.name, "arrivals")
    so_far = np.cumsum([0.0, *queue.profile[day.clock]])
    moments = np.sort(luck.random(these.queue.size)) * so_far[-1]
    arrival = day.midnight + np.interp(moments, so_far, np.arange(so_far.size) * 3600).astype(np.int64)
    order = luck.permutation(these.queue.size)
    first = day.date.toordinal() * DAY_STEP + number * QUEUE_STEP
    nothing = np.zeros_like(arrival)
    return Visits(
        contact=first + np.arange(arrival.size),
        seq=nothing,
        queue=nothing + number,
        topic=these.topic[order],
        customer=these.customer[order],
        returns=these.returns[order],
        began=arrival,
        arrival=arrival,
        agent=nothing + NOBODY,
        at=arrival,
        ring=nothing,
        talk=nothing,
        hold=nothing,
        acw=nothing,
        passed_to=nothing + STAYED,
        satisfied=np.zeros(arrival.size),
        resolved=nothing + UNKNOWN,
        reopened=nothing + UNKNOWN,
    )


def _handed_over(visits: Visits, number: int) -> Visits:
    """The stays that begin in queue `number` because an agent passed the customer on to it."""
    these = visits.take(visits.passed_to == number)
    nothing = np.zeros_like(these.seq)
    return replace(
        these,
        seq=these.seq + 1,
        queue=nothing + number,
        arrival=these.left,
        agent=nothing + NOBODY,
        at=these.left,
        talk=nothing,
        hold=nothing,
        acw=nothing,
        passed_to=nothing + STAYED,
    )


def _served(day: Day, queue: Queue, waiting: Visits, told: Telling) -> tuple[Visits, Desk]:
    luck = chance(day.date, queue.name, "work")
    people = crew(day, queue, agents(told.today), told)
    places = people.places(queue)
    work = _work(day, queue, waiting, told, luck)
    served = serve(work, places)
    taken = served.place >= 0
    member = np.where(taken, places.agent[served.place], 0)
    visits = replace(
        waiting,
        agent=np.where(taken, people.agent[member], NOBODY),
        at=served.at,
        ring=np.where(taken, work.ring, 0),
        talk=served.parts[:, 0],
        hold=served.parts[:, 1],
        acw=served.parts[:, 2],
    )
    visits = replace(visits, passed_to=_passed_to(day, queue, people, member, taken, told, luck))
    visits = replace(visits, satisfied=_satisfied(day, queue, people, member, visits, told))
    return (_answered_mail(visits, luck, told) if queue.channel == "email" else visits), Desk(queue, people, served.paused)


def _work(day: Day, queue: Queue, waiting: Visits, told: Telling, luck: np.random.Generator) -> Work:
    """How long each contact would take an average agent, and how long its customer would wait."""
    count = waiting.arrival.size
    length = LENGTH[waiting.topic] * np.exp(_DAY_NOISE * luck.normal())
    all_parts = told.in_queue(queue.name, "aht", day.date) / queue.aht_s

    def mean(measure: str, usual: float) -> Floats:
        return np.asarray(length * usual * (1 + all_parts) + told.in_queue(queue.name, measure, day.date))

    held = luck.random(count) < _HELD
    patience = np.where(luck.random(count) < _HANGS_UP, 3.0, luck.exponential(queue.patience_s, count)) + 1
    ringing = luck.integers(*_RING_S, count)
    if queue.channel == "email":
        patience, ringing = np.full(count, np.inf), np.zeros(count, np.int64)
    return Work(
        arrival=waiting.arrival,
        patience=np.minimum(patience, _ENDLESS).astype(np.int64),
        ring=ringing,
        talk=mean("talk_time", queue.talk_s) * _around_one(luck, count, _TALK_SPREAD),
        hold=mean("hold_time", queue.hold_s) * held * luck.exponential(1 / _HELD, count),
        acw=mean("acw_time", queue.acw_s) * _around_one(luck, count, _ACW_SPREAD),
    )


def _around_one(luck: np.random.Generator, count: int, spread: float) -> Floats:
    return np.exp(luck.normal(-(spread**2) / 2, spread, count))


def _passed_to(
    day: Day, queue: Queue, people: Crew, member: Ints, taken: NDArray[np.bool_], told: Telling, luck: np.random.Generator
) -> Ints:
    """To which queue each answered contact is passed on, OUT_OF_HOUSE, or STAYED."""
    usual = sum(rate for _, rate in queue.transfers)
    rate = usual * people.transfer_factor + people.transfer_extra + told.in_queue(queue.name, "transfer_rate", day.date)
    steps = np.cumsum([share for _, share in queue.transfers]) / usual
    targets = np.array([OUT_OF_HOUSE if name == OUTSIDE else NUMBER[name] for name, _ in queue.transfers])
    point = luck.random(member.size)
    rates = rate[member]
    passed = taken & (point < rates)
    which = np.searchsorted(steps, np.divide(point, rates, out=np.zeros_like(point), where=passed)).clip(0, targets.size - 1)
    return np.where(passed, targets[which], STAYED)


def _satisfied(day: Day, queue: Queue, people: Crew, member: Ints, visits: Visits, told: Telling) -> Floats:
    """How likely the customer is satisfied: the queue, the agent, the wait, being passed on, and whether it was settled."""
    waited = (visits.at - visits.arrival).clip(0, _WAIT_HURTS_UP_TO_S) / _WAIT_HURTS_UP_TO_S
    hurt = _WAIT_HURTS * waited * (queue.channel != "email") + _PASSED_ON_HURTS * (visits.passed_to != STAYED)
    expected = queue.satisfied + told.in_queue(queue.name, "csat", day.date) + people.satisfied[member]
    unsettled = visits.returns - repeat_chance(queue, day.date, told)
    return np.asarray((expected - hurt - _UNSETTLED_HURTS * unsettled).clip(0.02, 0.98))


def _answered_mail(visits: Visits, luck: np.random.Generator, told: Telling) -> Visits:
    """When each answered e-mail was resolved, as far as is known today, and how often it was opened again."""
    count = visits.at.size
    reopened = np.where(luck.random(count) < _REOPENED, 1 + (luck.random(count) < 0.15), 0)
    at_once = luck.random(count) < _SETTLED_AT_ONCE
    later = np.where(at_once, 0, luck.lognormal(11.2, 0.7, count)) + reopened * luck.lognormal(11.6, 0.6, count)
    resolved = visits.left + later.astype(np.int64)
    known = resolved < day_of(told.today).midnight
    return replace(visits, resolved=np.where(known, resolved, UNKNOWN), reopened=np.where(known, reopened, 0))
