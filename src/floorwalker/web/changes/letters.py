"""Sending digests: to whom they are due, each in the language of whoever gets it, and none of them twice."""

from datetime import date, datetime, timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import override

from floorwalker.web.accounts.models import Site, User
from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.changes.digest import digest
from floorwalker.web.changes.models import DigestChoice
from floorwalker.web.changes.rules import may_open_changes
from floorwalker.web.ui.reader import Reader

FROM_HOUR = 6
"""On the site's clock: before the day begins, after the night's files came in."""


def send_due(site: Site, now: datetime) -> int:
    """Send every digest of a site that is due; how many the mail server took."""
    local = now.astimezone(ZoneInfo(site.tz))
    if local.hour < FROM_HOUR:
        return 0
    return sum(_send(choice, site, local.date()) for choice in _due(site, local.date()))


def _due(site: Site, today: date) -> list[DigestChoice]:
    """Daily ones on working days; weekly ones from the first day of the week on, should a worker have rested on it."""
    week = today - timedelta(days=(today.weekday() - site.week_start) % 7)
    due = Q(often=DigestChoice.Often.WEEKLY) & (Q(sent_for__isnull=True) | Q(sent_for__lt=week))
    if today.weekday() not in site.weekend:
        due |= Q(often=DigestChoice.Often.DAILY) & (Q(sent_for__isnull=True) | Q(sent_for__lt=today))
    of_site = DigestChoice.objects.filter(user__is_active=True, user__person__site=site)
    return list(of_site.filter(due).select_related("user__person").order_by("pk"))


def _send(choice: DigestChoice, site: Site, today: date) -> bool:
    """The day is claimed before the mail goes out: should this worker die in between, one is missing and none comes twice."""
    before = choice.sent_for
    if not DigestChoice.objects.filter(pk=choice.pk, sent_for=before).update(sent_for=today):
        return False
    message = written(choice.user, site, today)
    if message is None:
        return False
    try:
        if message.send():
            return True
    except (SMTPException, OSError):
        pass
    DigestChoice.objects.filter(pk=choice.pk, sent_for=today).update(sent_for=before)
    return False


def written(user: User, site: Site, today: date) -> EmailMultiAlternatives | None:
    """The digest as a message, in text and in HTML with its direction; None for those who may not read changes any more."""
    viewer = viewer_of(user, site, today)
    if not may_open_changes(viewer):
        return None
    reader = Reader(user.language or site.language, site.tz, site.week_start, tuple(site.weekend), user.time_from_left)
    with override(reader.language):
        told = digest(viewer, today, reader)
        facts = {"digest": told, "reader": reader}
        text = render_to_string("changes/digest_mail.txt", facts)
        message = EmailMultiAlternatives(told.subject, text, None, [user.email])
        message.attach_alternative(render_to_string("changes/digest_mail.html", facts), "text/html")
    return message
