"""The people whom the expected contacts take, worked out for all queues and days at once."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from floorwalker.web.accounts.models import Site
from floorwalker.web.planning.history import USUAL_AHT_S, Usual
from floorwalker.web.planning.models import Expected, Round
from floorwalker.web.planning.needs import Rates, Work, largest_shortage, needed, needed_by_deadline
from floorwalker.web.planning.planned import DAY, Presence, per_interval
from floorwalker.web.planning.plans import Plan

Floats = NDArray[np.float64]
POINTS = {"need": "mean", "low": "q10", "high": "q90"}
BATCH = 200
WORKED_FROM, WORKED_TO = 8 * 60, 18 * 60
"""When work with a deadline is done where no roster says so."""


def rates_of(queue: str, usual: Mapping[str, Usual]) -> Rates:
    """A queue's rates; a queue that nobody has handled yet takes the usual ones of any."""
    return usual[queue].rates if queue in usual else Rates(USUAL_AHT_S)


def fill_people(
    rows: Sequence[Expected],
    usual: Mapping[str, Usual],
    plans: Mapping[str, Plan],
    there: Mapping[date, Sequence[Presence]],
) -> None:
    """Give each record with a curve its `people`; the site's own takes what its queues take together."""
    by_queue: dict[str, list[Expected]] = {}
    for row in rows:
        if row.curve:
            by_queue.setdefault(row.queue, []).append(row)
    for queue, mine in by_queue.items():
        if queue:
            plan, rates = plans[queue], rates_of(queue, usual)
            mine.sort(key=lambda each: each.day)
            if plan.is_later:
                _by_deadline(mine, rates, plan, there)
            else:
                _by_waiting(mine, rates, plan)
    _fill_whole([each for mine in by_queue.values() for each in mine], there)


def fill_whole(site: Site, there: Mapping[date, Sequence[Presence]]) -> None:
    """What is kept of the whole site anew, after some of its queues were worked out anew."""
    rows = list(Expected.objects.filter(site=site, snapshot=None).exclude(curve={}))
    Expected.objects.bulk_update(_fill_whole(rows, there), ["people"], batch_size=BATCH)


def _fill_whole(rows: Sequence[Expected], there: Mapping[date, Sequence[Presence]]) -> list[Expected]:
    by_day: dict[date, list[Expected]] = {}
    for row in rows:
        if row.queue:
            by_day.setdefault(row.day, []).append(row)
    wholes = [row for row in rows if not row.queue]
    for whole in wholes:
        parts = by_day.get(whole.day, [])
        whole.people = together(whole.curve["minutes"], parts)
        whole.people["worst"] = worst_of(parts, there.get(whole.day, ()))
    return wholes


def _by_waiting(rows: Sequence[Expected], rates: Rates, plan: Plan) -> None:
    """All days of a queue in one call."""
    length = rows[0].curve["length"]
    sizes = np.cumsum([len(each.curve["minutes"]) for each in rows])[:-1]
    for name, point in POINTS.items():
        contacts = np.concatenate([np.asarray(each.curve[point], float) for each in rows])
        for row, people in zip(rows, np.split(needed(contacts, length, rates, plan), sizes), strict=True):
            row.people[name] = people.tolist()


def _by_deadline(rows: Sequence[Expected], rates: Rates, plan: Plan, there: Mapping[date, Sequence[Presence]]) -> None:
    by_day = {each.day: each for each in rows}
    for row in rows:
        row.people |= people_by_deadline(row, by_day, rates, plan, there)


def people_by_deadline(
    row: Expected,
    near: Mapping[date, Expected],
    rates: Rates,
    plan: Plan,
    there: Mapping[date, Sequence[Presence]],
    factor: float = 1.0,
) -> dict[str, list[float]]:
    """What a day's work with a deadline takes. Work of the day before may still be waiting in the morning, and work of the day
    may be done on the day after (`near`, where there are such days); `factor` is how many more contacts come.
    """
    days = [day for step in (-1, 0, 1) if (day := near.get(row.day + timedelta(step))) is not None]
    minutes = [np.asarray(each.curve["minutes"], float) + (each.day - row.day).days * DAY for each in days]
    sizes = np.cumsum([0, *(len(each) for each in minutes)])
    mine = slice(*sizes[(place := days.index(row)) : place + 2])
    hands = np.concatenate([hands_in(each, there) for each in days])
    found = {}
    for name, point in POINTS.items():
        comes = [np.asarray(each.curve[point], float) * factor * (each.day <= row.day) for each in days]
        work = Work(np.concatenate(minutes), np.concatenate(comes), hands)
        found[name] = needed_by_deadline(work, row.curve["length"], rates, plan)[mine].tolist()
    return found


def hands_in(row: Expected, there: Mapping[date, Sequence[Presence]]) -> Floats:
    """How hands for a queue's waiting work are spread over the day: as planned, else the same number in the usual hours."""
    minutes, length = row.curve["minutes"], row.curve["length"]
    planned = per_interval(there.get(row.day, ()), [row.queue], minutes, length)[row.queue]
    if planned.any():
        return planned
    starts = np.asarray(minutes)
    return np.asarray((starts >= WORKED_FROM) & (starts < WORKED_TO), float)


def together(minutes: Sequence[int], parts: Sequence[Expected]) -> dict[str, Any]:
    """What the queues take in each of these intervals, added up."""
    place = {minute: number for number, minute in enumerate(minutes)}
    sums = {name: np.zeros(len(minutes)) for name in POINTS}
    for part in parts:
        at = [place[minute] for minute in part.curve["minutes"] if minute in place]
        inside = [number for number, minute in enumerate(part.curve["minutes"]) if minute in place]
        for name, total in sums.items():
            total[at] += np.asarray(part.people[name], float)[inside]
    return {name: total.tolist() for name, total in sums.items()}


def worst_of(parts: Sequence[Expected], present: Sequence[Presence]) -> dict[str, Any] | None:
    """The queue in which most people are missing at some time, with minutes and how many; None when nowhere."""
    found: list[tuple[int, str, int, int]] = []
    for part in parts if present else ():
        minutes, length = part.curve["minutes"], part.curve["length"]
        planned = per_interval(present, [part.queue], minutes, length)[part.queue]
        if planned.any() and (short := largest_shortage(minutes, length, np.asarray(part.people["need"], float), planned)):
            found.append((short.most, part.queue, short.start, short.end))
    if not found:
        return None
    most, queue, start, end = max(found)
    return {"queue": queue, "start": start, "end": end, "most": most}


def rates_of_round(queue: str, round_: Round | None) -> Rates:
    """The rates that the last round used for a queue."""
    told = round_.rates.get(queue) if round_ else None
    return Rates(told["aht_s"], told["patience_s"], tuple(told.get("chats", ()))) if told else Rates(USUAL_AHT_S)
