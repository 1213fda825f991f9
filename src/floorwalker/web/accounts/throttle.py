"""Guessing passwords is made slow: after a few wrong ones, a quarter of an hour of waiting.

Counted per account and address, and more generously per account and per address alone, so that nobody can lock a colleague out
from elsewhere, and nobody tries many accounts from one place.
"""

from datetime import datetime, timedelta

from floorwalker.web.accounts.models import FailedSignIn

WINDOW = timedelta(minutes=15)
TRIES_PER_PAIR = 5
TRIES_PER_EMAIL = 30
TRIES_PER_ADDRESS = 60


def must_wait(email: str, address: str, now: datetime) -> bool:
    """Whether a sign-in is refused unseen for now."""
    recent = FailedSignIn.objects.filter(at__gt=now - WINDOW)
    of_email = recent.filter(email=_key(email))
    return (
        of_email.filter(address=address).count() >= TRIES_PER_PAIR
        or of_email.count() >= TRIES_PER_EMAIL
        or recent.filter(address=address).count() >= TRIES_PER_ADDRESS
    )


def note_failure(email: str, address: str, now: datetime) -> bool:
    """Keeps a wrong try for a quarter of an hour. True when this one used up the tries of its account and address."""
    FailedSignIn.objects.filter(at__lte=now - WINDOW).delete()
    FailedSignIn.objects.create(email=_key(email), address=address, at=now)
    return FailedSignIn.objects.filter(email=_key(email), address=address).count() == TRIES_PER_PAIR


def forget_failures(email: str, address: str) -> None:
    """The right password was given: start counting again."""
    FailedSignIn.objects.filter(email=_key(email), address=address).delete()


def of_code(email: str) -> str:
    """Under which name wrong second factors of an account are counted, apart from wrong passwords."""
    return f"code {email}"


def _key(email: str) -> str:
    return email.strip().lower()[:254]
