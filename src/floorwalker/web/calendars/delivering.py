"""Carrying placed time into calendars: each state once, again and later when it did not arrive, never lost.

A delivery knows the last state (`sent_sequence`) that arrived. Sending the same state twice does no harm: mail carries the same
identity and sequence, the calendar server the same address. So a delivery that was cut off is simply done again.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from floorwalker.web.accounts.models import User
from floorwalker.web.calendars import calendar_server, mailing
from floorwalker.web.calendars.invitation import rhythm_of
from floorwalker.web.calendars.models import Delivery, Guest, Placed, Way
from floorwalker.web.calendars.queries import ways_of
from floorwalker.web.calendars.times import is_over
from floorwalker.web.calendars.trouble import NotDelivered

SENDERS: dict[str, Callable[[Guest, datetime], None]] = {Way.MAIL: mailing.send, Way.CALDAV: calendar_server.send}
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
CLAIM = timedelta(minutes=3)
"""A worker that has not come back after this time was stopped; another one takes over."""


def prepare(guests: Iterable[Guest], now: datetime) -> list[Delivery]:
    """What has to be carried now: each guest's chosen ways, and those on which an earlier state arrived."""
    found = []
    for guest in guests:
        for way in ways_of(guest.user).chosen:
            Delivery.objects.get_or_create(guest=guest, way=way)
        for delivery in guest.deliveries.all():
            if delivery.sent_sequence != guest.placed.sequence:
                delivery.next_at, delivery.is_settled, delivery.found = now, False, ""
                delivery.save(update_fields=["next_at", "is_settled", "found"])
                found.append(delivery)
    return found


def deliver(pk: int, now: datetime) -> datetime | None:
    """Carries one delivery, if it is due and nobody else is at it. Answers when to come back, None when all is done."""
    if not _due(pk, now).update(claimed_until=now + CLAIM):
        return None
    delivery = Delivery.objects.select_related("guest__placed__site", "guest__user").get(pk=pk)
    placed = delivery.guest.placed
    if _is_settled(delivery, placed, now):
        return _note(delivery, is_settled=True, problem="", next_at=None)
    sequence = placed.sequence
    try:
        SENDERS[delivery.way](delivery.guest, now)
    except NotDelivered as trouble:
        pause = min(FIRST_PAUSE * 2 ** min(delivery.tries, 12), LONGEST_PAUSE)
        facts = {"problem": trouble.code, "problem_at": now, "tries": min(delivery.tries + 1, 1000)}
        return _note(delivery, next_at=now + pause, **facts)
    is_newest = not Placed.objects.filter(pk=placed.pk).exclude(sequence=sequence).exists()
    facts = {"sent_sequence": sequence, "sent_at": now, "tries": 0, "problem": "", "is_settled": is_newest}
    return _note(delivery, next_at=None if is_newest else now, **facts)


def is_due(pk: int, now: datetime) -> bool:
    """Whether a delivery waits to be carried now and nobody is at it."""
    return _due(pk, now).exists()


def _due(pk: int, now: datetime) -> QuerySet[Delivery]:
    due = Q(next_at=None) | Q(next_at__lte=now)
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return Delivery.objects.filter(due & free, pk=pk, is_settled=False)


def _is_settled(delivery: Delivery, placed: Placed, now: datetime) -> bool:
    """Nothing to carry: it arrived, nothing of it lies ahead, or it was cancelled, or the way left, before it ever arrived."""
    if delivery.sent_sequence == placed.sequence:
        return True
    if delivery.sent_sequence is None and delivery.way not in ways_of(delivery.guest.user).chosen:
        return True
    if placed.is_cancelled:
        return delivery.sent_sequence is None
    return is_over(rhythm_of(placed), now)


def _note(delivery: Delivery, next_at: datetime | None, **facts: object) -> datetime | None:
    Delivery.objects.filter(pk=delivery.pk).update(claimed_until=None, next_at=next_at, **facts)
    return next_at


def hurry(user: User, now: datetime, placed: Placed | None = None) -> list[int]:
    """Makes everything of a person that has not arrived due at once; their numbers."""
    late = Delivery.objects.filter(guest__user=user, is_settled=False)
    if placed is not None:
        late = late.filter(guest__placed=placed)
    late.update(next_at=now)
    return list(late.values_list("pk", flat=True))
