"""Reading placed time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from floorwalker.web.accounts.models import Site, User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars.invitation import rhythm_of
from floorwalker.web.calendars.models import Delivery, Placed, Ways
from floorwalker.web.calendars.times import Occurrence, between, is_over
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Busy:
    """One time that takes place, of one placed block."""

    placed: Placed
    time: Occurrence


def ways_of(user: User) -> Ways:
    """What a person chose; what holds when they chose nothing."""
    return Ways.objects.filter(user=user).first() or Ways(user=user)


def address_of(ways: Ways) -> str:
    """Where a person's invitations go."""
    return ways.mail_to or ways.user.email


def reader_of(user: User, site: Site) -> Reader:
    """How a person reads, outside of a request."""
    return Reader(user.language or site.language, site.tz, site.week_start, tuple(site.weekend), user.time_from_left)


def standing_of(user: User, purpose: str = "") -> QuerySet[Placed]:
    """Placed time of a person that is not cancelled."""
    found = Placed.objects.filter(guests__user=user, state=Placed.State.STANDING)
    return found.filter(purpose=purpose) if purpose else found


def ahead_of(user: User, now: datetime, purpose: str = "") -> Sequence[Placed]:
    """Placed time of a person of which something lies ahead."""
    return [placed for placed in standing_of(user, purpose) if not is_over(rhythm_of(placed), now)]


def busy(user: User, since: datetime, until: datetime, purpose: str = "") -> Sequence[Busy]:
    """Every time that takes place for a person between two instants, the earliest first."""
    near = standing_of(user, purpose).filter(starts_at__lt=until)
    found = [Busy(placed, time) for placed in near for time in between(rhythm_of(placed), since, until)]
    return sorted(found, key=lambda each: (each.time.starts_at, each.placed.pk))


def mine(viewer: Viewer, pk: int) -> Placed | None:
    """Placed time that the viewer placed or is invited to."""
    return Placed.objects.filter(Q(by=viewer.user) | Q(guests__user=viewer.user), pk=pk, site=viewer.site).distinct().first()


def deliveries_to(user: User, placed: Placed) -> Sequence[Delivery]:
    """How a person's own copies are getting on."""
    return list(Delivery.objects.filter(guest__placed=placed, guest__user=user).order_by("way"))
