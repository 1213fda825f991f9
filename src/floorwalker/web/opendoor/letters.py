"""Mails about an open door, each in the language of whoever gets it."""

from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from floorwalker.web.accounts.models import Person, Site
from floorwalker.web.opendoor.models import Letter
from floorwalker.web.opendoor.wording import subject
from floorwalker.web.ui.reader import Reader

MOST_TRIES = 8
TOO_OLD = timedelta(days=2)
"""After this time a letter would tell what is no longer so."""


def send_waiting(now: datetime) -> int | None:
    """Send every letter that waits; None when all went, else how often the one tried least has failed."""
    failed = []
    for pk in list(_waiting(now).values_list("pk", flat=True)):
        with transaction.atomic():
            letter = (
                Letter.objects.select_for_update(of=("self",))
                .filter(pk=pk, sent_at=None)
                .select_related("opening", "slot", "to")
                .first()
            )
            if letter is None or _send(letter, now):
                continue
            failed.append(letter.tries)
    return min((tries for tries in failed if tries < MOST_TRIES), default=None)


def _waiting(now: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(sent_at=None, tries__lt=MOST_TRIES, made_at__gt=now - TOO_OLD)


def _send(letter: Letter, now: datetime) -> bool:
    message = written(letter)
    taken = False
    if message.to:
        try:
            taken = bool(message.send())
        except (SMTPException, OSError):
            taken = False
    letter.tries += 1
    letter.sent_at = now if taken else None
    letter.save(update_fields=["tries", "sent_at"])
    return taken


def written(letter: Letter) -> EmailMessage:
    """The letter as a message; without a recipient when no address is known."""
    site = letter.opening.site
    reader = _reader(letter.to, site)
    address = _address(letter.to)
    with override(reader.language):
        slot = letter.slot or letter.opening.slots.earliest("starts_at")
        facts = {
            "kind": letter.kind,
            "name": letter.to.name,
            "host": letter.opening.host.name,
            "site": site.name,
            "day": reader.day(letter.opening.day, "full"),
            "time": reader.instant(slot.starts_at),
            "place": letter.opening.place,
            "note": letter.note,
            "address": settings.BASE_URL.rstrip("/") + reverse("open-door-day", args=[letter.opening_id]),
        }
        text = render_to_string("opendoor/letter.txt", facts)
        return EmailMessage(subject(letter.kind, facts), text, to=[address] if address else [])


def _reader(person: Person, site: Site) -> Reader:
    user = getattr(person, "user", None)
    language = (user.language if user else "") or site.language
    return Reader(language, site.tz, site.week_start, tuple(site.weekend))


def _address(person: Person) -> str:
    user = getattr(person, "user", None)
    return user.email if user and user.is_active else person.email
