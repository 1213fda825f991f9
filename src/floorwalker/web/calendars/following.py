"""What people did with placed time in their own calendars: followed where it is theirs alone, else asked about, never put back
without their word.

Raises, the actions
-------------------
PermissionDenied
    when the rule does not allow the viewer to do it.
"""

from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, QuerySet

from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.calendars import actions, calendar_server
from floorwalker.web.calendars.delivering import hurry
from floorwalker.web.calendars.invitation import rhythm_of, uid_of
from floorwalker.web.calendars.models import Delivery, Placed, Way, Ways
from floorwalker.web.calendars.reading_back import Copy, read, takes_place_alike
from floorwalker.web.calendars.tasks import carry_all
from floorwalker.web.calendars.times import is_over
from floorwalker.web.calendars.trouble import NotDelivered


def look_for(user: User, now: datetime) -> int:
    """Looks at each copy of a person that lies ahead; how many differ from what was placed, and were not asked about before.

    Raises
    ------
    NotDelivered
        when the calendar cannot be read: nothing is concluded from that.
    """
    return sum(_look(each, now) for each in _arrived(user) if not is_over(rhythm_of(each.guest.placed), now))


def look_at_all(now: datetime) -> None:
    """Looks for everybody whose time stands on a calendar server; who cannot be reached is looked for the next time.

    A server that is down is waited for once, not once a person.
    """
    there = Delivery.objects.filter(way=Way.CALDAV, is_settled=True, guest__user__is_active=True)
    down: set[str | None] = set()
    for ways in Ways.objects.filter(user__in=there.values("guest__user"), by_caldav=True).select_related("user"):
        host = urlsplit(ways.caldav_url).hostname
        if host in down:
            continue
        try:
            look_for(ways.user, now)
        except NotDelivered as trouble:
            if trouble.code == "caldav.down":
                down.add(host)


def _arrived(user: User) -> QuerySet[Delivery]:
    """Copies that stand as they were sent last, and about which nothing is open."""
    found = Delivery.objects.filter(guest__user=user, way=Way.CALDAV, sent_sequence=F("guest__placed__sequence"))
    quiet = found.exclude(found__in=[*Delivery.ASKED, Delivery.Found.LEFT])
    return quiet.filter(guest__placed__state=Placed.State.STANDING).select_related("guest__placed__site", "guest__user")


def _look(delivery: Delivery, now: datetime) -> bool:
    placed = delivery.guest.placed
    text = calendar_server.fetch(delivery.guest)
    copy = Copy(is_gone=True) if text is None else read(text, uid_of(placed), placed.tz)
    if copy.rhythm is not None and takes_place_alike(copy.rhythm, rhythm_of(placed), now):
        return False
    with transaction.atomic():
        held = Placed.objects.select_for_update().get(pk=placed.pk)
        if held.sequence != placed.sequence or held.is_cancelled:
            return False  # changed here meanwhile: that is the later word
        found = Delivery.Found.GONE if copy.is_gone else Delivery.Found.OTHERWISE
        if copy.rhythm is not None and is_own_alone(held, delivery.guest.user) and actions.may_become(copy.rhythm, now):
            viewer = viewer_of(delivery.guest.user, held.site, now.astimezone(ZoneInfo(held.site.tz)).date())
            held = actions.follow(held, copy.rhythm, viewer, now)
            found = Delivery.Found.FOLLOWED
        as_it_is = {"sent_sequence": held.sequence, "is_settled": True, "next_at": None, "found": found, "found_at": now}
        Delivery.objects.filter(pk=delivery.pk).update(**as_it_is)
    return True


def is_own_alone(placed: Placed, user: User) -> bool:
    """Placed by that person for nobody but themselves."""
    return placed.by_id == user.pk and not placed.guests.exclude(user=user).exists()


@transaction.atomic
def put_back(viewer: Viewer, placed: Placed, now: datetime) -> None:
    """Writes it into the viewer's calendar again, as it stands here."""
    asked = _asked(viewer, placed)
    pks = list(asked.values_list("pk", flat=True))
    asked.update(found="", found_at=None, sent_sequence=None, is_settled=False, next_at=now)
    carry_all(sorted({*pks, *hurry(viewer.user, now, placed)}))


@transaction.atomic
def leave_so(viewer: Viewer, placed: Placed, now: datetime) -> None:
    """The viewer's calendar stays as it is; here everything stands, and nobody asks again until it changes."""
    _asked(viewer, placed).update(found=Delivery.Found.LEFT, found_at=now)


def _asked(viewer: Viewer, placed: Placed) -> QuerySet[Delivery]:
    open_questions = [*Delivery.ASKED, Delivery.Found.LEFT]
    return Delivery.objects.filter(guest__placed=placed, guest__user=viewer.user, found__in=open_questions)
