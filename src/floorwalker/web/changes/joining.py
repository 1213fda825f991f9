"""One series is one card: what is told first of it, and what is told behind that in a sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from floorwalker.web.changes.models import Finding
from floorwalker.web.changes.queries import Change

LATELY = timedelta(weeks=8)
"""A lasting change is told behind an undecided one that began no longer after it."""


def joined(changes: Sequence[Change]) -> list[Change]:
    """Each series once, in the order of its first card: in front what is undecided, else what began last."""
    groups: dict[object, list[Change]] = {}
    for each in changes:
        groups.setdefault(each.finding.series, []).append(each)
    return [_in_one(group) for group in groups.values()]


def undecided_joined(changes: Sequence[Change]) -> list[Change]:
    """As they are, but what is undecided stands in front of what lately began to last in the same series."""
    early = {each.finding.series: each.finding for each in changes if each.finding.kind == Finding.Kind.EARLY}
    with_front = [each for each in changes if (front := early.get(each.finding.series)) and _is_under(each.finding, front)]
    fronts = {each.finding.series: each for each in joined(with_front)}
    behind = {each.finding.pk for front in fronts.values() for each in front.before}
    shown = [each for each in changes if each.finding.pk not in behind]
    return [fronts[each.finding.series] if early.get(each.finding.series) == each.finding else each for each in shown]


def _in_one(group: Sequence[Change]) -> Change:
    latest = sorted(group, key=lambda each: (each.finding.kind == Finding.Kind.EARLY, each.finding.onset), reverse=True)
    return replace(latest[0], before=tuple(latest[1:])) if len(latest) > 1 else latest[0]


def _is_under(finding: Finding, front: Finding) -> bool:
    return finding == front or (finding.lasts and front.onset - LATELY <= max(finding.onset, finding.decided or finding.onset))
