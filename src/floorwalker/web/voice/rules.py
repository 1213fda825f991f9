"""Who may read an entry, who may change it, and to whom it may be given.

An entry about a person is read by that person, their line (the leads of their teams, and managers), its author and its owner.
An entry about nobody is read by whoever raised it, their line, its author and its owner. A confidential one stays outside every
line: it is read by its author, its owner, and the person whom it is about, or who raised it.
"""

from django.db.models import Q, QuerySet

from floorwalker.web.accounts.models import Membership, Person, Role, User
from floorwalker.web.accounts.rules import Viewer, may_read_site, visible_people
from floorwalker.web.voice.models import Entry

RUN_THE_FLOOR = (Role.MANAGER, Role.LEAD, Role.PLANNER)


def may_write(viewer: Viewer) -> bool:
    """May write something down: whoever works here today."""
    return viewer.user.is_active and bool(viewer.roles)


def readable(viewer: Viewer) -> QuerySet[Entry]:
    """The entries that a viewer may read."""
    mine = Q(author=viewer.user) | Q(owner=viewer.user)
    if viewer.person is not None:
        mine |= Q(about_person=viewer.person) | Q(about_person=None, raised_by=viewer.person)
    return Entry.objects.filter(mine | Q(confidential=False) & _of_the_line(viewer), site=viewer.site)


def _of_the_line(viewer: Viewer) -> Q:
    if viewer.has(Role.MANAGER):
        return Q(pk__isnull=False)
    led = Membership.objects.on(viewer.on).filter(team_id__in=viewer.led_teams).values("person_id")
    return Q(about_person__in=led) | Q(about_person=None, raised_by__in=led)


def may_change(viewer: Viewer, entry: Entry) -> bool:
    """May close it, open it again or hand it on: its author and its owner."""
    return entry.site_id == viewer.site.pk and viewer.user.pk in (entry.author_id, entry.owner_id)


def subjects(viewer: Viewer) -> QuerySet[Person]:
    """About whom a viewer may write."""
    return visible_people(viewer)


def may_write_about(viewer: Viewer, person: Person) -> bool:
    """May write about this person."""
    return subjects(viewer).filter(pk=person.pk).exists()


def owners(viewer: Viewer) -> QuerySet[User]:
    """To whom a viewer may give an entry: themselves, their own people, and those who run the floor; managers to everybody.

    Agents give to the leads of their own teams.
    """
    here = User.objects.filter(is_active=True, person__site=viewer.site)
    if viewer.has(Role.MANAGER):
        return here | User.objects.filter(pk=viewer.user.pk)
    now = Membership.objects.on(viewer.on)
    near = Q(team_id__in=viewer.led_teams | viewer.coached_teams)
    above = Q(role__in=RUN_THE_FLOOR) if may_read_site(viewer) else Q(role=Role.LEAD, team_id__in=viewer.own_teams)
    reached = now.filter(near | above).values("person_id")
    return User.objects.filter(Q(pk=viewer.user.pk) | Q(is_active=True, person__site=viewer.site, person__in=reached))
