"""One round: every watched number of a site judged anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
from django.conf import settings
from django.db import transaction

from floorwalker.core import patterns
from floorwalker.web.accounts.models import Site
from floorwalker.web.changes.chosen import Chosen
from floorwalker.web.changes.judging import Judged, judge, with_older_onsets
from floorwalker.web.changes.models import SAME, AlarmBudget, Decision, Finding, Round
from floorwalker.web.changes.nights import judged, replayed
from floorwalker.web.changes.parts import MOVED, part_series
from floorwalker.web.changes.rulings import held_rulings, overrides_of
from floorwalker.web.changes.series import daily_series, named, prior_days
from floorwalker.web.intake.queries import open_warehouse


@dataclass(frozen=True)
class _Answered:
    """A table of series and what the engine says of it; `moved` is what was taken out of its days before."""

    table: pl.DataFrame
    answers: patterns.Answers
    moved: pl.DataFrame | None = None


def judge_site(site: Site, now: datetime) -> None:
    """Judge every watched number up to yesterday on the site's clock; what was found before gives way to what is found now.

    The day that is running is left out, because half a day looks like a fall. The site and its queues are judged first; teams,
    channels and reasons for contact then, without what happened to the queues of their contacts.
    """
    yesterday = now.astimezone(ZoneInfo(site.tz)).date() - timedelta(days=1)
    levels, reasons = _answered(site, yesterday)
    facts: dict[str, float | None] = {}
    found = Judged()
    if levels:
        budget = _budget(site, levels)
        kept = frozenset(budget.kept.select("series", "date").iter_rows())
        for each in levels:
            found = found.with_more(judge(each.table, each.answers, kept, each.moved))
        facts = {**_promised(site, levels), "kept_expected": budget.expected, "threshold": budget.threshold}
        facts["handle_s"] = _usual_handle_time(levels[0].answers.states)
    watched = {"reasons": len(reasons.values), "reasons_known": reasons.known}
    until = max((day for each in levels for day in each.table["date"].to_list()), default=None)
    _keep(site, found, {"at": now, "until": until, "judged": found.judged, "learning": found.learning, **watched, **facts})


def _answered(site: Site, yesterday: date) -> tuple[list[_Answered], Chosen]:
    warehouse, rulings = open_warehouse(site), overrides_of(site)
    table = daily_series(warehouse, yesterday)
    if table.is_empty():
        return [], Chosen()
    first = _Answered(table, judged(_place(site, "queues.npz"), table, prior_days(site, table), rulings))
    parts, reasons = part_series(warehouse, yesterday, table, first.answers)
    if parts.is_empty():
        return [first], reasons
    moved, parts = parts.select("series", "date", MOVED), parts.drop(MOVED)
    return [first, _Answered(parts, judged(_place(site, "parts.npz"), parts, prior_days(site, parts), rulings), moved)], reasons


def _place(site: Site, what: str) -> Path:
    return Path(settings.PATTERNS) / f"{site.pk}-{what}"


def _budget(site: Site, levels: Sequence[_Answered]) -> patterns.Budget:
    accepted = AlarmBudget.objects.filter(site=site).values_list("per_week", flat=True).first()
    states = pl.concat([with_older_onsets(each.answers.states) for each in levels])
    return patterns.within_budget(states, AlarmBudget.USUAL if accepted is None else accepted)


def _promised(site: Site, levels: Sequence[_Answered]) -> dict[str, float | None]:
    """How many false calls a week this centre's own quiet history promises; unknown without a quiet fortnight."""
    count = sum(each.table["series"].n_unique() for each in levels)
    replay = replayed(_place(site, "replay.json"), levels[0].answers)
    if replay is None:
        return {"expected": None, "expected_high": None}
    return {"expected": replay.per_week(count), "expected_high": 7 * count / replay.low}


def _usual_handle_time(states: pl.DataFrame) -> float | None:
    known = states.filter(pl.col("series") == named("aht"), pl.col("usual").is_not_null())
    return float(known["usual"][-1]) if known.height else None


@transaction.atomic
def _keep(site: Site, found: Judged, facts: dict[str, object]) -> None:
    before = list(Finding.objects.filter(site=site))
    fresh = [*found.findings, *_ruled_before(site, before, found.findings)]
    _keep_addresses(before, fresh)
    Finding.objects.filter(site=site).delete()
    Decision.objects.filter(site=site).delete()
    for each in (*fresh, *found.decisions):
        each.site = site
    Finding.objects.bulk_create(fresh)
    Decision.objects.bulk_create(found.decisions)
    Round.objects.update_or_create(site=site, defaults=facts)


def _ruled_before(site: Site, before: Sequence[Finding], now: Sequence[Finding]) -> list[Finding]:
    """Changes that the engine no longer tells because a person ruled about them: they stay, so that the ruling can be seen."""
    rulings = held_rulings(site)
    return [
        each
        for each in before
        if any(ruling.is_about(each) for ruling in rulings)
        and not any(other.series == each.series and abs(other.onset - each.onset) <= SAME for other in now)
    ]


def _keep_addresses(before: Sequence[Finding], now: Sequence[Finding]) -> None:
    """A change that was known keeps its number, so that what is written or sent about it meanwhile still finds it."""
    free = {(each.series, each.onset): each for each in before}
    for fresh in now:
        near = [place for place in free if place[0] == fresh.series and abs(place[1] - fresh.onset) <= SAME]
        if near:
            fresh.pk = free.pop(min(near, key=lambda place: abs(place[1] - fresh.onset))).pk
