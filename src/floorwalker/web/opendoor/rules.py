"""Who may open a door, come in, and know about it."""

from django.db.models import Q, QuerySet

from floorwalker.web.accounts.models import Membership, Person, Role
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor.models import Booking, Opening

HOSTS = frozenset({Role.MANAGER, Role.EXECUTIVE})


def may_come(viewer: Viewer) -> bool:
    """Everybody who works here; an account without a person can be nobody's guest."""
    return viewer.person is not None


def may_open_doors(viewer: Viewer) -> bool:
    """Managers and executives, for themselves and for one another."""
    return viewer.has(*HOSTS) and viewer.person is not None


def hosts(viewer: Viewer) -> QuerySet[Person]:
    """Whose door may be opened: managers and executives of today."""
    held = Membership.objects.on(viewer.on).filter(role__in=HOSTS, person__site=viewer.site)
    return Person.objects.filter(pk__in=held.values("person_id"), user__is_active=True).order_by("name")


def may_close(viewer: Viewer, opening: Opening) -> bool:
    """The host, and whoever opened that door."""
    return may_open_doors(viewer) and (viewer.user.person_id == opening.host_id or viewer.user.pk == opening.made_by_id)


def is_host(viewer: Viewer, opening: Opening) -> bool:
    """Whether it is the viewer's own door."""
    return viewer.user.person_id == opening.host_id


def guests_of(viewer: Viewer) -> QuerySet[Person]:
    """For whom the viewer may book: themselves, and for a lead the agents of their teams."""
    led = Membership.objects.on(viewer.on).filter(role=Role.AGENT, team_id__in=viewer.led_teams)
    people = Person.objects.filter(site=viewer.site)
    return people.filter(Q(pk=viewer.user.person_id) | Q(pk__in=led.values("person_id"))).order_by("name")


def known_bookings(viewer: Viewer) -> QuerySet[Booking]:
    """Bookings of which the viewer may know: as host, as guest, or as the one who booked. No role sees more."""
    own = viewer.user.person_id
    return Booking.objects.filter(opening__site=viewer.site).filter(
        Q(opening__host_id=own) | Q(guest_id=own) | Q(made_by=viewer.user)
    )


def may_cancel(viewer: Viewer, booking: Booking) -> bool:
    """Either side, and whoever booked."""
    return viewer.user.person_id in (booking.opening.host_id, booking.guest_id) or viewer.user.pk == booking.made_by_id


def may_see_access(viewer: Viewer) -> bool:
    """How many of each team have never come: for those who open doors."""
    return may_open_doors(viewer)
