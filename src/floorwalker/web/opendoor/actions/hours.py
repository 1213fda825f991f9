"""When a door shall be open."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SLOT_MINUTES = (15, 20)


@dataclass(frozen=True)
class Hours:
    """When a door shall be open: a day, the minutes of that day on the site's clock, and the length of a slot."""

    day: date
    start: time
    end: time
    slot_minutes: int

    def slots(self, tz: str) -> list[tuple[datetime, datetime]]:
        """Beginning and end of each whole slot, as instants: on a day with a clock change each is as long as it says."""
        zone = ZoneInfo(tz)
        first, last = (datetime.combine(self.day, each, zone).timestamp() for each in (self.start, self.end))
        length = timedelta(minutes=self.slot_minutes)
        begin = datetime.fromtimestamp(first, zone)
        count = int((last - first) // length.total_seconds())
        return [(_later(begin, length * number), _later(begin, length * (number + 1))) for number in range(count)]


def _later(at: datetime, by: timedelta) -> datetime:
    return datetime.fromtimestamp(at.timestamp() + by.total_seconds(), at.tzinfo)
