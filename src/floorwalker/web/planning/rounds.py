"""One round: the coming days of a site worked out anew, and kept so that every page only reads."""

import math
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.models import WarehousePart
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.planning.attendance import attendance
from floorwalker.web.planning.certifying import Record
from floorwalker.web.planning.forecasting import Ahead, Learned, forecast_site
from floorwalker.web.planning.hindsight import (
    HINDSIGHT_DAYS,
    RECORD_DAYS,
    Evenings,
    holidays_in,
    look_back,
    older,
    past_days,
    ranked,
    unranked,
    without_certificate,
)
from floorwalker.web.planning.history import DAYS_OF_RATES, Known, Usual, history_of, usual_of
from floorwalker.web.planning.judging import compare
from floorwalker.web.planning.keeping import expected_rows, keep_expected, snapshot_of_day
from floorwalker.web.planning.learned import learned_of
from floorwalker.web.planning.manner import Manner, manners
from floorwalker.web.planning.models import Expected, Round
from floorwalker.web.planning.planned import presences
from floorwalker.web.planning.plans import Plan, plans_of
from floorwalker.web.planning.promises import COMING_DAYS, MANY_QUEUES, renew
from floorwalker.web.planning.queries import channels_of
from floorwalker.web.planning.sample import plan_sample
from floorwalker.web.planning.staffed import fill_people, fill_whole

HISTORY_DAYS = 400
VOLUME_TABLES = ("contact", "leg", "interval_stat")


def work_out_site(site: Site, now: datetime, only: Collection[str] = ()) -> None:
    """Forecast, people needed and room to spare of the coming days, of all queues or `only` of those that a change touches (the
    empty name: the sum of all). `now` is on the site's clock.

    When something goes wrong it is noted, and what was worked out before stays.
    """
    plan_sample(site, now)
    Round.objects.get_or_create(site=site)
    rounds = Round.objects.filter(site=site)
    rounds.update(began_at=now, phase="history", failure="", done=0, total=0)
    try:
        known = history_of(open_warehouse(site), HISTORY_DAYS, now, _known_until(now))
        if known is None:
            Expected.objects.filter(site=site, snapshot=None).delete()
            rounds.update(known_until=None, choices={}, rates={})
        else:
            _work_out(site, known, now, frozenset(only) & set(known.counts["queue"]) or None)
    except Exception as problem:
        rounds.update(failure=type(problem).__name__, ended_at=now)
        raise
    rounds.update(phase="done", ended_at=now)


def _work_out(site: Site, known: Known, now: datetime, only: frozenset[str] | None) -> None:
    rounds, warehouse, today = Round.objects.filter(site=site), open_warehouse(site), now.date()
    rounds.update(phase="forecast", total=known.counts["queue"].n_unique())
    learned, shifts = learned_of(site)
    ahead = forecast_site(site, known, today, learned, only)
    rows = expected_rows(site, ahead, known, today)
    rounds.update(phase="people", total=len(rows))
    usual, manner = usual_of(warehouse, known.last_day, shifts), manners(warehouse, known.last_day - timedelta(DAYS_OF_RATES))
    plans = plans_of(site, sorted(set(known.counts["queue"]) - {""}), channels_of(site))
    there = presences(site, today, max(each.day for each in rows) if rows else today)
    fill_people(rows, usual, plans, there)
    before = rounds.get()
    with transaction.atomic():
        keep_expected(site, rows, only)
        if only is not None:
            fill_whole(site, there)
        snapshot_of_day(site, now)
        known_until = known.until.replace(tzinfo=now.tzinfo)
        told = before.choices | _choices(ahead) if only is not None else _choices(ahead)
        rounds.update(phase="room", known_until=known_until, choices=told, rates=_rates(usual, manner, plans))
    if only is None:
        _look_back(site, known, learned, usual, plans, now)
    holidays = holidays_in(site, known, today + timedelta(COMING_DAYS))
    renew(site, ahead, usual, plans, _record(site, known, plans, today, holidays), now)


def _look_back(
    site: Site, known: Known, learned: Learned, usual: Mapping[str, Usual], plans: Mapping[str, Plan], now: datetime
) -> None:
    """Rank the past days, say what would have been said about them, and judge what was said."""
    rounds, days = Round.objects.filter(site=site), past_days(known, now.date(), RECORD_DAYS)
    holidays = holidays_in(site, known, now.date() + timedelta(COMING_DAYS))
    kept = {queue: _since(ranks, days[-1], holidays) for queue, ranks in rounds.get().ranks.items()}
    few = days if len(plans) <= MANY_QUEUES else days[:HINDSIGHT_DAYS]
    to_rank = unranked(kept, [*few, *older(holidays, known, days[-1])], plans)
    unsaid = without_certificate(site, days[:HINDSIGHT_DAYS], plans)
    evenings = Evenings(site, known, learned)
    evenings.ask(to_rank | unsaid)
    for queue, fresh in ranked(evenings, to_rank, known, usual, plans).items():
        kept.setdefault(queue, {}).update(fresh)
    rounds.update(ranks=kept)
    record = _record(site, known, plans, now.date(), holidays)
    look_back(site, evenings, unsaid, usual, plans, record, now)
    compare(site, open_warehouse(site), known, record.seen, now)


def _since(ranks: Mapping[str, float], first: date, holidays: Mapping[date, bool]) -> dict[str, float]:
    """The last days, and every public holiday: there are few of them."""
    stay = {day.isoformat() for day in holidays}
    return {day: rank for day, rank in ranks.items() if day >= first.isoformat() or day in stay}


def _record(site: Site, known: Known, plans: Mapping[str, Plan], today: date, holidays: Mapping[date, bool]) -> Record:
    """What came of the last sixty days, and of the public holidays before them."""
    days, kept = past_days(known, today, RECORD_DAYS), Round.objects.get(site=site).ranks
    ranks = {queue: {date.fromisoformat(day): rank for day, rank in told.items()} for queue, told in kept.items()}
    seen = attendance(site, open_warehouse(site), days[-1], days[0])
    return Record(ranks, seen, {queue: plan.absence for queue, plan in plans.items()}, holidays)


def _known_until(now: datetime) -> datetime | None:
    """When the latest contact began, on the site's clock."""
    latest = WarehousePart.objects.filter(span="day", name__in=VOLUME_TABLES).aggregate(latest=Max("until"))["latest"]
    return latest.astimezone(now.tzinfo) if latest else None


def _choices(ahead: Ahead) -> dict[str, Any]:
    """By queue: lead, model, why, and the error of it and of the plain weekday mean (null: nothing could be compared)."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in ahead.near.choices.iter_rows(named=True):
        errors = {name: _known(row[name]) for name in ("error", "error_of_mean")}
        found.setdefault(row["queue"], []).append({name: row[name] for name in ("lead", "model", "why")} | errors)
    return found


def _known(value: float | None) -> float | None:
    """JSON knows no value that is not a number."""
    return value if value is not None and math.isfinite(value) else None


def _rates(usual: Mapping[str, Usual], manner: Mapping[str, Manner], plans: Mapping[str, Plan]) -> dict[str, Any]:
    return {
        queue: {
            "aht_s": known.rates.aht_s,
            "patience_s": known.rates.patience_s,
            "spread": known.spread,
            "chats": known.rates.chats,
            "manner": asdict(manner.get(queue, Manner())),
        }
        for queue, known in usual.items()
        if queue in plans
    }
