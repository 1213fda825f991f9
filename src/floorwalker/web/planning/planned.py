"""How many people are planned in each interval of a day, from the shifts that are in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from floorwalker.web.accounts.models import Site
from floorwalker.web.planning.models import Roster, Shift
from floorwalker.web.planning.rosters import counted

DAY = 24 * 60
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Presence:
    """People at work in a queue, as stretches of minutes of one day."""

    queue: str
    start: int
    end: int
    people: float


def presences(site: Site, first: date, last: date) -> dict[date, list[Presence]]:
    """By day who is there when: breaks taken out, night shifts cut at midnight; several queues of a shift share it equally."""
    found: dict[date, list[Presence]] = {}
    shifts = counted(site).filter(day__range=(first - timedelta(1), last))
    for on, start, end, queue, people, breaks in shifts.values_list("day", "start", "end", "queue", "people", "breaks"):
        queues = queues_of(queue)
        for begins, ends in _stretches(start, end, breaks):
            for day, begin, until in _by_day(on, begins, ends):
                if first <= day <= last:
                    share = people / len(queues)
                    found.setdefault(day, []).extend(Presence(each, begin, until, share) for each in queues)
    return found


def touched_by(roster: Roster) -> frozenset[str]:
    """The queues of a roster's shifts, and of those that gave way to them."""
    either = Shift.objects.filter(Q(roster=roster) | Q(replaced_by=roster))
    return frozenset(name for each in either.values_list("queue", flat=True).distinct() for name in queues_of(each))


def queues_of(written: str) -> list[str]:
    """The queues of a shift; several are written with semicolons between them."""
    return [name for each in written.split(";") if (name := each.strip())]


def _stretches(start: int, end: int, breaks: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    edges, at = [], start
    for away, back in breaks:
        edges.append((at, away))
        at = back
    return [(begins, ends) for begins, ends in [*edges, (at, end)] if ends > begins]


def _by_day(day: date, start: int, end: int) -> list[tuple[date, int, int]]:
    pieces = []
    while start < end:
        ahead, begin = divmod(start, DAY)
        until = min(end - ahead * DAY, DAY)
        pieces.append((day + timedelta(ahead), begin, until))
        start = (ahead + 1) * DAY
    return pieces


def per_interval(there: Iterable[Presence], queues: Sequence[str], minutes: Sequence[int], length: int) -> dict[str, Floats]:
    """People in each interval that begins at `minutes`: a person who is there for half of it counts half."""
    starts = np.array(minutes, dtype=np.float64)
    counts = {queue: np.zeros(len(starts)) for queue in queues}
    for each in there:
        if each.queue in counts:
            overlap = np.minimum(starts + length, each.end) - np.maximum(starts, each.start)
            counts[each.queue] += np.clip(overlap, 0, length) / length * each.people
    return counts


@dataclass(frozen=True)
class Crew:
    """Those who serve the same queues on a day, as (from, to, people) in minutes."""

    queues: tuple[str, ...]
    stretches: tuple[tuple[int, int, int], ...]

    def per_interval(self, length: int) -> Floats:
        """Whole people in each interval of the day, as in its middle."""
        middles = np.arange(0, DAY, length) + length / 2
        there = [people * ((middles > start) & (middles < end)) for start, end, people in self.stretches]
        return np.asarray(np.sum(there, axis=0), float)


def crews(site: Site, day: date) -> list[Crew]:
    """The people of a day by the queues that they serve, breaks taken out."""
    found: dict[tuple[str, ...], list[tuple[int, int, int]]] = {}
    shifts = counted(site).filter(day__range=(day - timedelta(1), day))
    for on, start, end, queue, people, breaks in shifts.values_list("day", "start", "end", "queue", "people", "breaks"):
        for begins, ends in _stretches(start, end, breaks):
            for at, begin, until in _by_day(on, begins, ends):
                if at == day:
                    found.setdefault(tuple(sorted(set(queues_of(queue)))), []).append((begin, until, people))
    return [Crew(queues, tuple(stretches)) for queues, stretches in sorted(found.items())]
