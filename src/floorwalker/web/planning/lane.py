"""What a person has to do on a day, for the lane under the day's load: time in their calendar, and what other apps add."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.utils.module_loading import import_string

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars.queries import busy
from floorwalker.web.calendars.wording import words_of
from floorwalker.web.ui.charts import Block
from floorwalker.web.ui.reader import Reader

Author = Callable[[Viewer, date, Reader], Sequence[Block]]
"""An app names its own as a dotted path in `lane` of its AppConfig; what it places in calendars it then draws here itself."""

DAY = 24 * 60


def lane_of(viewer: Viewer, day: date, reader: Reader) -> list[Block]:
    """The viewer's day in order. Minutes are those of the site's clock."""
    zone = ZoneInfo(viewer.site.tz)
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    held = busy(viewer.user, midnight.astimezone(UTC), (midnight + timedelta(1)).astimezone(UTC))
    drawn = _drawn_by_apps()
    blocks = [
        Block(
            start=max(_minute(each.time.starts_at.astimezone(zone), day), 0),
            end=min(_minute(each.time.ends_at.astimezone(zone), day), DAY),
            label=words.short or words.summary,
            note=words.note,
            kind="plain" if each.placed.private else "kept",
        )
        for each in held
        if each.placed.purpose not in drawn
        for words in [words_of(each.placed, viewer.user, reader)]
    ]
    for config in _apps_with_a_lane():
        author: Author = import_string(config.lane)
        blocks += author(viewer, day, reader)
    return sorted(blocks, key=lambda block: block.start)


def _apps_with_a_lane() -> list[Any]:
    return [config for config in apps.get_app_configs() if getattr(config, "lane", "")]


def _drawn_by_apps() -> set[str]:
    return {purpose for config in _apps_with_a_lane() for purpose in getattr(config, "calendar_words", {})}


def _minute(at: datetime, day: date) -> int:
    return (at.date() - day).days * DAY + at.hour * 60 + at.minute
