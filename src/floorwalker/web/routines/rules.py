"""Who keeps blocks free, who walks the floor, and whom they meet there."""

from django.db.models import QuerySet

from floorwalker.web.accounts.models import Membership, Person, Role
from floorwalker.web.accounts.rules import Viewer, visible_people


def may_keep_blocks(viewer: Viewer) -> bool:
    """Those who run the floor keep their peak hours free, and count what tears up their day."""
    return viewer.has(Role.MANAGER, Role.LEAD)


def may_walk(viewer: Viewer) -> bool:
    """Those who have people on the floor."""
    return viewer.has(Role.MANAGER, Role.LEAD, Role.COACH)


def on_the_floor(viewer: Viewer) -> QuerySet[Person]:
    """Whom a viewer meets there: the agents among the people whom they may see, themselves left out."""
    agents = Membership.objects.on(viewer.on).filter(role=Role.AGENT).values("person_id")
    found = visible_people(viewer).filter(pk__in=agents, left_on__isnull=True)
    return found.exclude(pk=viewer.user.person_id) if viewer.user.person_id else found
