"""What each closing event says of a stay in a queue, and where in its fields the numbers stand.

After the event list of Asterisk (doc of `queue_log`, versions 1.4 to 22). Places count from 0 after the event; a negative one
counts from the right, because an attended transfer has a varying number of fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Ending:
    """How a stay ended: outcome, who ended it, how it was passed on, and the places of wait, talk, target and one more text."""

    outcome: str
    ended_by: str
    wait: int | None = None
    talk: int | None = None
    transfer: str | None = None
    to: int | None = None
    extra: tuple[str, int] | None = None

    @property
    def answered(self) -> bool:
        return self.outcome == "answered"


_BLIND = Ending("answered", "transfer", wait=2, talk=3, transfer="blind", to=0)

ENDINGS: Mapping[str, Ending] = {
    "COMPLETECALLER": Ending("answered", "customer", wait=0, talk=1, transfer="none"),
    "COMPLETEAGENT": Ending("answered", "agent", wait=0, talk=1, transfer="none"),
    "TRANSFER": _BLIND,
    "BLINDTRANSFER": _BLIND,
    "ATTENDEDTRANSFER": Ending("answered", "transfer", wait=-3, talk=-2, transfer="attended", to=-4),
    "ABANDON": Ending("abandoned", "customer", wait=2),
    "EXITWITHTIMEOUT": Ending("timeout", "system", wait=2),
    "EXITEMPTY": Ending("exit_empty", "system", wait=2),
    "EXITWITHKEY": Ending("exit_key", "customer", wait=3, extra=("exit_key", 0)),
    "WITHDRAW": Ending("withdrawn", "system", wait=2, extra=("withdraw_info", 3)),
    "AGENTDUMP": Ending("rejected", "agent"),
    "SYSCOMPAT": Ending("rejected", "system"),
}

REFUSED_AT_DOOR = ("JOINEMPTY", "FULL", "CLOSED")
"""Words of Wazo for callers that were not let into the queue; plain Asterisk writes nothing for them."""

RINGS = ("RINGNOANSWER", "RINGCANCELED")

CALL_EVENTS = frozenset((*ENDINGS, *REFUSED_AT_DOOR, *RINGS, "ENTERQUEUE", "CONNECT", "OUTCALL"))

AGENT_EVENTS = frozenset(
    (
        "ADDMEMBER",
        "REMOVEMEMBER",
        "PAUSE",
        "UNPAUSE",
        "PAUSEALL",
        "UNPAUSEALL",
        "PAUSEREASON",
        "AGENTLOGIN",
        "AGENTLOGOFF",
        "AGENTCALLBACKLOGIN",
        "AGENTCALLBACKLOGOFF",
    )
)

MARKS = frozenset(("QUEUESTART", "CONFIGRELOAD", "PENALTY", "RINGINUSE"))
"""Known, and nothing to keep of them."""
