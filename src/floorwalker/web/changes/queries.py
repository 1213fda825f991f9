"""Reading: what was found, what people said of it, and what the usual was told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from floorwalker.core.measures import MEASURES, Filter, Question
from floorwalker.web.accounts.models import Site
from floorwalker.web.changes.folding import folded
from floorwalker.web.changes.ledger import Ledger
from floorwalker.web.changes.models import SAME, Decision, Finding, Ruling, Story
from floorwalker.web.changes.places import DIMENSIONS, Place
from floorwalker.web.changes.rulings import held_rulings, ruling_of
from floorwalker.web.changes.series import WATCHED
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.pulse.usual import Level, Told

QUEUES = ("", "queue")
"""The dimensions of what forecasts read: the whole site and its queues."""
MASKS = {"queue": pl.String, "date": pl.Date}


def masked_days(site: Site, measure: str = "offered") -> pl.DataFrame:
    """queue, date: the days that are left out of what is usual, because they were a blip; queue "" is the whole site."""
    left = Decision.objects.filter(site=site, measure=measure, dimension__in=QUEUES, kind=Decision.Kind.LEFT_OUT)
    rows = [(each.value, day) for each in left for day in each.days]
    return pl.DataFrame(rows, schema=MASKS, orient="row").unique().sort("queue", "date")


def levels(site: Site, measure: str = "offered") -> pl.DataFrame:
    """queue, date: the days on which another level began that lasts; queue "" is the whole site.

    What the engine or a person took as the new normal, and what is called lasting and may still become it; not what a person
    ruled a blip, nothing, or not to be taken, and not what the alarm budget holds back.
    """
    of_queues = {"site": site, "measure": measure, "dimension__in": QUEUES}
    denied = [each for each in held_rulings(site) if each.kind != Ruling.Kind.NORMAL]
    lasting = Finding.objects.filter(**of_queues, kind=Finding.Kind.LASTING, until=None, is_held=False)
    begun = {(each.value, each.onset) for each in lasting if not any(ruling.is_about(each) for ruling in denied)}
    taken = Decision.objects.filter(**of_queues, kind=Decision.Kind.NEW_NORMAL).order_by("first")
    for queue, first in taken.values_list("value", "first"):
        if not any(queue == other and abs(first - day) <= SAME for other, day in begun):
            begun.add((queue, first))
    return pl.DataFrame(sorted(begun), schema=MASKS, orient="row")


def queue_names(site: Site) -> list[str]:
    """Every queue of the contacts, by name."""
    frame = open_warehouse(site).answer(Question(("offered",), by=("queue",), where=(Filter("queue", ("*",)),))).frame
    return sorted(frame["queue"].drop_nulls().to_list())


def told_of(ledger: Ledger) -> dict[tuple[str, Place], Told]:
    """What the usual of each series (measure and place) was told: which days are no example of it, and by how much which
    levels moved it. A series that is missing was told nothing."""
    left: dict[tuple[str, Place], set[date]] = {}
    begun: dict[tuple[str, Place], list[Level]] = {}
    for each in ledger.findings:
        if not each.lasts or each.is_held:
            continue
        if (ruling := ruling_of(each, ledger.rulings)) is None or ruling.kind == Ruling.Kind.NORMAL:
            begun.setdefault(each.series, []).append(Level(each.onset, each.size))
    for decision in ledger.decisions:
        levels = begun.setdefault(decision.series, [])
        if decision.kind == Decision.Kind.LEFT_OUT:
            left.setdefault(decision.series, set()).update(decision.days)
        elif decision.kind == Decision.Kind.NEW_NORMAL and not any(abs(decision.first - one.since) <= SAME for one in levels):
            levels.append(Level(decision.first, None))
    return {
        series: Told(frozenset(left.get(series, ())), tuple(sorted(begun.get(series, []), key=lambda level: level.since)))
        for series in left.keys() | begun.keys()
    }


@dataclass(frozen=True)
class Asked:
    """Which changes: of one value of a dimension (empty: all), of a measure and kind; `is_held`: those that the alarm budget
    holds back. Of two dimensions nothing is watched together."""

    measure: str = ""
    kind: str = ""
    queue: str = ""
    channel: str = ""
    topic: str = ""
    team: str = ""
    is_held: bool = False

    @classmethod
    def of(cls, measure: str, place: Place) -> "Asked":
        """A measure in one place; on the whole site in all of them."""
        return replace(cls(measure), **({place.dimension: place.value} if place.dimension else {}))  # type: ignore[arg-type]

    @property
    def places(self) -> list[Place]:
        """The places that are asked for."""
        return [Place(name, value) for name in DIMENSIONS if (value := getattr(self, name))]

    @property
    def is_narrow(self) -> bool:
        return bool(self.measure or self.kind or self.places or self.is_held)


@dataclass(frozen=True)
class Change:
    """A finding with what people said of it, the queues in which the same happened, and what stands behind it.

    `before`: other changes of the same series that are told on its card (see `joining`), the latest first.
    """

    finding: Finding
    story: Story | None = None
    ruling: Ruling | None = None
    same_in: tuple[str, ...] = ()
    behind: tuple[Finding, ...] = ()
    before: tuple["Change", ...] = ()


HELD = "held"


def asked(given: dict[str, str], ledger: Ledger) -> Asked:
    """The filters of a URL; what does not exist is left out."""
    kind, measure = given.get("kind", ""), given.get("measure", "")
    places = {name: value for name in DIMENSIONS if (value := given.get(name, "")) in values_of(ledger, name)}
    return Asked(
        measure if measure in WATCHED and measure in MEASURES else "",
        kind if kind in Finding.Kind.values else "",
        **places,
        is_held=kind == HELD,
    )


def values_of(ledger: Ledger, dimension: str) -> list[str]:
    """The values of a dimension to choose from, by name: the teams that the viewer may see, else those with a finding."""
    if dimension == "team":
        return sorted(ledger.teams)
    return sorted({each.value for each in ledger.findings if each.dimension == dimension})


def finding_seen(ledger: Ledger, pk: int) -> Finding | None:
    """One finding, if the viewer may see it."""
    return next((each for each in ledger.findings if each.pk == pk), None)


def change_seen(ledger: Ledger, pk: int) -> Change | None:
    """One finding with what people said of it, if the viewer may see it."""
    finding = finding_seen(ledger, pk)
    if finding is None:
        return None
    return Change(finding, story_of(finding, ledger.stories), ruling_of(finding, ledger.rulings))


def stories_seen(ledger: Ledger) -> list[Story]:
    """The stories that the viewer may read, latest first."""
    told = [each for each in ledger.stories if ledger.shows(each)]
    return sorted(told, key=lambda each: each.at, reverse=True)


def changes_of(ledger: Ledger, ask: Asked) -> list[Change]:
    """The changes asked for, latest first; what happened once is told once (see `folding`)."""
    findings = [each for each in ledger.findings if each.is_held == ask.is_held and _is_in_place(each, ask)]
    told = folded(findings, not ask.places, not ask.measure)
    return [
        Change(
            each.finding,
            story_of(each.finding, ledger.stories),
            ruling_of(each.finding, ledger.rulings),
            each.same_in,
            each.behind,
        )
        for each in told
        if ask.measure in ("", each.finding.measure) and ask.kind in ("", str(each.finding.kind))
    ]


def _is_in_place(finding: Finding, ask: Asked) -> bool:
    return all(place == finding.place for place in ask.places)


def story_of(finding: Finding, stories: Sequence[Story]) -> Story | None:
    """The story of a change, if it was told."""
    about = [story for story in stories if story.is_about(finding)]
    return min(about, key=lambda story: abs(story.onset - finding.onset), default=None)


def earlier_like(finding: Finding, findings: Sequence[Finding], stories: Sequence[Story]) -> list[Finding]:
    """Up to three earlier changes like this one, latest first.

    Like: the same series went the same way by half to twice as much, or the same kind of event was named as its cause.
    """
    own = story_of(finding, stories)
    cause = own.event.kind if own and own.event else None

    def is_like(other: Finding) -> bool:
        same_way = other.series == finding.series and other.size * finding.size > 0
        if same_way and 0.5 <= abs(other.size) / max(abs(finding.size), 1e-9) <= 2:
            return True
        told = story_of(other, stories)
        return cause is not None and told is not None and told.event is not None and told.event.kind == cause

    before = [each for each in findings if each.onset < finding.onset - SAME and not each.is_held]
    return sorted((each for each in before if is_like(each)), key=lambda each: each.onset, reverse=True)[:3]
