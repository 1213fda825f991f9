"""Who may read the coming days, and who may plan them."""

from floorwalker.web.accounts.models import Role
from floorwalker.web.accounts.rules import Viewer


def may_open_forecast(viewer: Viewer) -> bool:
    """Those who plan and run the floor; executives read day totals. Nothing here is about a person."""
    return viewer.has(Role.MANAGER, Role.PLANNER, Role.LEAD, Role.ADMIN, Role.EXECUTIVE)


def reads_days_only(viewer: Viewer) -> bool:
    """Executives who do nothing else here read totals of days, no intervals."""
    return viewer.roles == frozenset({Role.EXECUTIVE})


def may_open_people_needed(viewer: Viewer) -> bool:
    """Needed against planned, room to spare and the record of promises, as numbers of people without names."""
    return viewer.has(Role.MANAGER, Role.PLANNER, Role.LEAD, Role.ADMIN)


def may_open_roster(viewer: Viewer) -> bool:
    """Who is planned when: managers and planners everybody, leads their own team."""
    return viewer.has(Role.MANAGER, Role.PLANNER, Role.LEAD)


def may_plan(viewer: Viewer) -> bool:
    """May bring in rosters, set what a queue must reach, keep forecasts, and make promises."""
    return viewer.has(Role.MANAGER, Role.PLANNER)
