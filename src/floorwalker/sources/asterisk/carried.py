"""What one import hands on to the next, so that a log imported in parts gives the same records as in one piece.

A call's state is nothing but its lines, so the lines themselves are handed on: those of calls that may go on (open, or out of
their queue for a short while), and for 35 days those of calls that lie across two imports. They are read again, in their place
in time, with the next log; that gives the same keys, whichever part comes first. Agents' time cannot be had that way, because
their sign-in may be months old: for them the state at the last line is handed on, and the spans of time that were read, so
that no hour is counted from two imports. Callers' numbers are handed on hashed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from floorwalker.sources.asterisk.agents import Agent, Going
from floorwalker.sources.asterisk.calls import Call
from floorwalker.sources.asterisk.frames import HASHED, hashed_callers
from floorwalker.sources.asterisk.lines import CARRIED, Line
from floorwalker.sources.asterisk.names import Pairing

VERSION = 1

Span = tuple[int, int]


@dataclass
class Carried:
    """The state at `until` (microseconds UTC of the last line read so far; 0 before the first import)."""

    until: int = 0
    covered: list[Span] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    crossed: frozenset[str] = frozenset()
    agents: dict[str, Agent] = field(default_factory=dict)
    pairing: Pairing = field(default_factory=Pairing)

    def covers(self, at: int) -> bool:
        """Whether an earlier import has read this instant."""
        return any(first <= at <= last for first, last in self.covered)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping ones made one."""
    result: list[Span] = []
    for first, last in sorted(spans):
        if result and first <= result[-1][1]:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return result


def packed(carried: Carried, calls: Sequence[Call], secret: str) -> str:
    """The state as JSON text. `calls` are those to hand on."""
    hashed = _hashed(calls, secret)
    return json.dumps(
        {
            "version": VERSION,
            "until": carried.until,
            "covered": carried.covered,
            "lines": [_pack_line(line, hashed) for call in calls for line in call.lines],
            "crossed": sorted(call.callid for call in calls if call.at_edge),
            "agents": {name: _pack_agent(agent) for name, agent in carried.agents.items()},
            "pairing": {
                "members": _listed(carried.pairing.members),
                "possible": _listed(carried.pairing.possible),
                "interfaces": sorted(carried.pairing.interfaces),
                "logins": sorted(carried.pairing.logins),
            },
        },
        ensure_ascii=False,
    )


def unpacked(text: str) -> Carried:
    """The state from its JSON text; an empty text is the state before the first import.

    Raises
    ------
    ValueError
        when the text was not written by `packed` of this version.
    """
    if not text:
        return Carried()
    said = json.loads(text)
    if said.get("version") != VERSION:
        raise ValueError(f"state of version {said.get('version')!r}, expected {VERSION}")
    pairing = said["pairing"]
    return Carried(
        until=said["until"],
        covered=[(first, last) for first, last in said["covered"]],
        lines=sorted((Line._make([*each, CARRIED]) for each in said["lines"]), key=lambda line: line.at),
        crossed=frozenset(said["crossed"]),
        agents={name: _unpack_agent(agent) for name, agent in said["agents"].items()},
        pairing=Pairing(
            members=_sets(pairing["members"]),
            possible=_sets(pairing["possible"]),
            interfaces=set(pairing["interfaces"]),
            logins=set(pairing["logins"]),
        ),
    )


def _hashed(calls: Sequence[Call], secret: str) -> dict[str, str]:
    """Callid to the hashed caller, marked as such."""
    callers = pl.DataFrame(
        {"callid": [call.callid for call in calls], "caller": [call.caller for call in calls]},
        schema={"callid": pl.String, "caller": pl.String},
    ).drop_nulls()
    keys = callers.select("callid", key=hashed_callers(pl.col("caller"), secret))
    return {callid: f"{HASHED}{key}" for callid, key in keys.iter_rows()}


def _pack_line(line: Line, hashed: Mapping[str, str]) -> list[Any]:
    """All but the file. Of an entry into a queue the number stays as its hash, and the caller's name stays behind."""
    data = line.data
    if line.event == "ENTERQUEUE":
        data = f"{line.text(0)}|{hashed.get(line.callid, '')}"
    return [line.at, line.callid, line.queue, line.agent, line.event, data, line.number]


def _pack_agent(agent: Agent) -> dict[str, Any]:
    return {
        "signed_in": sorted(agent.signed_in),
        "paused": agent.paused,
        "paused_all": agent.paused_all,
        "talks": agent.talks,
        "part": _pack_going(agent.part),
        "contact": _pack_going(agent.contact),
    }


def _unpack_agent(said: Mapping[str, Any]) -> Agent:
    return Agent(
        signed_in={(queue, interface) for queue, interface in said["signed_in"]},
        paused=dict(said["paused"]),
        paused_all=said["paused_all"],
        talks=dict(said["talks"]),
        part=_unpack_going(said["part"]),
        contact=_unpack_going(said["contact"]),
    )


def _pack_going(going: Going | None) -> list[Any] | None:
    return [going.state, going.reason, going.began, going.number] if going else None


def _unpack_going(said: Sequence[Any] | None) -> Going | None:
    return Going(said[0], said[1], said[2], said[2], said[3]) if said else None


def _listed(sets: Mapping[str, set[str]]) -> dict[str, list[str]]:
    return {name: sorted(each) for name, each in sets.items()}


def _sets(lists: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    return {name: set(each) for name, each in lists.items()}
