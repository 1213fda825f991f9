"""Second factors: on, off, asked for, and reset by an administrator when a phone is lost."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.db import transaction

from floorwalker.web.accounts.actions.doing import NotDone, actor, require
from floorwalker.web.accounts.factors import has_factor, is_factor_required
from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer, may_change_account
from floorwalker.web.accounts.sealing import Unreadable
from floorwalker.web.journal.actions import write

REMEMBERED = 3
"""A code is right for three half minutes, so the last three are remembered: each opens once."""


@transaction.atomic
def turn_on_factor(user: User, secret: str, code: str) -> Sequence[str]:
    """From now on a code is asked for after the password. The recovery codes, which are shown this once."""
    if has_factor(user):
        raise NotDone("factor.on_already")
    if not validate_totp_code(secret, code):
        raise NotDone("factor.wrong_code")
    kept = TOTP.activate(user, secret).instance
    kept.data["spent"] = [_digest(code)]
    kept.save(update_fields=["data"])
    write(user, "factor.on", about=user.person)
    return _fresh_codes(user)


@transaction.atomic
def turn_off_factor(by: Viewer) -> None:
    """The password alone is enough again, unless the site asks this viewer for more."""
    if is_factor_required(by):
        raise NotDone("factor.required")
    Authenticator.objects.filter(user=by.user).delete()
    write(by.user, "factor.off", about=by.user.person)


@transaction.atomic
def renew_codes(user: User) -> Sequence[str]:
    """Ten new recovery codes; the old ones open nothing any more."""
    require(has_factor(user))
    write(user, "factor.codes_renewed", about=user.person)
    return _fresh_codes(user)


def _fresh_codes(user: User) -> Sequence[str]:
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


@transaction.atomic
def reset_factor(user: User, by: Viewer | None = None) -> None:
    """A lost factor is taken away: its owner signs in with the password and turns on a new one."""
    require(by is None or (user.person is not None and may_change_account(by, user.person)))
    if not has_factor(user):
        raise NotDone("factor.none", email=user.email)
    Authenticator.objects.filter(user=user).delete()
    write(actor(by), "factor.reset", user.email, user.person)


@transaction.atomic
def take_code(user: User, code: str, now: datetime) -> bool:
    """Whether a code, from the app or a recovery code, opens now. Each opens once; the use of a recovery code is journalled."""
    for kept in Authenticator.objects.select_for_update().filter(user=user):
        if _opens(kept, code):
            kept.refresh_from_db()
            if kept.type == Authenticator.Type.RECOVERY_CODES:
                write(user, "factor.recovery_used", about=user.person)
            else:
                kept.data["spent"] = [*kept.data.get("spent", []), _digest(code)][-REMEMBERED:]
            kept.last_used_at = now
            kept.save(update_fields=["data", "last_used_at"])
            return True
    return False


def _opens(kept: Authenticator, code: str) -> bool:
    if _digest(code) in kept.data.get("spent", []):
        return False
    try:
        return bool(kept.wrap().validate_code(code))
    except Unreadable:
        return False


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
