"""One agent, two names: membership lines give the interface, call lines the member name. The log itself shows the pairs.

An interface is a technology and a device (`PJSIP/101`, `Local/7@agents`), a name has no such form. A name that answers or
pauses in a queue must belong to an interface that is a member of it. Each such line leaves fewer
interfaces possible, and an interface has one owner; where one possibility is left, that is the pair. A name seen where no
member fits (a member written into the configuration) is never paired.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from floorwalker.sources.asterisk.lines import NOBODY, SECOND, Line

_INTERFACE = re.compile(r"[A-Za-z][A-Za-z0-9]*[/:]")
LINGER = 120 * SECOND
"""A call may still ring at, or connect to, a member who has just been removed."""

SHOWING = frozenset(("CONNECT", "RINGNOANSWER", "RINGCANCELED", "PAUSE", "UNPAUSE"))
WATCHED = SHOWING | {"ADDMEMBER", "REMOVEMEMBER", "AGENTLOGIN", "AGENTCALLBACKLOGIN"}


@dataclass
class Pairing:
    """Collects what the lines show of who is who. Can be handed from one import to the next as plain data."""

    members: dict[str, set[str]] = field(default_factory=dict)
    possible: dict[str, set[str]] = field(default_factory=dict)
    interfaces: set[str] = field(default_factory=set)
    logins: set[str] = field(default_factory=set)
    _removed: dict[str, dict[str, int]] = field(default_factory=dict)

    def take(self, line: Line) -> None:
        """Take one line whose event is in `WATCHED`."""
        event, queue, agent = line.event, line.queue, line.agent
        if agent in NOBODY:
            return
        if event in ("ADDMEMBER", "REMOVEMEMBER") and not _INTERFACE.match(agent):
            return
        if event == "ADDMEMBER":
            self.members.setdefault(queue, set()).add(agent)
            self.interfaces.add(agent)
        elif event == "REMOVEMEMBER":
            self.members.get(queue, set()).discard(agent)
            self._removed.setdefault(queue, {})[agent] = line.at
        elif event in ("AGENTLOGIN", "AGENTCALLBACKLOGIN"):
            self.logins.add(agent)
        elif queue not in NOBODY:
            self._narrow(line)

    def names(self, told: Mapping[str, str]) -> dict[str, str]:
        """Interface to agent name: as `told` by the site, else as the log shows."""
        pairs = self._by_login() | dict(told)
        taken = set(pairs) | (self.interfaces & self.possible.keys())
        possible = {
            name: each - taken
            for name, each in self.possible.items()
            if not _INTERFACE.match(name) and name not in pairs.values()
        }
        while found := _certain(possible):
            pairs |= {interface: name for name, interface in found.items()}
            possible = {name: each - set(found.values()) for name, each in possible.items() if name not in found}
        return pairs

    def unpaired(self, names: Mapping[str, str]) -> list[str]:
        """Interfaces that were signed in, but under which nobody answered, though somebody answered under another name."""
        strangers = {name for name in self.possible if not _INTERFACE.match(name)} - set(names.values())
        silent = self.interfaces - self.possible.keys() - set(names)
        return sorted(silent) if strangers else []

    def _narrow(self, line: Line) -> None:
        removed = self._removed.get(line.queue, {})
        here = self.members.get(line.queue, set()) | {each for each, at in removed.items() if line.at - at <= LINGER}
        before = self.possible.get(line.agent)
        self.possible[line.agent] = set(here) if before is None else before & here

    def _by_login(self) -> dict[str, str]:
        """Calls of an agent pool name `Agent/1001`, its logins `1001`."""
        return {f"Agent/{login}": login for login in self.logins if f"Agent/{login}" in self.possible}


def _certain(possible: Mapping[str, set[str]]) -> dict[str, str]:
    """Names with one possible interface that no other such name claims."""
    single = {name: next(iter(each)) for name, each in possible.items() if len(each) == 1}
    claims = Counter(single.values())
    return {name: interface for name, interface in single.items() if claims[interface] == 1}
