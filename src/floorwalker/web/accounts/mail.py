"""Letters about accounts, in the language of whoever gets them."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from floorwalker.web.accounts.actions.access import password_link
from floorwalker.web.accounts.models import Site, User


def send_reset(user: User, site: Site) -> bool:
    """Tells the owner of an account that its second factor was taken away. False when the mail server did not take it."""
    with override(user.language or site.language):
        subject = gettext("Your second factor for Floorwalker was reset")
        facts = {"name": str(user), "site": site.name, "address": settings.BASE_URL.rstrip("/") + reverse("own-factor")}
        text = render_to_string("accounts/factor_reset_mail.txt", facts)
    return _send(subject, text, user)


def send_link(user: User, site: Site, invited: bool) -> bool:
    """Mails a link behind which the owner chooses a password. False when the mail server did not take it."""
    with override(user.language or site.language):
        subject = gettext("Your account for Floorwalker") if invited else gettext("A new password for Floorwalker")
        facts = {
            "name": str(user),
            "site": site.name,
            "address": settings.BASE_URL.rstrip("/") + password_link(user),
            "invited": invited,
        }
        text = render_to_string("accounts/link_mail.txt", facts)
    return _send(subject, text, user)


def _send(subject: str, text: str, user: User) -> bool:
    try:
        return bool(send_mail(subject, text, None, [user.email]))
    except (SMTPException, OSError):
        return False
