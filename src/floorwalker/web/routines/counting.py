"""Interruptions counted by cause, and whether they shrink."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.web.accounts.models import User
from floorwalker.web.routines.models import Interruption

WEEK = timedelta(days=7)
WEEKS = 8
RECENT = 4
FEWEST_TO_COMPARE = 4
"""With fewer interruptions than this in both halves together, more or less is chance."""


@dataclass(frozen=True)
class OfCause:
    """One cause: how often and how long in the last four weeks and the four before, and minutes week by week."""

    cause: str
    times: int
    minutes: int
    times_before: int
    minutes_before: int
    weeks: tuple[int, ...]


@dataclass(frozen=True)
class Counted:
    """The last four weeks against the four before, the longest cause first."""

    times: int
    minutes: int
    times_before: int
    minutes_before: int
    by_cause: Sequence[OfCause]

    @property
    def may_compare(self) -> bool:
        return self.times + self.times_before >= FEWEST_TO_COMPARE


def recent(user: User, today: date) -> Counted:
    """One's own interruptions of the last eight weeks, today included."""
    first = today - WEEKS * WEEK + timedelta(days=1)
    found = Interruption.objects.filter(by=user, undone_at=None, day__gte=first, day__lte=today)
    rows = list(found.values_list("cause", "day", "minutes"))
    return counted([(cause, (day - first).days // 7, minutes) for cause, day, minutes in rows])


def counted(rows: Sequence[tuple[str, int, int]]) -> Counted:
    """From cause, week (0 the oldest of eight) and minutes."""
    causes = sorted({cause for cause, _week, _minutes in rows})
    each = [_of(cause, [(week, minutes) for other, week, minutes in rows if other == cause]) for cause in causes]
    longest = sorted(each, key=lambda one: (-one.minutes, -one.minutes_before, one.cause))
    return Counted(
        times=sum(one.times for one in each),
        minutes=sum(one.minutes for one in each),
        times_before=sum(one.times_before for one in each),
        minutes_before=sum(one.minutes_before for one in each),
        by_cause=longest,
    )


def _of(cause: str, rows: Sequence[tuple[int, int]]) -> OfCause:
    late = [minutes for week, minutes in rows if week >= WEEKS - RECENT]
    early = [minutes for week, minutes in rows if week < WEEKS - RECENT]
    weeks = tuple(sum(minutes for week, minutes in rows if week == number) for number in range(WEEKS))
    return OfCause(cause, len(late), sum(late), len(early), sum(early), weeks)
