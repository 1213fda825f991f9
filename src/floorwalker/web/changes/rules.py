"""Who may read about changes and who may tell their stories."""

from floorwalker.web.accounts.models import Role
from floorwalker.web.accounts.rules import Viewer, may_read_site


def may_open_changes(viewer: Viewer) -> bool:
    """Everybody who may read the numbers of the site and its queues; nothing here is about a person."""
    return may_read_site(viewer)


def may_tell_story(viewer: Viewer) -> bool:
    """Those who run the floor. Coaches and executives read only."""
    return viewer.has(Role.MANAGER, Role.LEAD, Role.PLANNER, Role.ADMIN)
