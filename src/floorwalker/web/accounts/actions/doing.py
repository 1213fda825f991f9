"""What every verb needs: who does it, whether they may, and what to say when it cannot be."""

from django.core.exceptions import PermissionDenied

from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.actions import Facts


class NotDone(Exception):
    """Nothing was changed. `code` names the reason, `facts` fill its sentence in wording.py."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


def require(allowed: bool) -> None:
    """Stops a verb that its rule does not allow."""
    if not allowed:
        raise PermissionDenied


def actor(by: Viewer | None) -> User | None:
    """Who the journal names: the viewer's account, or nobody for the command line."""
    return by.user if by else None


def changes(before: dict[str, object], after: dict[str, object]) -> Facts:
    """What differs, for the journal: each changed name with its new value as a text."""
    return {name: str(value) if value is not None else "" for name, value in after.items() if before.get(name) != value}
