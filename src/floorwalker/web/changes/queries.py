"""Reading: daily series from the warehouse; findings and stories from the records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import polars as pl

from floorwalker.core.measures import MEASURES, Filter, Question
from floorwalker.web.accounts.models import Site
from floorwalker.web.changes.models import SAME, Decision, Finding, Round, Ruling, Story
from floorwalker.web.changes.rulings import held_rulings
from floorwalker.web.changes.series import WATCHED
from floorwalker.web.intake.queries import open_warehouse

SHARED = 0.5
"""What this part of the queues did on the same day is told once."""
SAME_DAY = timedelta(days=1)
MASKS = {"queue": pl.String, "date": pl.Date}


def masked_days(site: Site, measure: str = "offered") -> pl.DataFrame:
    """queue, date: the days that are left out of what is usual, because they were a blip; queue "" is the whole site."""
    left = Decision.objects.filter(site=site, measure=measure, team="", kind=Decision.Kind.LEFT_OUT, last__isnull=False)
    rows = [
        (queue, first + timedelta(days=step))
        for queue, first, last in left.values_list("queue", "first", "last")
        if last
        for step in range((last - first).days + 1)
    ]
    return pl.DataFrame(rows, schema=MASKS, orient="row").unique().sort("queue", "date")


def levels(site: Site, measure: str = "offered") -> pl.DataFrame:
    """queue, date: the days on which another level began that lasts; queue "" is the whole site.

    What the engine or a person took as the new normal, and what is called lasting and may still become it; not what a person
    ruled a blip, nothing, or not to be taken, and not what the alarm budget holds back.
    """
    of_queues = {"site": site, "measure": measure, "team": ""}
    denied = [each for each in held_rulings(site) if each.kind != Ruling.Kind.NORMAL]
    lasting = Finding.objects.filter(**of_queues, kind=Finding.Kind.LASTING, until=None, is_held=False)
    begun = {(each.queue, each.onset) for each in lasting if not any(ruling.is_about(each) for ruling in denied)}
    taken = Decision.objects.filter(**of_queues, kind=Decision.Kind.NEW_NORMAL).order_by("first")
    for queue, first in taken.values_list("queue", "first"):
        if not any(queue == other and abs(first - day) <= SAME for other, day in begun):
            begun.add((queue, first))
    return pl.DataFrame(sorted(begun), schema=MASKS, orient="row")


def queue_names(site: Site) -> list[str]:
    """Every queue of the contacts, by name."""
    frame = open_warehouse(site).answer(Question(("offered",), by=("queue",), where=(Filter("queue", ("*",)),))).frame
    return sorted(frame["queue"].drop_nulls().to_list())


@dataclass(frozen=True)
class Asked:
    """Which changes: of one queue (empty: all), measure and kind."""

    measure: str = ""
    queue: str = ""
    kind: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.measure or self.queue or self.kind)


@dataclass(frozen=True)
class Change:
    """A finding with its story, and the queues in which the same happened on the same day."""

    finding: Finding
    story: Story | None
    same_in: tuple[str, ...] = field(default=())


def asked(given: dict[str, str], site: Site) -> Asked:
    """The filters of a URL; what does not exist is left out."""
    kind = given.get("kind", "")
    measure = given.get("measure", "")
    queue = given.get("queue", "")
    return Asked(
        measure if measure in WATCHED and measure in MEASURES else "",
        queue if queue in queues_of(site) else "",
        kind if kind in Finding.Kind.values else "",
    )


def queues_of(site: Site) -> list[str]:
    """The queues with a finding, by name."""
    found = Finding.objects.filter(site=site).exclude(queue="")
    return list(found.order_by("queue").values_list("queue", flat=True).distinct())


def last_round(site: Site) -> Round | None:
    """When the numbers were last judged; None before the first time."""
    return Round.objects.filter(site=site).first()


def changes_of(site: Site, ask: Asked) -> list[Change]:
    """The changes asked for, latest first; what at least half of the queues did on the same day is told once."""
    findings = list(Finding.objects.filter(site=site, team="", is_held=False))
    stories = list(Story.objects.filter(site=site).select_related("by__person"))
    shared = {} if ask.queue else _shared(findings)
    hidden = {other.pk for others in shared.values() for other in others}
    return [
        Change(each, _story_of(each, stories), tuple(sorted({other.queue for other in shared.get(each.pk, []) if other.queue})))
        for each in findings
        if each.pk not in hidden and _is_asked(each, ask)
    ]


def _shared(findings: Sequence[Finding]) -> dict[int, list[Finding]]:
    """By the number of the finding that is shown (the whole site's, else the largest): the others that are not."""
    enough = max(2.0, SHARED * len({each.queue for each in findings if each.queue}))
    shown: dict[int, list[Finding]] = {}
    told: set[int] = set()
    for each in sorted(findings, key=lambda each: (bool(each.queue), -abs(each.size), each.pk)):
        if each.pk in told:
            continue
        same = [other for other in findings if other.pk not in told and _is_same(each, other)]
        if len({other.queue for other in same if other.queue}) >= enough:
            shown[each.pk] = [other for other in same if other.pk != each.pk]
            told.update(other.pk for other in same)
    return shown


def _is_same(one: Finding, other: Finding) -> bool:
    same = (other.measure, other.kind) == (one.measure, one.kind)
    return same and abs(other.onset - one.onset) <= SAME_DAY and (other.size > 0) == (one.size > 0)


def _is_asked(finding: Finding, ask: Asked) -> bool:
    return ask.measure in ("", finding.measure) and ask.queue in ("", finding.queue) and ask.kind in ("", str(finding.kind))


def _story_of(finding: Finding, stories: Sequence[Story]) -> Story | None:
    about = [story for story in stories if story.is_about(finding)]
    return min(about, key=lambda story: abs(story.onset - finding.onset), default=None)
