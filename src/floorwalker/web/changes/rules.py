"""Who may read about changes, tell their stories, rule about them and watch them.

Changes of teams are shown to those only who may see the team's numbers: see `queries.teams_seen`.
"""

from floorwalker.web.accounts.models import Role
from floorwalker.web.accounts.rules import Viewer, may_change_site, may_read_site


def may_open_changes(viewer: Viewer) -> bool:
    """Everybody who may read the numbers of the site and its queues; nothing here is about a person."""
    return may_read_site(viewer)


def may_tell_story(viewer: Viewer) -> bool:
    """Those who run the floor. Coaches and executives read only."""
    return viewer.has(Role.MANAGER, Role.LEAD, Role.PLANNER, Role.ADMIN)


def may_rule(viewer: Viewer) -> bool:
    """Those who run the floor: what they rule changes what is usual, for Today and for forecasts."""
    return may_tell_story(viewer)


def may_watch(viewer: Viewer) -> bool:
    """Those who run the floor: follow, mute, and give a change to somebody to look after."""
    return may_tell_story(viewer)


def may_choose_budget(viewer: Viewer) -> bool:
    """How many false alarms are acceptable is a setting of the site."""
    return may_change_site(viewer)
