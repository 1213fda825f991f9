"""Answers to mailed invitations (iTIP REPLY): read from a mailbox, matched with who was invited.

An answer moves nothing that is shared: it stands beside the copy, and whoever declined is asked what shall follow. One day of a
weekly block that is somebody's alone is left out when they decline it. Other mail in the mailbox is left unread as it is.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from imaplib import IMAP4, IMAP4_SSL
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from icalendar import Calendar

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.calendars.actions import skip_day
from floorwalker.web.calendars.following import is_own_alone
from floorwalker.web.calendars.invitation import HOST
from floorwalker.web.calendars.models import Delivery, Guest, Placed, Way
from floorwalker.web.calendars.queries import address_of, ways_of

log = logging.getLogger(__name__)
WAIT_S = 20
LOOKED_BACK = timedelta(days=7)
LARGEST, MOST = 1_000_000, 500
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""As the protocol writes them, whatever the machine speaks."""
SAID = {"ACCEPTED": Delivery.Found.ACCEPTED, "TENTATIVE": Delivery.Found.TENTATIVE, "DECLINED": Delivery.Found.DECLINED}


@dataclass(frozen=True)
class Answer:
    """Who said what to which state of which time; `day` when it is about one day of a weekly one."""

    uid: UUID
    who: str
    said: str
    sequence: int
    day: datetime | None


def read_answers(now: datetime) -> int:
    """Reads what came since a week ago and is unread; how many answers were ours. A mailbox that is down is read later."""
    try:
        with _mailbox() as box:
            since = f"{now - LOOKED_BACK:%d}-{MONTHS[(now - LOOKED_BACK).month - 1]}-{now - LOOKED_BACK:%Y}"
            _, [found] = box.uid("search", "UNSEEN", "SINCE", since, "SMALLER", str(LARGEST))
            return sum(_read(box, number.decode(), now) for number in (found or b"").split()[-MOST:])
    except (IMAP4.error, OSError) as error:
        log.warning("The mailbox of answers to invitations could not be read: %s", error)
        return 0


@contextmanager
def _mailbox() -> Iterator[IMAP4]:
    kind = IMAP4_SSL if settings.IMAP_USE_TLS else IMAP4
    with kind(settings.IMAP_HOST, settings.IMAP_PORT, timeout=WAIT_S) as box:
        box.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        status, told = box.select(settings.IMAP_FOLDER)
        if status != "OK":
            raise IMAP4.error(f"no folder {settings.IMAP_FOLDER}: {told}")
        yield box


def _read(box: IMAP4, number: str, now: datetime) -> int:
    _, parts = box.uid("fetch", number, "(BODY.PEEK[])")
    text = next((part[1] for part in parts if isinstance(part, tuple)), b"")
    heard = sum(hear(each, now) for each in answers_in(text))
    if heard:
        box.uid("store", number, "+FLAGS", r"(\Seen)")
    return heard


def answers_in(message: bytes) -> list[Answer]:
    """The answers in a mail; what cannot be read is none."""
    found: list[Answer] = []
    for part in message_from_bytes(message, policy=policy.default).walk():
        if part.get_content_type() == "text/calendar":
            try:
                found += _answers(Calendar.from_ical(part.get_content()))
            except (ValueError, KeyError, TypeError, AttributeError, LookupError):
                continue
    return found


def _answers(calendar: Calendar) -> Iterator[Answer]:
    if str(calendar.get("METHOD", "")).upper() != "REPLY":
        return
    for event in calendar.walk("VEVENT"):
        uid, _, host = str(event["UID"]).partition("@")
        guests = event["ATTENDEE"]
        about = event.get("RECURRENCE-ID")
        for guest in guests if isinstance(guests, list) else [guests]:
            said = str(guest.params.get("PARTSTAT", "")).upper()
            if host == HOST and said in SAID:
                who = str(guest).removeprefix("mailto:").removeprefix("MAILTO:").casefold()
                yield Answer(UUID(uid), who, said, int(event.get("SEQUENCE", 0)), about.dt if about else None)


@transaction.atomic
def hear(answer: Answer, now: datetime) -> bool:
    """Notes an answer beside the copy of whoever gave it; False when no guest gave it, or to an earlier state."""
    placed = Placed.objects.select_for_update().filter(uid=answer.uid).first()
    if placed is None or placed.is_cancelled or answer.sequence < placed.sequence:
        return False
    guests = Guest.objects.filter(placed=placed, user__is_active=True).select_related("user")
    guest = next((each for each in guests if address_of(ways_of(each.user)).casefold() == answer.who), None)
    if guest is None:
        return False
    if answer.day is not None:
        return _about_a_day(answer, placed, guest, now)
    copies = Delivery.objects.filter(guest=guest, way=Way.MAIL)
    return bool(copies.update(found=SAID[answer.said], found_at=now))


def _about_a_day(answer: Answer, placed: Placed, guest: Guest, now: datetime) -> bool:
    """One day that its owner declined is left out; any other answer about a day changes nothing."""
    if answer.said != "DECLINED" or not is_own_alone(placed, guest.user):
        return False
    try:
        skip_day(placed, _day(answer, placed), viewer_of(guest.user, placed.site, now.date()), now)
    except NotDone:
        return False
    return True


def _day(answer: Answer, placed: Placed) -> date:
    day = answer.day
    if not isinstance(day, datetime):
        return day  # type: ignore[return-value]
    zone = ZoneInfo(placed.tz)
    return (day if day.tzinfo else day.replace(tzinfo=zone)).astimezone(zone).date()
