"""From events to calls: each callid is one contact, each of its stays in a queue one leg."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from floorwalker.sources.asterisk.endings import ENDINGS, REFUSED_AT_DOOR, RINGS, Ending
from floorwalker.sources.asterisk.lines import CARRIED, HOUR, NOBODY, SECOND, Line, text_at

HOLD = 4 * HOUR
"""A call that left its queue is remembered this long after its last line: it may come back to another queue."""
HOLD_LONG = 24 * HOUR
"""So long is an open or transferred call remembered: a conversation after a transfer may last."""
HOLD_EDGE = 35 * 24 * HOUR
"""So long is a call handed on that began in one import and ended in another, in case one of the two is imported again."""
WAIT_TOLERANCE_S = 2.0
"""Both clock times are cut to whole seconds, and an event is written a moment after it happened."""


_INSIDE = frozenset((*ENDINGS, *RINGS, "CONNECT"))
_NUMBER = re.compile(r"-?[0-9]{1,9}")


@dataclass(slots=True)
class Leg:
    """One stay in one queue. Instants in microseconds UTC, durations in seconds; None is unknown."""

    queue: str
    entered: int
    number: int
    outcome: str = "open"
    direction: str = "in"
    agent: str | None = None
    answered: int | None = None
    left: int | None = None
    ended: int | None = None
    wait_reported: float | None = None
    wait: float | None = None
    talk: float | None = None
    ring: float | None = None
    ring_fails: int = 0
    ended_by: str | None = None
    transfer: str | None = None
    to: str | None = None


@dataclass(slots=True)
class Call:
    """One callid. `own` counts its lines read now; its first `headless` lines belong to a stay that began before the log."""

    callid: str
    legs: list[Leg] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    headless: int = 0
    own: int = 0
    last: int = 0
    crossed: bool = False
    caller: str | None = None
    disposition: str | None = None
    custom: dict[str, str] | None = None

    @property
    def open(self) -> bool:
        return bool(self.legs) and self.legs[-1].outcome == "open"

    @property
    def hold(self) -> int:
        """How long after its last line it is remembered."""
        lasting = not self.legs or self.open or self.legs[-1].ended_by == "transfer"
        return HOLD_LONG if lasting else HOLD

    @property
    def at_edge(self) -> bool:
        """Whether its lines lie in more than one import, or its beginning in a log that we have not seen."""
        return self.crossed or self.headless > 0

    def note(self, name: str, text: str) -> None:
        """Keep a further text of the source, if there is one."""
        if text:
            self.custom = (self.custom or {}) | {name: text}


class Calls:
    """Follows every call that is under way. `caller` turns a number as written into a normalised one, or None.

    Memory holds the calls of the last hours only (`HOLD`, `HOLD_LONG`); what is finished waits in `settled` to be taken.
    """

    def __init__(self, caller: Callable[[str], str | None], crossed: frozenset[str]) -> None:
        self._caller, self._crossed = caller, crossed
        self._calls: dict[str, Call] = {}
        self._edge: list[Call] = []
        self.settled: list[Call] = []
        self.counts: Counter[str] = Counter()
        self.widest_wait_gap_s = 0.0

    def take(self, line: Line) -> None:
        """Take one event of a call."""
        call = self._calls.get(line.callid)
        if call is not None and line.at - call.last > HOLD and line.at - call.last > call.hold:
            self._settle(call)
            call = None
        if call is None:
            call = self._calls[line.callid] = Call(line.callid, crossed=line.callid in self._crossed)
        call.lines.append(line)
        if line.at > call.last:
            call.last = line.at
        if line.file != CARRIED:
            call.own += 1
        self._apply(call, line)

    def close(self, line: Line) -> bool:
        """Take a disposition word (CALLSTATUS of QueueMetrics); False when its call is not known."""
        if line.callid not in self._calls:
            return False
        self.take(line)
        return True

    def expire(self, now: int) -> None:
        """Settle calls whose time is over."""
        idle = [each for each in self._calls.values() if now - each.last > HOLD]
        for call in idle:
            if now - call.last > call.hold:
                self._settle(call)

    def finish(self, until: int) -> list[Call]:
        """Settle all that is left; the calls that a later import may need to go on with."""
        alive = [call for call in self._calls.values() if until - call.last <= call.hold]
        for call in list(self._calls.values()):
            self._settle(call)
        edge = [call for call in self._edge if until - call.last <= HOLD_EDGE]
        return edge + [call for call in alive if not call.at_edge]

    def _settle(self, call: Call) -> None:
        del self._calls[call.callid]
        call.crossed = call.crossed or (0 < call.own < len(call.lines))
        if call.at_edge:
            self._edge.append(call)
        if call.own:
            self.counts["calls_without_end"] += call.open
            self.settled.append(call)

    def _apply(self, call: Call, line: Line) -> None:
        event = line.event
        if event in _INSIDE:
            self._inside(call, line)
        elif event == "ENTERQUEUE":
            self._enter(call, line)
        elif event in REFUSED_AT_DOOR:
            call.legs.append(Leg(line.queue, line.at, line.number, "rejected", left=line.at, ended=line.at, ended_by="system"))
            call.note("refused", event)
            self.counts["refused_at_door"] += 1
        elif event == "OUTCALL":
            self._outbound(call, line)
        else:
            call.disposition = line.text(0) or call.disposition

    def _enter(self, call: Call, line: Line) -> None:
        if call.legs and call.open:
            self._lose(call.legs[-1], line)
        said = line.fields
        number = text_at(said, 1)
        call.caller = call.caller or (self._caller(number) if line.file != CARRIED else number or None)
        call.note("url", text_at(said, 0))
        call.legs.append(Leg(line.queue, line.at, line.number))
        self.counts["entered"] += 1

    def _lose(self, leg: Leg, line: Line) -> None:
        """The call is in another queue now: the end of this stay was not written."""
        leg.outcome = "answered" if leg.answered else "unknown"
        leg.left = leg.left or line.at
        leg.ended = line.at

    def _outbound(self, call: Call, line: Line) -> None:
        """A call that agents made, told by the QueueUpdate application: status, talk time, free text."""
        said = line.fields
        talk = self._number(said, 1)
        began = line.at - round((talk or 0) * SECOND)
        reached = text_at(said, 0).upper().startswith("ANSWER")
        leg = Leg(line.queue, began, line.number, "answered" if reached else "unknown", "out", _agent(line))
        leg.answered, leg.left, leg.ended, leg.talk = began if reached else None, began, line.at, talk
        call.note("outbound_status", text_at(said, 0))
        call.note("outbound_params", text_at(said, 2))
        call.legs.append(leg)

    def _inside(self, call: Call, line: Line) -> None:
        """An event inside a stay that has begun."""
        leg = call.legs[-1] if call.legs else None
        if leg is None:
            call.headless += 1
        elif leg.queue != line.queue or (leg.outcome != "open" and line.event not in RINGS):
            self.counts["stray_lines"] += 1
        elif line.event in RINGS:
            leg.ring_fails += line.event == "RINGNOANSWER"
        elif line.event == "CONNECT":
            self._connect(leg, line)
        else:
            self._end(call, leg, line, ENDINGS[line.event])

    def _connect(self, leg: Leg, line: Line) -> None:
        leg.agent = _agent(line)
        leg.answered = leg.left = line.at
        said = line.fields
        leg.wait_reported = self._number(said, 0)
        leg.ring = self._number(said, 2)
        leg.wait = self._wait(leg)

    def _end(self, call: Call, leg: Leg, line: Line, ending: Ending) -> None:
        said = line.fields
        leg.outcome, leg.ended_by, leg.ended = ending.outcome, ending.ended_by, line.at
        leg.agent = leg.agent or _agent(line)
        leg.transfer = ending.transfer
        leg.to = text_at(said, ending.to) or None
        if ending.extra:
            call.note(ending.extra[0], text_at(said, ending.extra[1]))
        if ending.answered:
            leg.talk = self._talk(leg, line.at, self._number(said, ending.talk))
        if leg.left is None:
            talked = round((leg.talk or 0) * SECOND) if ending.answered else 0
            leg.left = line.at - talked
            leg.answered = leg.left if ending.answered else None
            leg.wait_reported = self._number(said, ending.wait)
            leg.wait = self._wait(leg)

    def _talk(self, leg: Leg, ended: int, reported: float | None) -> float | None:
        """The reported conversation, else the one between the two instants."""
        if reported is None and leg.answered is not None:
            reported = (ended - leg.answered) / SECOND
        return self._not_negative(reported)

    def _wait(self, leg: Leg) -> float | None:
        """The reported wait, else the one between the two instants."""
        by_clock = ((leg.left or leg.entered) - leg.entered) / SECOND
        if leg.wait_reported is None or leg.wait_reported < 0:
            self._not_negative(leg.wait_reported)
            return self._not_negative(by_clock)
        gap = abs(leg.wait_reported - by_clock)
        if gap > WAIT_TOLERANCE_S:
            self.counts["wait_differs"] += 1
            self.widest_wait_gap_s = max(self.widest_wait_gap_s, gap)
        return leg.wait_reported

    def _not_negative(self, seconds: float | None) -> float | None:
        if seconds is not None and seconds < 0:
            self.counts["negative_durations"] += 1
            return None
        return seconds

    def _number(self, said: list[str], index: int | None) -> float | None:
        text = text_at(said, index)
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            self.counts["numbers_unreadable"] += 1
            return None
        return float(text)


def _agent(line: Line) -> str | None:
    return None if line.agent in NOBODY else line.agent
