"""Which ways in are open: a password, the company's own sign-in, or both. Read from the settings alone, and cheap to ask."""

from urllib.parse import urlsplit

from django.conf import settings


def is_configured() -> bool:
    """Whether people may sign in through their company."""
    return bool(settings.SSO_ISSUER and settings.SSO_CLIENT)


def takes_password(email: str) -> bool:
    """Whether an account may be entered with a password: all may, unless the company's sign-in is the only way."""
    return not (settings.SSO_ONLY and is_configured()) or email.lower() in settings.BREAK_GLASS


def company_name() -> str:
    """What the company's sign-in is called on a button: as set, else the host of the issuer."""
    return settings.SSO_NAME or urlsplit(settings.SSO_ISSUER).netloc
