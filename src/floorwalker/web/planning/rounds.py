"""One round: the coming days of a site worked out anew, and kept so that every page only reads."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.models import WarehousePart
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.planning.forecasting import Ahead, forecast_site
from floorwalker.web.planning.history import Known, Usual, history_of, usual_of
from floorwalker.web.planning.keeping import expected_rows, keep_expected, snapshot_of_day
from floorwalker.web.planning.learned import learned_of
from floorwalker.web.planning.models import Expected, Round
from floorwalker.web.planning.planned import presences
from floorwalker.web.planning.plans import Plan, plans_of
from floorwalker.web.planning.promises import compare, look_back, renew
from floorwalker.web.planning.queries import channels_of
from floorwalker.web.planning.sample import plan_sample
from floorwalker.web.planning.staffed import fill_people

HISTORY_DAYS = 400
VOLUME_TABLES = ("contact", "leg", "interval_stat")


def work_out_site(site: Site, now: datetime) -> None:
    """Forecast, people needed and room to spare of the coming days. `now` is on the site's clock.

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
            _work_out(site, known, now)
    except Exception as problem:
        rounds.update(failure=type(problem).__name__, ended_at=now)
        raise
    rounds.update(phase="done", ended_at=now)


def _work_out(site: Site, known: Known, now: datetime) -> None:
    rounds, warehouse, today = Round.objects.filter(site=site), open_warehouse(site), now.date()
    rounds.update(phase="forecast", total=known.counts["queue"].n_unique())
    learned, shifts = learned_of(site)
    ahead = forecast_site(site, known, today, learned)
    rows = expected_rows(site, ahead, known, today)
    rounds.update(phase="people", total=len(rows))
    usual = usual_of(warehouse, known.last_day, shifts)
    plans = plans_of(site, [queue for queue in ahead.queues if queue], channels_of(site))
    fill_people(rows, usual, plans, presences(site, today, max(each.day for each in rows) if rows else today))
    with transaction.atomic():
        keep_expected(site, rows)
        snapshot_of_day(site, now)
        known_until = known.until.replace(tzinfo=now.tzinfo)
        rounds.update(phase="room", known_until=known_until, choices=_choices(ahead), rates=_rates(usual, plans))
    renew(site, ahead, known, usual, plans, now)
    look_back(site, known, usual, plans, now)
    compare(site, warehouse, known, now)


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


def _rates(usual: Mapping[str, Usual], plans: Mapping[str, Plan]) -> dict[str, Any]:
    return {
        queue: {"aht_s": known.rates.aht_s, "patience_s": known.rates.patience_s, "spread": known.spread}
        for queue, known in usual.items()
        if queue in plans
    }
