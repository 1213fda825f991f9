"""Reading: daily series from the warehouse; findings and stories from the records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from floorwalker.core.measures import MEASURES, Filter, Question
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import Site
from floorwalker.web.changes.models import Finding, Round, Story
from floorwalker.web.events.queries import known_days
from floorwalker.web.intake.queries import open_warehouse

WATCHED = {
    "offered": "count",
    "service_level": "rate",
    "abandonment_rate": "rate",
    "transfer_rate": "rate",
    "csat": "rate",
    "repeat_rate": "rate",
    "aht": "mean",
    "asa": "mean",
}
"""The measures that are watched, with what they are to the engine. Rates and means carry what they rest on as weight."""

SHARED = 0.5
"""What this part of the queues did on the same day is told once."""
SAME_DAY = timedelta(days=1)


def daily_series(warehouse: Warehouse, until: date) -> pl.DataFrame:
    """Each watched measure day by day, of the whole site and of each queue, up to `until`, as the engine takes it."""
    measures = tuple(WATCHED)
    site = warehouse.answer(Question(measures, by=("day",), until=until)).frame.with_columns(queue=pl.lit(""))
    queues = warehouse.answer(Question(measures, by=("day", "queue"), until=until, where=(Filter("queue", ("*",)),))).frame
    both = pl.concat([site, queues], how="diagonal").filter(pl.col("day").is_not_null())
    return pl.concat([_of(both, measure, kind) for measure, kind in WATCHED.items()])


def _of(frame: pl.DataFrame, measure: str, kind: str) -> pl.DataFrame:
    """Days below the measure's smallest sample stay: their weight says how little they tell."""
    weight = pl.lit(None, pl.Float64) if kind == "count" else pl.col(f"{measure}.n").cast(pl.Float64)
    series = frame.select(
        series=pl.concat_str(pl.lit(measure), pl.col("queue"), separator="\n"),
        kind=pl.lit(kind),
        date="day",
        value=pl.col(measure).cast(pl.Float64),
        weight=weight,
    )
    return series.filter(pl.col("value").is_not_null().any().over("series"))


def prior_days(site: Site, table: pl.DataFrame) -> pl.DataFrame:
    """series, date: where the calendar lets something begin: its holidays and events, those of a queue in its series only."""
    known = known_days(site, table["date"].min(), table["date"].max())  # type: ignore[arg-type]
    series = table.select("series", queue=pl.col("series").str.split("\n").list.last()).unique()
    everywhere = series.join(known.filter(pl.col("queue").is_null()).select("date"), how="cross")
    own = series.join(known.drop_nulls("queue").select("queue", "date"), on="queue")
    return pl.concat([each.select("series", "date") for each in (everywhere, own)]).unique()


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
    findings = list(Finding.objects.filter(site=site))
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
