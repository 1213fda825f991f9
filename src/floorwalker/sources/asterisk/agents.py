"""From events to the agents' time: signed in, on calls, on a break.

An agent is signed in while a member of any queue (or logged in as an agent), on a break while paused in every queue, busy
while talking whatever else holds, available otherwise. Without a sign-in nothing can be said about idle time, so only the
conversations (`on_contact`) are kept then.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from floorwalker.sources.asterisk.endings import AGENT_EVENTS, ENDINGS
from floorwalker.sources.asterisk.lines import HOUR, NOBODY, Line

SILENCE = 12 * HOUR
"""A log without a single line for this long does not show that anybody was there; the gap is nobody's time."""
LONGEST_TALK = 4 * HOUR
"""A conversation whose end is missing is taken as lost after this."""
QUARTER = HOUR // 4

_SIGN_INS = ("ADDMEMBER", "AGENTLOGIN", "AGENTCALLBACKLOGIN")
_SIGN_OFFS = ("REMOVEMEMBER", "AGENTLOGOFF", "AGENTCALLBACKLOGOFF")
_TALK_ENDS = frozenset((*ENDINGS, "ENTERQUEUE"))


class Stretch(NamedTuple):
    """One agent in one state from `since` to `until` (microseconds UTC); it really began at `began`, said by line `number`."""

    agent: str
    state: str
    reason: str
    began: int
    since: int
    until: int
    number: int


@dataclass(slots=True)
class Going:
    """A stretch that has not ended. `since` is where it is still to be handed over from."""

    state: str
    reason: str
    began: int
    since: int
    number: int


@dataclass(slots=True)
class Agent:
    """What is known of one agent now: (queue, interface) pairs signed in, paused queues with reason, conversations."""

    signed_in: set[tuple[str, str]] = field(default_factory=set)
    paused: dict[str, str] = field(default_factory=dict)
    paused_all: str | None = None
    talks: dict[str, int] = field(default_factory=dict)
    part: Going | None = None
    contact: Going | None = None

    def now(self) -> tuple[str, str] | None:
        """State and reason; None while not signed in."""
        if self.talks and (self.signed_in or (self.part and self.part.state == "busy")):
            return "busy", ""
        if not self.signed_in:
            return None
        if self.paused_all is not None:
            return "break", self.paused_all
        queues = {queue for queue, _ in self.signed_in if queue not in NOBODY}
        if self.paused and queues <= self.paused.keys():
            return "break", list(self.paused.values())[-1]
        return "available", ""


class Agents:
    """Follows every agent. `names` maps an interface to the agent's name.

    Finished stretches wait in `stretches` to be taken. `before` is the instant of the last line, the last that anything is
    known about.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.agents: dict[str, Agent] = {}
        self._talking: dict[str, str] = {}
        self.stretches: list[Stretch] = []
        self.before = 0
        self.counts: Counter[str] = Counter()
        self.unsigned: set[str] = set()
        self.one_server = True

    def take(self, line: Line) -> None:
        """Take one event, of whatever kind."""
        at, event, before = line.at, line.event, self.before
        if at - before > SILENCE and before:
            self._skip_silence(line)
        if event in _TALK_ENDS:
            if line.callid in self._talking:
                self._hang_up(line)
        elif event == "CONNECT":
            self._connect(line)
        elif event in AGENT_EVENTS and line.agent not in NOBODY:
            name = self._names.get(line.agent, line.agent)
            agent = self.agents.setdefault(name, Agent())
            _change(agent, line)
            self._follow(name, agent, line)
        elif event == "QUEUESTART":
            self.counts["restarts"] += self.before > 0
            if self.one_server:
                self.let_go()
        if at > before:
            self.before = at

    def let_go(self) -> None:
        """Everything ends with the last line: what follows does not continue it."""
        self.stretches += self.going()
        self.agents, self._talking = {}, {}

    def going(self) -> Iterator[Stretch]:
        """The stretches under way, as far as they are known to have lasted."""
        for name, agent in self.agents.items():
            for going in (agent.part, agent.contact):
                if going and self.before > going.since:
                    yield _ended(name, going, self.before)

    def resume(self, agents: dict[str, Agent], until: int) -> None:
        """Go on where an earlier import stopped, at `until`; who had two names then may be one agent by now."""
        self.agents, self.before = {}, until
        for name, agent in agents.items():
            self.agents.setdefault(self._names.get(name, name), agent).signed_in.update(agent.signed_in)
        self._talking = {callid: name for name, agent in self.agents.items() for callid in agent.talks}
        for agent in self.agents.values():
            for going in (agent.part, agent.contact):
                if going:
                    going.since = max(going.began, until - until % QUARTER)

    def _connect(self, line: Line) -> None:
        name = self._names.get(line.agent, line.agent)
        agent = self.agents.setdefault(name, Agent())
        agent.talks[line.callid] = line.at
        self._talking[line.callid] = name
        if not agent.signed_in:
            self.unsigned.add(name)
        self._follow(name, agent, line)

    def _hang_up(self, line: Line) -> None:
        name = self._talking.pop(line.callid)
        agent = self.agents[name]
        agent.talks.pop(line.callid, None)
        self._follow(name, agent, line)

    def _follow(self, name: str, agent: Agent, line: Line) -> None:
        """End and begin stretches where the state changed."""
        if agent.talks:
            self._forget_lost(agent, line.at)
        now = agent.now()
        agent.part = self._step(name, agent.part, now, line)
        agent.contact = self._step(name, agent.contact, ("on_contact", "") if agent.talks else None, line)

    def _step(self, name: str, going: Going | None, now: tuple[str, str] | None, line: Line) -> Going | None:
        if going and now == (going.state, going.reason):
            return going
        if going and line.at > going.since:
            self.stretches.append(_ended(name, going, line.at))
        return Going(*now, line.at, line.at, line.number) if now else None

    def _forget_lost(self, agent: Agent, at: int) -> None:
        lost = [callid for callid, since in agent.talks.items() if at - since > LONGEST_TALK]
        for callid in lost:
            del agent.talks[callid]
            self._talking.pop(callid, None)
            self.counts["talk_without_end"] += 1
        if lost:
            agent.contact = None
            agent.part = None

    def _skip_silence(self, line: Line) -> None:
        self.stretches += self.going()
        for agent in self.agents.values():
            for going in (agent.part, agent.contact):
                if going:
                    going.began = going.since = line.at


def _ended(name: str, going: Going, until: int) -> Stretch:
    return Stretch(name, going.state, going.reason, going.began, going.since, until, going.number)


def _change(agent: Agent, line: Line) -> None:
    """What an event says of an agent's membership and pauses. PAUSEALL is followed by a PAUSE for each queue: one break."""
    event, queue = line.event, line.queue
    if event in _SIGN_INS:
        agent.signed_in.add((queue, line.agent))
        if line.text(0) == "PAUSED":
            agent.paused[queue] = ""
    elif event in _SIGN_OFFS:
        agent.signed_in.discard((queue, line.agent))
        agent.paused.pop(queue, None)
        if not agent.signed_in:
            agent.paused_all = None
    elif event == "PAUSEALL" or (event == "PAUSE" and queue in NOBODY):
        agent.paused_all = line.text(0)
    elif event == "UNPAUSEALL" or (event == "UNPAUSE" and queue in NOBODY):
        agent.paused_all = None
        agent.paused.clear()
    elif event == "PAUSE":
        agent.paused[queue] = line.text(0)
    elif event == "UNPAUSE":
        agent.paused_all = None
        agent.paused.pop(queue, None)
    else:
        _give_reason(agent, line.text(0))


def _give_reason(agent: Agent, reason: str) -> None:
    """PAUSEREASON (QueueMetrics) names the pause that is under way."""
    if agent.paused_all is not None:
        agent.paused_all = reason
    agent.paused = dict.fromkeys(agent.paused, reason)
