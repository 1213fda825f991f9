"""Who may read the calendar of events and who may write in it."""

from floorwalker.web.accounts.models import Role
from floorwalker.web.accounts.rules import Viewer, may_read_site


def may_open_events(viewer: Viewer) -> bool:
    """Everybody who may read the numbers of the site; nothing here is about a person."""
    return may_read_site(viewer)


def may_change_events(viewer: Viewer) -> bool:
    """Those who run the floor. Coaches and executives read only."""
    return viewer.has(Role.MANAGER, Role.LEAD, Role.PLANNER, Role.ADMIN)
