"""Whose calendar may be reached, and who may change what stands in it."""

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars.models import Placed


def may_place(viewer: Viewer) -> bool:
    """May place time: everybody who works here today. Whom they may invite is the rule of the app that asks for it."""
    return viewer.user.is_active and bool(viewer.roles)


def may_change(viewer: Viewer, placed: Placed) -> bool:
    """May move or cancel placed time: whoever placed it, and each of its guests."""
    if placed.site_id != viewer.site.pk:
        return False
    return placed.by_id == viewer.user.pk or placed.guests.filter(user=viewer.user).exists()
