"""Peak hours by weekday: where the most contacts of a day fall into one stretch of time. Plain arithmetic on curves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

QUIET_DAY = 0.25
"""A weekday with less than this part of the busiest one's contacts has no peak worth keeping free."""
HOUR = 60


@dataclass(frozen=True)
class Curve:
    """Contacts expected on one weekday, from minute `first` in steps of `length` minutes."""

    first: int
    length: int
    contacts: tuple[float, ...]

    @property
    def total(self) -> float:
        return sum(self.contacts)

    def between(self, start: int, end: int) -> float:
        """Contacts between two minutes of the day; a step that is cut counts by its part."""
        found = 0.0
        for number, contacts in enumerate(self.contacts):
            begins = self.first + number * self.length
            shared = min(end, begins + self.length) - max(start, begins)
            if shared > 0:
                found += contacts * shared / self.length
        return found


@dataclass(frozen=True)
class Peak:
    """The stretch of `minutes` in which the most contacts of a weekday come, and how many of the day's."""

    weekday: int
    start: int
    minutes: int
    contacts: float
    of_day: float

    @property
    def end(self) -> int:
        return self.start + self.minutes

    @property
    def share(self) -> float:
        return self.contacts / self.of_day if self.of_day else 0.0


def peaks(curves: Mapping[int, Curve], minutes: int = 90) -> list[Peak]:
    """The peak of each weekday (0 Monday) that is busy enough to have one, in order."""
    busiest = max((curve.total for curve in curves.values()), default=0.0)
    busy = {day: curve for day, curve in sorted(curves.items()) if curve.total and curve.total >= QUIET_DAY * busiest}
    return [_peak(day, curve, minutes) for day, curve in busy.items()]


def _peak(weekday: int, curve: Curve, minutes: int) -> Peak:
    """The earliest of the best starts; starts lie on the curve's own steps, and the stretch stays inside the curve."""
    last = curve.first + len(curve.contacts) * curve.length
    starts = range(curve.first, max(last - minutes, curve.first) + 1, curve.length)
    best = max(starts, key=lambda start: round(curve.between(start, start + minutes), 6))
    return Peak(weekday, best, minutes, curve.between(best, best + minutes), curve.total)


def busiest_hour(curve: Curve, not_before: int) -> tuple[int, float] | None:
    """The hour still ahead with the most contacts: where it begins, and how many; None when the day is over."""
    last = curve.first + len(curve.contacts) * curve.length
    starts = [start for start in range(curve.first, last, curve.length) if start >= not_before and start + HOUR <= last]
    if not starts:
        return None
    best = max(starts, key=lambda start: round(curve.between(start, start + HOUR), 6))
    contacts = curve.between(best, best + HOUR)
    return (best, contacts) if contacts > 0 else None


def curve_of(rows: Sequence[tuple[int, float]], days: int) -> Curve | None:
    """From contacts by minute, added up over a number of days; None without any."""
    known = sorted((minute, contacts) for minute, contacts in rows if contacts > 0)
    if not known or not days:
        return None
    minutes = [minute for minute, _contacts in known]
    length = min((later - earlier for earlier, later in pairwise(minutes)), default=HOUR)
    by_step = {(minute - minutes[0]) // length: contacts / days for minute, contacts in known}
    steps = (minutes[-1] - minutes[0]) // length + 1
    return Curve(minutes[0], length, tuple(by_step.get(step, 0.0) for step in range(steps)))
