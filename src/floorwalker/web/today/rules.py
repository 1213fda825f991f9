"""Which Today a viewer opens."""

from floorwalker.web.accounts.models import Role
from floorwalker.web.accounts.rules import Viewer


def reads_by_week(viewer: Viewer) -> bool:
    """Executives who do nothing else here read weeks and months instead of the day."""
    return viewer.roles == frozenset({Role.EXECUTIVE})
