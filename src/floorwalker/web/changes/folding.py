"""What happened once is told once: which findings stand behind which other one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from floorwalker.web.changes.models import SAME, Finding
from floorwalker.web.changes.places import SITE

SHARED = 0.5
"""What this part of the queues did at the same time is the site's."""
SAME_DAY = timedelta(days=1)
CAUSES = ("offered", "aht")
"""Why customers wait: more of them come, or each takes longer."""
WAITING = {"offered": 1, "aht": 1, "asa": 1, "abandonment_rate": 1, "service_level": -1}
"""One thing: when more comes than can be answered, customers wait longer, more give up and fewer are answered in time."""
PARTS = ("topic", "team", "channel")
"""What stands out beside the queues, which are judged first: the closest to the cause comes first."""


@dataclass(frozen=True)
class Folded:
    """A finding that is told, the queues in which the same happened, and the findings that stand behind it."""

    finding: Finding
    same_in: tuple[str, ...] = ()
    behind: tuple[Finding, ...] = ()


def folded(findings: Sequence[Finding], over_places: bool = True, over_measures: bool = True) -> list[Folded]:
    """The findings to tell, in their order.

    Over places: what at least half of the queues did at the same time is told as the whole site's; what the site did because
    one queue did it, as the queue's; what these did because one reason for contact, team or channel did it, as that one's. Over
    measures: what waiting brings with it, in its queue and on the whole site, is told with its cause.
    """
    behind: dict[int, int] = {}
    if over_places:
        _fold_places(findings, behind)
    if over_measures:
        _fold_waiting([each for each in findings if each.pk not in behind or _is_of_part(each, findings, behind)], behind)
    hidden: dict[int, list[Finding]] = defaultdict(list)
    for each in findings:
        if each.pk in behind:
            hidden[_front(each.pk, behind)].append(each)
    return [_told(each, tuple(hidden[each.pk])) for each in findings if each.pk not in behind]


def _told(told: Finding, hidden: tuple[Finding, ...]) -> Folded:
    same = {each.value for each in (told, *hidden) if each.dimension == "queue" and each.measure == told.measure}
    return Folded(told, tuple(sorted(same)) if len(same) > 1 or told.dimension != "queue" else (), hidden)


def _front(pk: int, behind: dict[int, int]) -> int:
    while pk in behind:
        pk = behind[pk]
    return pk


def _fold_places(findings: Sequence[Finding], behind: dict[int, int]) -> None:
    queues = [each for each in findings if each.dimension == "queue"]
    enough = max(2.0, SHARED * len({each.value for each in queues}))
    alike: dict[object, list[Finding]] = defaultdict(list)
    for each in queues:
        alike[_course(each)].append(each)
    first = [each for each in findings if each.dimension not in PARTS]
    for front in sorted(first, key=lambda each: (each.dimension == "queue", -abs(each.size) * each.rests_on, each.pk)):
        if front.pk in behind:
            continue
        near = [each for each in alike[_course(front)] if each.pk != front.pk and each.pk not in behind]
        same = [each for each in near if began_together(front, each)]
        if len({each.value for each in (*same, front) if each.dimension}) >= enough:
            behind.update({each.pk: front.pk for each in same})
        elif same and not front.dimension:
            behind[front.pk] = max(same, key=lambda each: abs(each.size) * each.rests_on).pk
    _fold_into_parts(findings, behind)


def _fold_into_parts(findings: Sequence[Finding], behind: dict[int, int]) -> None:
    """What the site or a queue did because one part of it did; of two parts the closer one to the cause stands in front."""
    alike: dict[object, list[Finding]] = defaultdict(list)
    for each in findings:
        if each.dimension != "team":
            alike[_course(each)].append(each)
    for part in sorted((each for each in findings if each.dimension in PARTS), key=lambda each: PARTS.index(each.dimension)):
        if part.pk in behind:
            continue
        near = [each for each in alike[_course(part)] if each.pk not in behind and began_together(part, each)]
        whole = next((each for each in near if _is_rest_of(part, each)), None)
        if whole:
            behind[part.pk] = whole.pk
        else:
            behind.update({each.pk: part.pk for each in near if _explains(part, each)})


def _explains(part: Finding, each: Finding) -> bool:
    """Contacts add up, so that the part has to have most of them; a mean or a share moves less where others are in it too."""
    if part.dimension == each.dimension or (each.dimension in PARTS and part.dimension != "topic"):
        return False
    own, other = abs(part.size), abs(each.size)
    return own >= other / 2 if part.measure == "offered" else own > other


def _is_rest_of(part: Finding, each: Finding) -> bool:
    """What moved little more than its whole queue did: its part in that."""
    is_mean = part.measure != "offered" and each.dimension not in PARTS
    return is_mean and abs(part.size) <= SHARED * abs(each.size)


def _is_of_part(finding: Finding, findings: Sequence[Finding], behind: dict[int, int]) -> bool:
    """Whether it is told as that of a part of it: what waiting it brought with it belongs there as well."""
    fronts = {each.pk for each in findings if each.dimension in PARTS}
    return finding.measure in CAUSES and behind[finding.pk] in fronts


def _course(finding: Finding) -> object:
    """What is the same of two findings that may be one: the measure, how it went and which way."""
    return finding.measure, str(finding.kind), finding.size > 0


def _fold_waiting(findings: Sequence[Finding], behind: dict[int, int]) -> None:
    waiting = sorted((each for each in findings if each.measure in WAITING), key=_cause_first)
    effects = [each for each in waiting if each.measure not in CAUSES]
    shared = {pk for pk in behind.values() if pk not in behind}
    for front in waiting:
        if front.pk not in behind or front.measure in CAUSES:
            free = [each for each in effects if each.pk != front.pk and each.pk not in behind]
            along = [each for each in free if _belongs(each, front) and (each.place == front.place or each.pk not in shared)]
            behind.update({each.pk: front.pk for each in along})


def _cause_first(finding: Finding) -> tuple[int, bool, float, int]:
    cause = CAUSES.index(finding.measure) if finding.measure in CAUSES else len(CAUSES)
    return cause, not finding.dimension, -finding.sure, finding.pk


def _belongs(each: Finding, front: Finding) -> bool:
    same_place = each.place == front.place or (each.place == SITE and front.dimension == "queue")
    same_course = (each.kind, each.lasts) == (front.kind, front.lasts) and _is_worse(each) == _is_worse(front)
    return same_place and same_course and began_together(each, front)


def _is_worse(finding: Finding) -> bool:
    return finding.size * WAITING[finding.measure] > 0


def began_together(one: Finding, other: Finding) -> bool:
    """For lasting changes within a week, or each among the possible first days of the other; for others within a day."""
    apart = abs(other.onset - one.onset)
    if one.kind != Finding.Kind.LASTING or other.kind != Finding.Kind.LASTING:
        return apart <= SAME_DAY
    if apart <= SAME:
        return True
    low = max(each.onset_low or each.onset for each in (one, other))
    return low <= min(each.onset_high or each.onset for each in (one, other))
