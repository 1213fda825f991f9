"""What moved with a change: the parts of a measure before and since, and what else began at the same time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.core.measures import MEASURES, Filter, Question
from floorwalker.web.changes.folding import began_together
from floorwalker.web.changes.models import Finding
from floorwalker.web.pulse.queries import Desk

PARTS = {"aht": ("talk_time", "hold_time", "acw_time")}
"""What a measure is made of, in the order in which a contact goes through it."""
BEFORE, AFTER = timedelta(days=56), timedelta(days=28)
MOST = 8


@dataclass(frozen=True)
class Part:
    """A measure in the weeks before a change and since its onset; None where nothing is known."""

    measure: str
    before: float | None
    since: float | None


def parts(desk: Desk, finding: Finding) -> list[Part]:
    """The measure and its parts: eight weeks before the onset, against the days since, four weeks at most."""
    names = [name for name in PARTS.get(finding.measure, ()) if name in MEASURES]
    if not names:
        return []
    last = finding.until or finding.onset + AFTER
    before = _means(desk, finding, names, finding.onset - BEFORE, finding.onset - timedelta(days=1))
    since = _means(desk, finding, names, finding.onset, last)
    return [Part(name, before.get(name), since.get(name)) for name in names]


def _means(desk: Desk, finding: Finding, names: Sequence[str], first: date, last: date) -> dict[str, float | None]:
    where = (Filter(finding.dimension, (finding.value,)),) if finding.dimension else ()
    frame = desk.ask(Question(tuple(names), (), first, last, where)).frame
    return {name: frame[name][0] if frame.height else None for name in names}


def elsewhere(finding: Finding, findings: Sequence[Finding]) -> list[Finding]:
    """What else began then, first where the measure is the same: other places, and other measures."""
    others = [each for each in findings if each.pk != finding.pk and not each.is_held and _is_near(each, finding)]
    return sorted(others, key=lambda each: (each.measure != finding.measure, each.place != finding.place, each.pk))[:MOST]


def _is_near(each: Finding, finding: Finding) -> bool:
    return began_together(each, finding) or abs(each.onset - finding.onset) <= timedelta(days=1)
