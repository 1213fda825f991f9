"""Certificates that are kept: renewed as the days come nearer, frozen when the day begins, compared with what really came."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
from django.db import transaction
from django.db.models import Q

from floorwalker.core import demand
from floorwalker.core.measures import Question
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.actions.doing import NotDone, actor, require
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.events.queries import known_days
from floorwalker.web.journal.actions import write
from floorwalker.web.planning import rules
from floorwalker.web.planning.certifying import CONFIDENCES, USUAL_CONFIDENCE, Day, certificates, minutes_of
from floorwalker.web.planning.forecasting import DRAWS, Ahead
from floorwalker.web.planning.history import STEP, Known, Usual
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.needs import Rates, day_level
from floorwalker.web.planning.planned import presences
from floorwalker.web.planning.plans import Plan

COMING_DAYS = 8
HINDSIGHT_DAYS = 28
MANY_QUEUES = 40
"""With more queues than this, only the usual confidence is worked out."""


def renew(site: Site, ahead: Ahead, known: Known, usual: Mapping[str, Usual], plans: Mapping[str, Plan], now: datetime) -> None:
    """Certificates of today and the coming week anew. What was said about a day that has begun, or was promised, stands."""
    today = now.date()
    frozen = Q(promised_at__isnull=False)
    Certificate.objects.filter(site=site, day__lte=today, promised_at=None).update(promised_at=now)
    days = [today + timedelta(step) for step in range(COMING_DAYS)]
    stand = set(Certificate.objects.filter(frozen, site=site, day__in=days).values_list("queue", "day", "confidence"))
    ask = [
        Day(queue, day, minutes_of(found[0]), found[1])
        for queue in ahead.queues
        for day in days
        if queue and (day > today or ahead.origin <= _midnight(day)) and (found := ahead.draws(queue, day))
    ]
    confidences = (USUAL_CONFIDENCE,) if len(ahead.queues) > MANY_QUEUES else CONFIDENCES
    there = presences(site, days[0], days[-1])
    made = list(certificates(site, ask, usual, plans, there, confidences, Certificate.Made.AHEAD, now))
    fresh = [each for each in made if (each.queue, each.day, each.confidence) not in stand]
    for each in fresh:
        each.promised_at = now if each.day == today else None
    with transaction.atomic():
        Certificate.objects.filter(site=site, day__gt=today, promised_at=None).delete()
        Certificate.objects.bulk_create(fresh)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def look_back(site: Site, known: Known, usual: Mapping[str, Usual], plans: Mapping[str, Plan], now: datetime) -> None:
    """For past days with a roster and no certificate: what would have been said the evening before, knowing no more."""
    last = min(known.last_day, now.date() - timedelta(1))
    days = [last - timedelta(step) for step in range(HINDSIGHT_DAYS)]
    there = presences(site, days[-1], days[0])
    have = set(Certificate.objects.filter(site=site, day__in=days).values_list("queue", "day"))
    pairs = sorted(
        {
            (each.queue, day)
            for day, present in there.items()
            for each in present
            if (each.queue, day) not in have and each.queue in plans and not plans[each.queue].is_later
        }
    )
    if not pairs:
        return
    first = known.counts["start"].min()
    assert isinstance(first, datetime)  # noqa: S101 - there are counts
    special = known_days(site, first.date(), last)
    origins = pl.DataFrame({"queue": [queue for queue, _ in pairs], "origin": [_midnight(day) for _, day in pairs]})
    found = demand.forecast(known.counts, origins, 1, known=special if special.height else None)
    ask = [day for queue, at in pairs if (day := _drawn(found, queue, at))]
    made = certificates(site, ask, usual, plans, there, (USUAL_CONFIDENCE,), Certificate.Made.HINDSIGHT, now)
    Certificate.objects.bulk_create(_promised(made, now))


def _drawn(found: demand.Forecast, queue: str, day: date) -> Day | None:
    try:
        drawn = found.scenarios(queue, _midnight(day), day, draws=DRAWS)
    except KeyError:
        return None
    return Day(queue, day, minutes_of(drawn.starts), drawn.counts)


def _promised(made: Iterable[Certificate], now: datetime) -> list[Certificate]:
    listed = list(made)
    for each in listed:
        each.promised_at = now
    return listed


def compare(site: Site, warehouse: Warehouse, known: Known, now: datetime) -> int:
    """Judge the certificates of days that are over and wholly known by what really came; how many were judged."""
    over = min(known.last_day, now.date() - timedelta(1))
    waiting = list(Certificate.objects.filter(site=site, day__lte=over, outcome={}, promised_at__isnull=False))
    if not waiting:
        return 0
    days = sorted({each.day for each in waiting})
    asked = Question(("aht", "service_level"), ("queue", "day"), days[0], days[-1])
    measured = {(row["queue"], row["day"]): row for row in warehouse.answer(asked).frame.iter_rows(named=True)}
    counts = known.counts.filter(pl.col("start").dt.date().is_in(days))
    came = counts.with_columns(day=pl.col("start").dt.date()).partition_by("queue", "day", as_dict=True)
    judged = [
        judge(each, rows, measured.get((each.queue, each.day), {}))
        for each in waiting
        if (rows := came.get((each.queue, each.day))) is not None
    ]
    Certificate.objects.bulk_update(judged, ["outcome", "kept"])
    return len(judged)


def judge(certificate: Certificate, came: pl.DataFrame, measured: Mapping[str, float | None]) -> Certificate:
    """Play the day with its true contacts and handle time, everything granted taken off; kept when its target was met.

    Where nothing was granted there was no promise to keep.
    """
    plan, ground = certificate.plan, certificate.ground
    at = {each.hour * 60 + each.minute: float(count) for each, count in came.select("start", "contacts").iter_rows()}
    contacts = np.array([at.get(minute, 0.0) for minute in plan["minutes"]])
    aht = float(measured.get("aht") or ground["aht_s"])
    left = np.maximum(np.array(plan["planned"]) - np.array(plan["spare"]), 0.0)
    places = left * (1 - ground["shrinkage"]) * (1 - ground["absence"]) * ground["at_once"]
    rates = Rates(aht, ground["patience_s"])
    level = day_level(contacts, STEP, rates, ground["threshold_s"], ground["definition"], places)
    certificate.outcome = {
        "level": level if level is None else round(level, 4),
        "contacts": float(contacts.sum()),
        "aht_s": round(aht, 1),
        "measured": measured.get("service_level"),
    }
    certificate.kept = level >= ground["target"] if certificate.grants and level is not None else None
    return certificate


@transaction.atomic
def promise(certificate: Certificate, viewer: Viewer, now: datetime) -> None:
    """Give the word: from now on this certificate stays as it is.

    Raises
    ------
    NotDone
        `promise_nothing` when nothing may leave, `promise_over` when the day has begun or the word was given.
    """
    require(rules.may_plan(viewer) and certificate.site_id == viewer.site.pk)
    held = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if held.promised_at or held.day <= now.date():
        raise NotDone("promise_over")
    if not held.grants:
        raise NotDone("promise_nothing")
    held.promised_at, held.by = now, viewer.user
    held.save()
    write(actor(viewer), "promise.made", f"{held.queue}, {held.day.isoformat()}", facts={"certificate": held.pk})


@transaction.atomic
def take_back(certificate: Certificate, viewer: Viewer, now: datetime) -> None:
    """Take the word back before the day begins; the certificate is then worked out anew like the others.

    Raises
    ------
    NotDone
        `promise_over` when the day has begun, or no person gave the word.
    """
    require(rules.may_plan(viewer) and certificate.site_id == viewer.site.pk)
    held = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if held.by_id is None or held.day <= now.date():
        raise NotDone("promise_over")
    held.promised_at, held.by = None, None
    held.save()
    write(actor(viewer), "promise.taken_back", f"{held.queue}, {held.day.isoformat()}", facts={"certificate": held.pk})


def sums_of(record: Sequence[Certificate]) -> tuple[int, int]:
    """How many promises were kept, of how many that were given."""
    given = [each for each in record if each.kept is not None]
    return sum(bool(each.kept) for each in given), len(given)
