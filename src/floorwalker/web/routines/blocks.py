"""Unplanned blocks: proposed on the peaks, placed in one's own calendar, moved, skipped, cancelled.

Raises, all of them
-------------------
PermissionDenied
    when the rule does not allow the viewer to do it.
NotDone
    when it makes no sense; codes as in wording.SENTENCES and in calendars.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from floorwalker.web.accounts.actions.doing import NotDone, require
from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars import actions as calendars
from floorwalker.web.calendars.invitation import rhythm_of
from floorwalker.web.calendars.models import Placed
from floorwalker.web.calendars.queries import ahead_of
from floorwalker.web.routines.models import UNPLANNED
from floorwalker.web.routines.rules import may_keep_blocks

DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Wish:
    """A block that somebody wants on a weekday: minutes of the day."""

    weekday: int
    start: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.start


@transaction.atomic
def place_blocks(wishes: Sequence[Wish], first: date, until: date | None, by: Viewer, now: datetime) -> list[Placed]:
    """Weekly blocks in the viewer's own calendar; weekdays with the same hours become one. What stands there already stays."""
    require(may_keep_blocks(by))
    if not wishes:
        raise NotDone("blocks.none")
    User.objects.select_for_update().get(pk=by.user.pk)  # a second tap waits here, and then finds them placed
    standing = {_shape(placed) for placed in ahead_of(by.user, now, UNPLANNED)}
    fresh = {hours: days for hours, days in _by_hours(wishes).items() if (*hours, days) not in standing}
    if not fresh:
        raise NotDone("blocks.there_already")
    return [_place(start, end, days, first, until, by, now) for (start, end), days in sorted(fresh.items())]


def _by_hours(wishes: Sequence[Wish]) -> dict[tuple[int, int], tuple[int, ...]]:
    found: dict[tuple[int, int], set[int]] = {}
    for wish in wishes:
        found.setdefault((wish.start, wish.end), set()).add(wish.weekday)
    return {hours: tuple(sorted(days)) for hours, days in found.items()}


def _shape(placed: Placed) -> tuple[int, int, tuple[int, ...]]:
    starts = rhythm_of(placed).time_of_day
    start = starts.hour * 60 + starts.minute
    return start, start + placed.minutes, tuple(placed.weekdays)


def _place(start: int, end: int, days: tuple[int, ...], first: date, until: date | None, by: Viewer, now: datetime) -> Placed:
    if end <= start:
        raise NotDone("blocks.reversed")
    return calendars.place(
        UNPLANNED, starts_on(first, start, by.site.tz), end - start, [by.user], by, now, weekdays=days, until=until
    )


def starts_on(day: date, minute: int, tz: str) -> datetime:
    """A minute of a day on the site's clock."""
    return datetime.combine(day, time(*divmod(minute % DAY_MINUTES, 60)), ZoneInfo(tz))


def move_block(
    placed: Placed, start: int, end: int, days: Sequence[int], first: date, until: date | None, by: Viewer, now: datetime
) -> Placed:
    """Other hours, weekdays or days for a block."""
    require(may_keep_blocks(by))
    if not days:
        raise NotDone("blocks.none")
    if end <= start:
        raise NotDone("blocks.reversed")
    return calendars.move(placed, starts_on(first, start, placed.tz), end - start, by, now, weekdays=days, until=until)
