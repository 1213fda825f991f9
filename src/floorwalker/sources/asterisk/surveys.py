"""Answers of customers that a dialplan writes into the log with the QueueLog application: `CSAT|5`, `SURVEY|nps|9`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from floorwalker.core.records import SURVEY_KINDS
from floorwalker.sources.asterisk.lines import NOBODY, SECOND, Line

Scale = tuple[float, float]

WORDS = frozenset((*(kind.upper() for kind in SURVEY_KINDS), "SURVEY", "POLL"))
"""Event words that carry an answer; SURVEY and POLL say in their first field what was asked."""

_KNOWN_SCALES: Mapping[str, Scale] = {"nps": (0, 10), "fcr": (0, 1)}
_YES_NO = {"yes": 1.0, "y": 1.0, "true": 1.0, "no": 0.0, "n": 0.0, "false": 0.0}
_NUMBER = re.compile(r"^-?\d+([.,]\d+)?$")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `scale` is None when nobody said how far it reaches; `unread` are further numbers of the line."""

    native_id: str
    callid: str
    at: int
    number: int
    queue: str | None
    agent: str | None
    kind: str
    raw: str | None
    score: float | None
    scale: Scale | None
    question: str | None
    comment: str | None
    unread: int

    @property
    def norm(self) -> float | None:
        """The score from 0 (worst) to 1; None outside the scale or without one."""
        if self.score is None or self.scale is None or not self.scale[0] <= self.score <= self.scale[1]:
            return None
        return (self.score - self.scale[0]) / (self.scale[1] - self.scale[0])


def answer(line: Line, scales: Mapping[str, Scale]) -> Answer | None:
    """The answer in a survey line; None when the line does not say what was asked.

    After the kind may come the name of the question, then the score, then the customer's words:
    `CSAT|5`, `CSAT|friendliness|4|very kind`, `SURVEY|nps|9`.
    """
    kind, said = line.event.lower(), line.fields
    if kind not in SURVEY_KINDS:
        kind = said.pop(0).strip().lower() if said else ""
        if kind not in SURVEY_KINDS:
            return None
    question = said.pop(0) if len(said) > 1 and _score(said[0]) is None and _score(said[1]) is not None else None
    raw = said.pop(0) if said else None
    rest = [each for each in said if each]
    return Answer(
        native_id=f"{line.callid}@{line.at // SECOND}" + (f":{question}" if question else ""),
        callid=line.callid,
        at=line.at,
        number=line.number,
        queue=None if line.queue in NOBODY else line.queue,
        agent=None if line.agent in NOBODY else line.agent,
        kind=kind,
        raw=raw,
        score=None if raw is None else _score(raw),
        scale=scales.get(kind, _KNOWN_SCALES.get(kind)),
        question=question,
        comment=" ".join(each for each in rest if not _NUMBER.match(each)) or None,
        unread=sum(bool(_NUMBER.match(each)) for each in rest),
    )


def _score(text: str) -> float | None:
    text = text.strip()
    if _NUMBER.match(text):
        return float(text.replace(",", "."))
    return _YES_NO.get(text.casefold())
