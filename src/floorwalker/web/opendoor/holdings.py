"""What the open door holds about one person, for that person alone."""

from django.db.models import QuerySet
from django.utils.translation import gettext

from floorwalker.web.accounts.holdings import Kept
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor.models import Booking, Waiting
from floorwalker.web.ui.reader import Reader


def held_about(viewer: Viewer, reader: Reader) -> Kept | None:
    """The slots that the viewer took or that were taken for them, the latest first, and the lists on which they wait."""
    visits = Booking.objects.filter(guest=viewer.person).select_related("slot", "opening__host", "made_by__person", "outcome")
    waits = Waiting.objects.filter(guest=viewer.person).select_related("opening__host", "made_by__person")
    lines = [_visit(each, reader) for each in visits.order_by("-slot__starts_at", "-pk")] + [
        _wait(each, reader) for each in waits
    ]
    return Kept(_data(visits, waits), gettext("Your open doors"), lines) if lines else None


def _visit(visit: Booking, reader: Reader) -> str:
    facts = {
        "time": reader.instant(visit.slot.starts_at),
        "host": visit.opening.host.name,
        "by": str(visit.made_by),
    }
    if visit.cancelled_at:
        return gettext("%(time)s with %(host)s, booked by %(by)s and given back.") % facts
    outcome = getattr(visit, "outcome", None)
    if outcome is None:
        return gettext("%(time)s with %(host)s, booked by %(by)s.") % facts
    if outcome.came:
        return gettext("%(time)s with %(host)s, booked by %(by)s; the talk took place.") % facts
    return gettext("%(time)s with %(host)s, booked by %(by)s; the talk did not take place.") % facts


def _wait(waiting: Waiting, reader: Reader) -> str:
    facts = {
        "day": reader.day(waiting.opening.day, "full"),
        "host": waiting.opening.host.name,
        "by": str(waiting.made_by),
    }
    return gettext("On the waiting list of %(day)s with %(host)s, put there by %(by)s.") % facts


def _data(visits: QuerySet[Booking], waits: QuerySet[Waiting]) -> list[dict[str, object]]:
    taken: list[dict[str, object]] = [
        {
            "starts_at": each.slot.starts_at,
            "host": each.opening.host.name,
            "booked_by": str(each.made_by),
            "booked_at": each.made_at,
            "given_back_at": each.cancelled_at,
            "came": each.outcome.came if hasattr(each, "outcome") else None,
        }
        for each in visits
    ]
    return taken + [
        {"waits_for": each.opening.day, "host": each.opening.host.name, "put_by": str(each.made_by), "since": each.made_at}
        for each in waits
    ]
