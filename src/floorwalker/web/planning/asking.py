"""What the pages of Time share: the day and queue of an address, and the site's clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from floorwalker.web.accounts.models import Site

FARTHEST = timedelta(days=400)


@dataclass(frozen=True)
class Choice:
    """One value of a filter, or one step of a line of days; `url` leads there."""

    value: str
    words: str
    chosen: bool
    url: str = ""


def local_now(site: Site) -> datetime:
    """Now, on the site's clock."""
    return datetime.now(UTC).astimezone(ZoneInfo(site.tz))


def day_in(given: Mapping[str, str], today: date) -> date:
    """The day of an address; today when there is none, or none that can be."""
    try:
        day = date.fromisoformat(given.get("day", ""))
    except ValueError:
        return today
    return day if abs(day - today) <= FARTHEST else today


def queue_in(given: Mapping[str, str], queues: Sequence[str]) -> str:
    """The queue of an address; empty for all of them."""
    queue = given.get("queue", "")
    return queue if queue in queues else ""


def address(**values: str) -> str:
    """The query of an address, without what is empty."""
    return "?" + urlencode({name: value for name, value in values.items() if value})


def number_in(given: Mapping[str, str], name: str, least: int, most: int, otherwise: int = 0) -> int:
    """A whole number of an address, within its bounds."""
    text = given.get(name, "").strip()
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 5:
        return otherwise
    return min(max(int(text), least), most)
