"""The same shift on chosen weekdays, from one day to another."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from floorwalker.web.planning.drafts import DAY, Draft


@dataclass(frozen=True)
class Pattern:
    """Such as: Monday to Friday, 8:00 to 16:00, six people on Billing, with a break of half an hour each.

    `start` and `end` are minutes of the day; an end that is not after the start lies on the next day. The breaks of several
    people are laid one after the other around the middle of the shift, so that they are not all away at once.
    """

    weekdays: Collection[int]
    start: int
    end: int
    people: int
    queue: str
    since: date
    until: date
    break_minutes: int = 0
    closed: Collection[date] = field(default=())

    @property
    def last(self) -> int:
        return self.end if self.end > self.start else self.end + DAY

    def drafts(self) -> list[Draft]:
        """A shift for each day that is meant; `closed` days are left out."""
        days = (self.since + timedelta(step) for step in range((self.until - self.since).days + 1))
        open_days = [day for day in days if day.weekday() in self.weekdays and day not in self.closed]
        return [draft for day in open_days for draft in self._on(day)]

    def _on(self, day: date) -> list[Draft]:
        length = self.last - self.start
        if not self.break_minutes or self.break_minutes >= length:
            return [Draft(0, day, self.start, self.last, self.queue, None, self.people)]
        return [
            Draft(0, day, self.start, self.last, self.queue, None, 1, ((at, at + self.break_minutes),))
            for at in self._break_starts(length)
        ]

    def _break_starts(self, length: int) -> list[int]:
        """Within the middle half of the shift, on whole five minutes."""
        first, room = self.start + length // 4, max(length // 2 - self.break_minutes, 0)
        steps = max(self.people - 1, 1)
        return [first + round(room * number / steps / 5) * 5 for number in range(self.people)]
