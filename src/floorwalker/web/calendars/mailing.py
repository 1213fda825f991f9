"""Invitations by mail, in the language of whoever gets them."""

from datetime import datetime
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from floorwalker.web.calendars.invitation import mailed, rhythm_of, uid_of
from floorwalker.web.calendars.models import Guest, Placed
from floorwalker.web.calendars.queries import address_of, reader_of, ways_of
from floorwalker.web.calendars.trouble import NotDelivered
from floorwalker.web.calendars.wording import Words, times, words_of

PERMANENT = 500


def send(guest: Guest, now: datetime) -> None:
    """Mails the present state of a placed time to one guest.

    Raises
    ------
    NotDelivered
        when it did not reach the mail server, or is refused there.
    """
    if not settings.SENDS_MAIL:
        raise NotDelivered("mail.not_set_up")
    placed, user = guest.placed, guest.user
    to = address_of(ways_of(user))
    if not to:
        raise NotDelivered("mail.no_address")
    reader = reader_of(user, placed.site)
    with override(reader.language):
        words = words_of(placed, user, reader)
        letter = _letter(placed, words, times(rhythm_of(placed), reader), to)
    calendar = mailed(placed, words, to, now, placed.by_id == user.pk).decode()
    letter.attach_alternative(calendar, f"text/calendar; method={'CANCEL' if placed.is_cancelled else 'REQUEST'}")
    letter.extra_headers["Message-ID"] = f"<{placed.sequence}.{guest.pk}.{uid_of(placed)}>"
    try:
        letter.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _reason in error.recipients.values()]
        raise NotDelivered("mail.refused" if min(codes, default=0) >= PERMANENT else "mail.down") from error
    except SMTPDataError as error:
        raise NotDelivered("mail.refused") from error
    except (SMTPException, OSError) as error:
        raise NotDelivered("mail.down") from error


def _letter(placed: Placed, words: Words, when: str, to: str) -> EmailMultiAlternatives:
    said = {"summary": words.summary, "when": when, "description": words.description, "site": placed.site.name}
    if placed.is_cancelled:
        subject, said["intro"] = gettext("Cancelled: %(summary)s"), gettext("This time is cancelled; your calendar frees it.")
    elif placed.sequence:
        subject, said["intro"] = gettext("Changed: %(summary)s"), gettext("This time has changed; your calendar follows.")
    else:
        subject, said["intro"] = "%(summary)s", gettext("This time stands as busy in your calendar.")
    said["address"] = settings.BASE_URL.rstrip("/")
    return EmailMultiAlternatives(
        " ".join((subject % said).split()), render_to_string("calendars/invitation.txt", said), None, [to]
    )
