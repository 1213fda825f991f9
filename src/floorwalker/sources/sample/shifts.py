"""The sample centre's roster as its planners wrote it: who was meant to be at work when, past days and coming ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.sources.sample.days import day_of
from floorwalker.sources.sample.people import agents
from floorwalker.sources.sample.queues import QUEUES
from floorwalker.sources.sample.roster import crew
from floorwalker.sources.sample.stories import telling


@dataclass(frozen=True)
class PlannedShift:
    """One agent's day in minutes from midnight, breaks included."""

    agent: str
    day: date
    start: int
    end: int
    queue: str
    breaks: tuple[tuple[int, int], ...]


def planned_shifts(today: date, first: date, last: date) -> Iterator[PlannedShift]:
    """Every shift from `first` to `last`, both included, of the centre as it looks on the morning of `today`."""
    everybody, told = agents(today), telling(today)
    for step in range((last - first).days + 1):
        day = day_of(first + timedelta(step))
        zero = day.at(0)
        for queue in QUEUES:
            there = crew(day, queue, everybody, told)
            for row, number in enumerate(there.agent):
                pauses = zip(there.pauses[row], there.lengths[row], strict=True)
                breaks = tuple(
                    (int(at - zero) // 60, int(at + length - zero) // 60) for at, length in sorted(pauses) if length > 0
                )
                start, end = (int(edge[row] - zero) // 60 for edge in (there.starts, there.ends))
                yield PlannedShift(everybody[number].name, day.date, start, end, queue.name, _apart(breaks, start, end))


def _apart(breaks: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Breaks within the shift, each after the one before."""
    kept: list[tuple[int, int]] = []
    for first, last in breaks:
        begin = max(first, kept[-1][1] if kept else start)
        if begin < min(last, end):
            kept.append((begin, min(last, end)))
    return tuple(kept)
