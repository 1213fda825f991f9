"""Secrets that must be read again, such as a calendar's password: sealed with a key derived from the site's own secret.

Whoever has the database alone reads nothing. When the site's secret changes, what was sealed under the old one is lost and must
be typed again.
"""

import base64
import hashlib
import hmac

from django.conf import settings


class Unreadable(Exception):
    """Sealed under another secret, or damaged."""


def seal(text: str) -> str:
    """Encrypts and signs a text."""
    from cryptography.fernet import Fernet

    return Fernet(_key()).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again.

    Raises
    ------
    Unreadable
        when it was sealed under another secret, or changed since.
    """
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(_key()).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def digest(key: str) -> str:
    """By which a key is found without being kept."""
    return hashlib.sha256(f"floorwalker.calendars {key}".encode()).hexdigest()


def key_from(nonce: str) -> str:
    """A key that nobody guesses who knows the nonce alone; the same each time."""
    secret = hmac.new(settings.SECRET_KEY.encode(), f"floorwalker.calendars.feed {nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def _key() -> bytes:
    secret = hmac.new(settings.SECRET_KEY.encode(), b"floorwalker.calendars.sealing", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret)
