"""One reading of a set of files: every line goes to the calls, the agents, the answers, or is put aside and counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import polars as pl

from floorwalker.sources.asterisk import frames
from floorwalker.sources.asterisk.agents import Agents
from floorwalker.sources.asterisk.calls import Call, Calls
from floorwalker.sources.asterisk.carried import Carried, Span, joined
from floorwalker.sources.asterisk.endings import AGENT_EVENTS, CALL_EVENTS, MARKS
from floorwalker.sources.asterisk.lines import CARRIED, SECOND, Block, Line
from floorwalker.sources.asterisk.names import Pairing
from floorwalker.sources.asterisk.surveys import WORDS, Answer, Scale, answer
from floorwalker.sources.asterisk.textlog import SHOWN
from floorwalker.sources.callers import normalised
from floorwalker.sources.reading import Batch, Refusal, Remark, Site

CONDENSE = 25_000
"""Lines after which finished calls become frames: fewer live objects, and Python's collector has less to look through."""
WORDS_REMARKED = 50
CALLERS_CACHED = 65_536
_KNOWN = AGENT_EVENTS | MARKS


class Run:
    """Takes lines in time order and gives batches. `waiting` counts lines taken since the last batch."""

    def __init__(
        self, site: Site, names: Mapping[str, str], scales: Mapping[str, Scale], carried: Carried, files: Sequence[str]
    ) -> None:
        @lru_cache(maxsize=CALLERS_CACHED)
        def caller(number: str) -> str | None:
            return normalised(number, site.country)

        self._site, self._names, self._scales, self._files = site, names, scales, files
        self._calls = Calls(caller, carried.crossed)
        self._agents = Agents(names)
        self._resumed = not carried.until
        self._answers: list[Answer] = []
        self._parts: dict[str, list[pl.DataFrame]] = {}
        self._aside = self._loose = 0
        self._refusals: list[Refusal] = []
        self._words: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._scaleless: Counter[str] = Counter()
        self._servers: set[str] = set()
        self._spans: dict[int, Span] = {}
        self._done: dict[int, int] = {}
        self._latest = self._furthest_back = 0
        self.carried = carried
        self.remarks: list[Remark] = []
        self.waiting = 0

    def account(self, file: int, block: Block) -> None:
        """Take note of what stood in a block of a file beside its lines."""
        self._aside += block.blank
        self._refusals += block.refusals
        self.remarks += block.remarks
        self._servers |= block.servers
        self._agents.one_server = len(self._servers) < 2
        self._done[file] = block.done or self._done.get(file, 0)
        if block.lines:
            first, last = block.lines[0].at, block.lines[-1].at
            earlier = self._spans.get(file, (first, last))
            self._spans[file] = (min(earlier[0], first), max(earlier[1], last))

    def drop(self, count: int) -> None:
        """Take note of lines that stood in another file as well."""
        self._aside += count
        self._counts["repeated_lines"] += count

    def take(self, lines: list[Line]) -> None:
        """Take lines, in time order."""
        self.waiting += len(lines)
        self._loose += len(lines)
        for line in lines:
            here = line.file != CARRIED
            if here:
                self._pass_time(line)
            if line.event in CALL_EVENTS:
                self._calls.take(line)
            elif line.event == "CALLSTATUS" and self._calls.close(line):
                continue
            elif here:
                self._aside += 1
                self._put_aside(line)

        if self._loose >= CONDENSE:
            self._condense()

    def batch(self) -> Batch:
        """What is finished since the last batch."""
        self._condense()
        tables = {name: pl.concat(parts) for name, parts in self._parts.items()}
        contacts = tables["contact"].height if "contact" in tables else 0
        batch = Batch(
            tables=tables,
            read=contacts + self._aside + len(self._refusals),
            aside=self._aside,
            refusals=tuple(self._refusals),
            remarks=tuple(self.remarks),
            bytes_done=sum(self._done.values()),
        )
        self._parts, self._refusals, self.remarks = {}, [], []
        self._aside = self.waiting = 0
        return batch

    def finish(self, pairing: Pairing) -> list[Call]:
        """End of all files: settle everything, word the remarks, and give the calls that a later import may go on with."""
        agents, until = self._agents, self.carried.until
        if self._resumed:
            until = max(until, agents.before)
            agents.stretches += agents.going()
        else:
            agents.let_go()
        calls = self._calls.finish(max(until, self._latest))
        self.carried = Carried(
            until=until,
            covered=joined([*self.carried.covered, *self._spans.values()]),
            agents=agents.agents if self._resumed else self.carried.agents,
            pairing=pairing,
        )
        self._remark(pairing)
        return calls

    def _condense(self) -> None:
        """Turn what is finished into frames, which take a tenth of the room."""
        self._calls.expire(self._latest)
        calls, self._calls.settled = self._calls.settled, []
        taken = [call for call in calls if self._count(call)]
        for name, frame in (
            ("contact", frames.contacts(taken, self._names, self._site)),
            ("leg", frames.legs(taken, self._names, self._site)),
            ("agent_state", frames.states(self._agents.stretches, self._site)),
            ("survey", frames.surveys(self._answers, self._names, self._site)),
        ):
            if frame.height:
                self._parts.setdefault(name, []).append(frame)
        self._agents.stretches, self._answers, self._loose = [], [], 0

    def _pass_time(self, line: Line) -> None:
        """Let the agents see a line, unless an earlier import has already made their time of it."""
        if line.at < self._latest:
            self._counts["clock_went_back"] += 1
            self._furthest_back = max(self._furthest_back, self._latest - line.at)
        else:
            self._latest = line.at
        if self._resumed:
            self._agents.take(line)
        elif line.at >= self.carried.until:
            self._agents.let_go()
            self._agents.resume(self.carried.agents, self.carried.until)
            self._resumed = True
            self._agents.take(line)
        elif self.carried.covers(line.at):
            self._agents.let_go()
        else:
            self._agents.take(line)

    def _put_aside(self, line: Line) -> None:
        """A line that is no part of a call."""
        if line.event in _KNOWN:
            return
        said = answer(line, self._scales) if line.event in WORDS else None
        if said is None:
            self._words[line.event] += 1
            return
        self._answers.append(said)
        self._scaleless[said.kind] += said.scale is None
        self._unread[said.kind] += bool(said.unread)

    def _count(self, call: Call) -> bool:
        """Account for a call's lines; whether there is anything new to say of it."""
        headless = [line for line in call.lines[: call.headless] if line.file != CARRIED]
        self._refusals += [self._headless(line) for line in headless]
        rest = call.own - len(headless)
        taken = bool(call.legs) and rest > 0
        self._aside += rest - taken
        return taken

    def _headless(self, line: Line) -> Refusal:
        value = "|".join((str(line.at // SECOND), line.callid, line.queue, line.agent, line.event, line.data))[:SHOWN]
        facts = {"event": line.event, "call": line.callid}
        return Refusal(line.number, "call_begins_before_log", value=value, facts=facts, file=self._files[line.file])

    def _remark(self, pairing: Pairing) -> None:
        counts = self._counts + self._calls.counts + self._agents.counts
        say = self.remarks.append
        for code, unit in _COUNTED.items():
            if counts[code]:
                say(Remark(code, {unit: counts[code]}))
        for event, lines in self._words.most_common(WORDS_REMARKED):
            say(Remark("unknown_event", {"event": event[:SHOWN], "lines": lines}))
        if counts["clock_went_back"]:
            most = self._furthest_back / SECOND
            say(Remark("clock_went_back", {"times": counts["clock_went_back"], "most_s": most}))
        if counts["wait_differs"]:
            say(Remark("wait_differs", {"legs": counts["wait_differs"], "most_s": self._calls.widest_wait_gap_s}))
        for kind, answers in (+self._scaleless).items():
            say(Remark("survey_scale_unknown", {"kind": kind, "answers": answers}))
        for kind, lines in (+self._unread).items():
            say(Remark("survey_fields_unread", {"kind": kind, "lines": lines}))
        if len(self._servers) > 1:
            say(Remark("several_servers", {"servers": len(self._servers)}))
        if counts["entered"] and not counts["refused_at_door"]:
            say(Remark("refused_callers_not_logged"))
        self._remark_names(pairing)

    def _remark_names(self, pairing: Pairing) -> None:
        for interface, name in sorted(self._names.items()):
            self.remarks.append(Remark("agent_two_names", {"interface": interface, "name": name}))
        unpaired = pairing.unpaired(self._names)
        if unpaired:
            facts: dict[str, str | int] = {"interfaces": len(unpaired), "example": unpaired[0]}
            self.remarks.append(Remark("agent_name_unpaired", facts))
        unsigned = sorted(self._agents.unsigned)
        if unsigned:
            self.remarks.append(Remark("sign_in_unknown", {"agents": len(unsigned), "example": unsigned[0]}))


_COUNTED: Mapping[str, str] = {
    "repeated_lines": "lines",
    "restarts": "times",
    "calls_without_end": "calls",
    "stray_lines": "lines",
    "negative_durations": "legs",
    "numbers_unreadable": "fields",
    "talk_without_end": "talks",
}
"""Remarks that are no more than a count, with the name of that count."""
