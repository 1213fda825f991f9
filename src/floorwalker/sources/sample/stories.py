"""The stories that the sample centre tells: read from `stories.toml`, dated, and turned into what they change on a day."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from floorwalker.sources.sample.days import is_holiday

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Kind(Enum):
    """How a story runs: for a few days, from one day to the next for good, building up, or wearing off with practice."""

    BLIP = "blip"
    LASTING = "lasting"
    GRADUAL = "gradual"
    LEARNING = "learning"


@dataclass(frozen=True)
class Move:
    """What a story does to a measure, at full size, in the measure's own unit. `emerges` when it follows by itself."""

    measure: str
    size: float
    emerges: bool = False


@dataclass(frozen=True)
class Story:
    """One thing that happened, to one queue, team or agent, from `first` to `last` (None while it lasts)."""

    name: str
    kind: Kind
    note: str
    first: date
    last: date | None
    moves: tuple[Move, ...]
    also: tuple[str, ...] = ()
    queue: str | None = None
    team: str | None = None
    agent: str | None = None
    builds_over: int = 1
    halves_in: int = 1

    def weight(self, day: date) -> float:
        """How much of its full size the story has on that day, 0 to 1."""
        if day < self.first or (self.last is not None and day > self.last):
            return 0.0
        age = (day - self.first).days
        if self.kind is Kind.GRADUAL:
            return min(1.0, (age + 1) / self.builds_over)
        if self.kind is Kind.LEARNING:
            return float(0.5 ** (age / self.halves_in))
        return 1.0

    def set_size(self, measure: str) -> float:
        """What the story itself does to `measure` at full size; 0 for what merely follows."""
        return sum(move.size for move in self.moves if move.measure == measure and not move.emerges)


@cache
def stories(today: date) -> tuple[Story, ...]:
    """Every story, dated as seen from `today`."""
    told = tomllib.loads(files(__package__).joinpath("stories.toml").read_text(encoding="utf-8"))
    return tuple(_story(entry, today) for entry in told["story"])


def _story(entry: dict[str, Any], today: date) -> Story:
    lasts = entry.get("lasts")
    first = _first_day(today - timedelta(entry["begins"]), entry.get("weekday"), lasts)
    return Story(
        name=entry["name"],
        kind=Kind(entry["kind"]),
        note=entry["note"],
        first=first,
        last=None if lasts is None else first + timedelta(lasts - 1),
        moves=tuple(Move(**move) for move in entry["moves"]),
        also=tuple(entry.get("also", ())),
        queue=entry.get("queue"),
        team=entry.get("team"),
        agent=entry.get("agent"),
        builds_over=entry.get("builds_over", 1),
        halves_in=entry.get("halves_in", 1),
    )


def _first_day(first: date, weekday: str | None, lasts: int | None) -> date:
    if weekday is not None:
        first -= timedelta((first.weekday() - _WEEKDAYS.index(weekday)) % 7)
    while lasts is not None and any(is_holiday(first + timedelta(k)) for k in range(lasts)):
        first -= timedelta(7)
    return first


@dataclass(frozen=True, eq=False)
class Telling:
    """The stories as seen from one today, asked by those who draw a day."""

    today: date
    told: tuple[Story, ...]

    def in_queue(self, queue: str, measure: str, day: date) -> float:
        """By how much the stories of a queue move a measure on a day."""
        return sum(story.set_size(measure) * story.weight(day) for story in self.told if story.queue == queue)

    def of_agent(self, agent: str, team: str, measure: str, day: date) -> float:
        """By how much the stories of an agent and of the agent's team move a measure on a day."""
        theirs = (story for story in self.told if story.agent == agent or story.team == team)
        return sum(story.set_size(measure) * story.weight(day) for story in theirs)


@cache
def telling(today: date) -> Telling:
    """All stories, as seen from `today`."""
    return Telling(today, stories(today))
