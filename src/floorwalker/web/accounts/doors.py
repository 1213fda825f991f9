"""Doors to views: see `ui.doors`; here is the rule that admits everybody with an account."""

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.ui.doors import open_to

__all__ = ["anyone_signed_in", "open_to"]


def anyone_signed_in(viewer: Viewer) -> bool:
    """Every account, whatever its role."""
    return viewer.user.is_active
