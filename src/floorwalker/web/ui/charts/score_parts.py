"""What a day's score shows: what will come, the people it takes and who is planned, room to spare, and the reader's own day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

FEWEST_HOURS = 4 * 60


@dataclass(frozen=True)
class Load:
    """What will come per interval: expected, 1 in 10 to 9 in 10, and what came so far (None: not known yet)."""

    expected: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    came: Sequence[float | None]
    title: str
    notes: tuple[str, ...]
    inner: tuple[Sequence[float], Sequence[float]] | None = None
    """The middle half, drawn as a second band."""
    earlier: Sequence[float] | None = None
    """What was expected at another time, dashed."""
    earlier_words: str = ""

    def since(self, first: int) -> "Load":
        """Without the intervals before the one with this number."""
        inner = (self.inner[0][first:], self.inner[1][first:]) if self.inner else None
        curve = {name: getattr(self, name)[first:] for name in ("expected", "low", "high", "came")}
        earlier = self.earlier[first:] if self.earlier else None
        return replace(self, inner=inner, earlier=earlier, **curve)


@dataclass(frozen=True)
class People:
    """People per interval: what it takes with its doubt, and who is planned (None: nobody knows the roster)."""

    need: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    planned: Sequence[float] | None
    title: str
    notes: tuple[str, ...]
    needed_words: str = ""
    planned_words: str = ""
    short: tuple[int, int, str] | None = None
    """From and to which minute people are missing most, and how many in words."""

    def since(self, first: int) -> "People":
        """Without the intervals before the one with this number."""
        planned = None if self.planned is None else self.planned[first:]
        return replace(self, need=self.need[first:], low=self.low[first:], high=self.high[first:], planned=planned)


@dataclass(frozen=True)
class Room:
    """Whole people who may leave in each interval."""

    spare: Sequence[int]
    title: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Something in the day's lane. `kind` is kept (hatched: no meetings), open or plain."""

    start: int
    end: int
    label: str
    note: str = ""
    kind: str = "plain"
    url: str = ""


@dataclass(frozen=True)
class Lane:
    """What the reader has to do, when."""

    blocks: Sequence[Block]
    title: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """Strips over intervals of `length` minutes that begin at `minutes`; `now` in front, `peak` as a pale column behind."""

    minutes: Sequence[int]
    length: int
    load: Load | None = None
    people: People | None = None
    room: Room | None = None
    lane: Lane | None = None
    now: int | None = None
    peak: tuple[int, int] | None = None

    def from_now(self) -> "Score":
        """What a phone shows: no load beside people, and the rest of the day when enough of it is left."""
        end = self.minutes[-1] + self.length
        running = self.now is not None and self.minutes[0] < self.now < end - FEWEST_HOURS
        first = next(place for place, each in enumerate(self.minutes) if each + self.length > (self.now or 0)) if running else 0
        start = self.minutes[first]
        lane = self.lane and replace(self.lane, blocks=[each for each in self.lane.blocks if each.end > start])
        return replace(
            self,
            minutes=self.minutes[first:],
            load=self.load.since(first) if self.load and not self.people else None,
            people=self.people and self.people.since(first),
            room=self.room and replace(self.room, spare=self.room.spare[first:]),
            lane=lane,
            peak=self.peak if self.peak and self.peak[1] > start else None,
        )
