"""Files given in any order, read in time order, each event once."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from floorwalker.sources.asterisk.lines import CARRIED, SECOND, Block, Line


class Feed:
    """One file's lines as they come, with the second at which the next one stands. A clock set back stays put meanwhile."""

    def __init__(self, blocks: Iterator[Block], seen: Callable[[Block], None]) -> None:
        self._blocks, self._seen = blocks, seen
        self._lines: list[Line] = []
        self._clock: list[int] = []
        self._next = 0
        self._latest = 0
        self._fill()

    @property
    def over(self) -> bool:
        return self._next >= len(self._lines)

    @property
    def second(self) -> int:
        """The second of the next line."""
        return self._clock[self._next]

    def before(self, second: int | None) -> list[Line]:
        """The next lines of this block that stand before `second` (all of them when None)."""
        stop = len(self._lines) if second is None else bisect_left(self._clock, second, lo=self._next)
        lines = self._lines[self._next : stop]
        self._next = stop
        self._fill()
        return lines

    def during(self, second: int) -> list[Line]:
        """All lines of one second."""
        lines: list[Line] = []
        while not self.over and self.second == second:
            lines += self.before(second + 1)
        return lines

    def _fill(self) -> None:
        while self.over:
            block = next(self._blocks, None)
            if block is None:
                return
            self._seen(block)
            self._lines, self._next = block.lines, 0
            seconds = (line.at // SECOND for line in block.lines)
            self._clock = list(accumulate(seconds, max, initial=self._latest))[1:]
            self._latest = self._clock[-1] if self._clock else self._latest


def in_time_order(feeds: Sequence[Feed], dropped: Callable[[int], None], known_until: int = 0) -> Iterator[list[Line]]:
    """The lines of all feeds by time; where several hold the same second, equal lines are taken once (`dropped` is told).

    An earlier feed's copy wins, so the lines that an earlier import handed on come last in `feeds`. In a second that they
    share with a file they precede it if that is the last second they know (`known_until`, microseconds), else they follow.
    """
    while True:
        live = sorted((feed for feed in feeds if not feed.over), key=lambda feed: feed.second)
        if not live:
            return
        first, others = live[0], live[1:]
        until = others[0].second if others else None
        if until is None or first.second < until:
            yield first.before(until)
            continue
        groups = [feed.during(until) for feed in feeds if not feed.over and feed.second == until]
        once = _once(groups, handed_on_first=until >= known_until // SECOND)
        dropped(sum(map(_read_here, groups)) - _read_here(once))
        yield once


def _once(groups: list[list[Line]], handed_on_first: bool) -> list[Line]:
    """The lines of one second from several files, each as often as the file holding it most often has it."""
    taken: Counter[tuple[object, ...]] = Counter()
    kept: list[Line] = []
    for group in groups:
        own: Counter[tuple[object, ...]] = Counter()
        for line in group:
            own[line.identity] += 1
            if own[line.identity] > taken[line.identity]:
                kept.append(line)
        taken |= own
    return sorted(kept, key=lambda line: (line.file == CARRIED) != handed_on_first)


def _read_here(lines: list[Line]) -> int:
    return sum(line.file != CARRIED for line in lines)
