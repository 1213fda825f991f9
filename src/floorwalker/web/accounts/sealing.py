"""Secrets that must be read again: sealed with a key derived from the site's own secret, another one for each purpose.

Whoever has the database alone reads nothing. When the site's secret changes, what was sealed under the old one is lost.
"""

import base64
import hashlib
import hmac

from django.conf import settings


class Unreadable(Exception):
    """Sealed under another secret or for another purpose, or damaged."""


def seal(text: str, purpose: str) -> str:
    """Encrypts and signs a text."""
    from cryptography.fernet import Fernet

    return Fernet(_key(purpose)).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The text again.

    Raises
    ------
    Unreadable
        when it was sealed under another secret or for another purpose, or changed since.
    """
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(_key(purpose)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _key(purpose: str) -> bytes:
    secret = hmac.new(settings.SECRET_KEY.encode(), f"floorwalker.{purpose}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret)
