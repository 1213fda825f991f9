"""The open door in the lane of a day: for its host the whole of it, for a guest their slot."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor.models import Booking, Opening
from floorwalker.web.ui.charts import Block
from floorwalker.web.ui.reader import Reader


def lane(viewer: Viewer, day: date, reader: Reader) -> list[Block]:
    """The doors that the viewer keeps open on a day, and the slots that are theirs behind others."""
    zone = ZoneInfo(viewer.site.tz)
    return [*_kept_open(viewer, day, zone, reader), *_visits(viewer, day, zone)]


def _kept_open(viewer: Viewer, day: date, zone: ZoneInfo, reader: Reader) -> list[Block]:
    doors = Opening.objects.filter(host=viewer.person, day=day, cancelled_at=None).exclude(announced_at=None)
    counted = doors.annotate(
        begins=Min("slots__starts_at"),
        ends=Max("slots__ends_at"),
        all_slots=Count("slots", distinct=True),
        taken=Count("bookings", filter=Q(bookings__cancelled_at=None), distinct=True),
    )
    blocks = []
    for door in counted:
        words = {"taken": reader.number(door.taken), "slots": reader.number(door.all_slots)}
        note = gettext("%(taken)s of %(slots)s taken") % words
        begins, ends = _minute(door.begins, zone), _minute(door.ends, zone)
        blocks.append(Block(start=begins, end=ends, label=gettext("Open door"), note=note, kind="plain"))
    return blocks


def _visits(viewer: Viewer, day: date, zone: ZoneInfo) -> list[Block]:
    mine = Booking.objects.filter(guest=viewer.person, opening__day=day, cancelled_at=None)
    return [
        Block(
            start=_minute(each.slot.starts_at, zone),
            end=_minute(each.slot.ends_at, zone),
            label=gettext("Open door"),
            note=each.opening.host.name,
            kind="plain",
        )
        for each in mine.select_related("slot", "opening__host")
    ]


def _minute(at: datetime, zone: ZoneInfo) -> int:
    local = at.astimezone(zone)
    return local.hour * 60 + local.minute
