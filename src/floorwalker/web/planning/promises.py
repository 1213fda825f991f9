"""Certificates that are kept: renewed as the days come nearer, frozen when the day begins."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from floorwalker.web.accounts.actions.doing import NotDone, actor, require
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.actions import write
from floorwalker.web.planning import rules
from floorwalker.web.planning.certifying import CONFIDENCES, USUAL_CONFIDENCE, Day, Record, certificates, minutes_of
from floorwalker.web.planning.forecasting import Ahead
from floorwalker.web.planning.hindsight import midnight
from floorwalker.web.planning.history import Usual
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.planned import presences
from floorwalker.web.planning.plans import Plan

COMING_DAYS = 8
MANY_QUEUES = 40
"""With more queues than this, only the usual confidence is worked out."""


def renew(
    site: Site,
    ahead: Ahead,
    usual: Mapping[str, Usual],
    plans: Mapping[str, Plan],
    record: Record,
    now: datetime,
) -> None:
    """Certificates of today and the coming week anew, of the queues that were forecast. What was said about a day that has
    begun, or was promised, stands. While nothing comes in although it should, nothing is said about the day under way.
    """
    today = now.date()
    mine = Certificate.objects.filter(site=site, queue__in=ahead.queues)
    mine.filter(day__lte=today, promised_at=None).update(promised_at=now)
    days = [today + timedelta(step) for step in range(COMING_DAYS)]
    stand = set(mine.filter(promised_at__isnull=False, day__in=days).values_list("queue", "day", "confidence"))
    silent = ahead.silent_on(today)
    ask = [
        Day(queue, day, minutes_of(found[0]), found[1])
        for queue in ahead.queues
        for day in days
        if queue and _can_be_said(queue, day, ahead, today, silent) and (found := ahead.draws(queue, day))
    ]
    confidences = (USUAL_CONFIDENCE,) if len(plans) > MANY_QUEUES else CONFIDENCES
    there = presences(site, days[0], days[-1])
    made = list(certificates(site, ask, usual, plans, there, confidences, Certificate.Made.AHEAD, now, record))
    fresh = [each for each in made if (each.queue, each.day, each.confidence) not in stand]
    for each in fresh:
        each.promised_at = now if each.day == today else None
    with transaction.atomic():
        mine.filter(day__gt=today, promised_at=None).delete()
        Certificate.objects.bulk_create(fresh)


def _can_be_said(queue: str, day: date, ahead: Ahead, today: date, silent: frozenset[str]) -> bool:
    return day > today or (ahead.origin <= midnight(day) and queue not in silent)


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
