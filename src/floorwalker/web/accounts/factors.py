"""Second factors: allauth holds them and knows the right codes; here they are sealed, drawn, and asked after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret

from floorwalker.web.accounts.models import Role, User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.accounts.sealing import Unreadable, seal, unseal

PURPOSE = "accounts.factors"
SEES_PEOPLE = (Role.MANAGER, Role.ADMIN, Role.LEAD, Role.COACH)
"""The roles that open pages about other people."""


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Nothing of a second factor lies readable in the records."""

    def encrypt(self, text: str) -> str:
        return seal(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, PURPOSE)

    def get_totp_issuer(self) -> str:
        return "Floorwalker"


@dataclass(frozen=True)
class Factor:
    """A factor that is on: since when, when it was last asked for, and how many recovery codes are left."""

    since: datetime
    used_at: datetime | None
    codes_left: int


@dataclass(frozen=True)
class Invitation:
    """What an authenticator app must know to begin: an address to open, a secret to type, and squares to photograph.

    `squares` is the path of an SVG whose picture is `side` units wide.
    """

    address: str
    in_fours: str
    squares: str
    side: int


def factor_of(user: User) -> Factor | None:
    """The factor of somebody; None while it is off."""
    kept = {each.type: each for each in Authenticator.objects.filter(user=user)}
    code = kept.get(Authenticator.Type.TOTP)
    if code is None:
        return None
    left = _codes_left(kept.get(Authenticator.Type.RECOVERY_CODES))
    return Factor(since=code.created_at, used_at=code.last_used_at, codes_left=len(left))


def _codes_left(kept: Authenticator | None) -> Sequence[str]:
    try:
        return RecoveryCodes(kept).get_unused_codes() if kept else ()
    except Unreadable:
        return ()


def has_factor(user: User) -> bool:
    """Whether somebody is asked for a code after the password."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def is_factor_required(viewer: Viewer) -> bool:
    """Whether the site wants a second factor of whoever sees pages about other people, and the viewer is one of them."""
    return viewer.site.asks_second_factor and viewer.has(*SEES_PEOPLE)


def new_secret() -> str:
    """A secret that an app and the site will share."""
    return str(generate_totp_secret())


def invitation(user: User, secret: str) -> Invitation:
    """The secret as an app takes it."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    address = str(SealedFactors().build_totp_url(user, secret))
    code.add_data(address)
    rows = code.get_matrix()
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    in_fours = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return Invitation(address, in_fours, squares, len(rows))
