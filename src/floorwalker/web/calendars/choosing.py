"""Choosing the ways into one's own calendar. Everybody does it for themselves."""

import secrets
from datetime import datetime

from django.db import transaction

from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars.delivering import hurry, prepare
from floorwalker.web.calendars.invitation import rhythm_of
from floorwalker.web.calendars.models import Guest, Placed, Ways
from floorwalker.web.calendars.sealing import digest, key_from, seal
from floorwalker.web.calendars.tasks import carry_all
from floorwalker.web.calendars.times import is_over
from floorwalker.web.journal.actions import write

PLACE = ("caldav_url", "caldav_user")


@transaction.atomic
def choose_ways(viewer: Viewer, facts: dict[str, object], password: str, now: datetime) -> Ways:
    """Keeps what was chosen; an empty password keeps the old one. What is placed already goes the new ways, too."""
    ways = _own(viewer.user)
    has_moved = any(facts.get(name, getattr(ways, name)) != getattr(ways, name) for name in PLACE)
    for name, value in facts.items():
        setattr(ways, name, value)
    if password:
        ways.caldav_secret = seal(password)
    if has_moved or password:
        ways.caldav_calendar = ""
    ways.save()
    write(viewer.user, "calendar.ways_chosen")
    ahead = Guest.objects.filter(user=viewer.user, placed__state=Placed.State.STANDING).select_related("placed", "user")
    due = prepare([guest for guest in ahead if not is_over(rhythm_of(guest.placed), now)], now)
    carry_all(sorted({each.pk for each in due} | set(hurry(viewer.user, now))))
    return ways


def note_calendar(ways: Ways, calendar: str) -> None:
    """Remembers which calendar was found behind the address."""
    Ways.objects.filter(pk=ways.pk).update(caldav_calendar=calendar)


@transaction.atomic
def try_again(viewer: Viewer, placed: Placed, now: datetime) -> None:
    """Tries at once what would be tried later."""
    carry_all(hurry(viewer.user, now, placed))


@transaction.atomic
def new_feed(viewer: Viewer) -> str:
    """A new address to subscribe to; the one before opens nothing any more. Answers its key."""
    nonce, ways = secrets.token_urlsafe(16), _own(viewer.user)
    key = key_from(nonce)
    ways.feed_digest, ways.feed_nonce = digest(key), nonce
    ways.save(update_fields=["feed_digest", "feed_nonce"])
    write(viewer.user, "calendar.address_made")
    return key


@transaction.atomic
def revoke_feed(viewer: Viewer) -> None:
    """Nobody can subscribe any more."""
    ways = _own(viewer.user)
    if ways.feed_digest is None:
        return
    ways.feed_digest, ways.feed_nonce = None, ""
    ways.save(update_fields=["feed_digest", "feed_nonce"])
    write(viewer.user, "calendar.address_revoked")


def _own(user: User) -> Ways:
    return Ways.objects.select_for_update().get_or_create(user=user)[0]
