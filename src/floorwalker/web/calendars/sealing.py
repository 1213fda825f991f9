"""Secrets of calendars: passwords that are sealed, and addresses that nobody guesses."""

import base64
import hashlib
import hmac

from django.conf import settings

from floorwalker.web.accounts import sealing
from floorwalker.web.accounts.sealing import Unreadable

__all__ = ["Unreadable", "digest", "key_from", "seal", "unseal"]

PURPOSE = "calendars.sealing"


def seal(text: str) -> str:
    """Encrypts and signs a text, such as a calendar's password."""
    return sealing.seal(text, PURPOSE)


def unseal(sealed: str) -> str:
    """The text again; `Unreadable` when the site's secret is another one by now: then it must be typed again."""
    return sealing.unseal(sealed, PURPOSE)


def digest(key: str) -> str:
    """By which a key is found without being kept."""
    return hashlib.sha256(f"floorwalker.calendars {key}".encode()).hexdigest()


def key_from(nonce: str) -> str:
    """A key that nobody guesses who knows the nonce alone; the same each time."""
    secret = hmac.new(settings.SECRET_KEY.encode(), f"floorwalker.calendars.feed {nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")
