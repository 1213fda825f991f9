"""Today for those who run the floor: managers, leads, planners, coaches, administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from floorwalker.web.changes.ledger import Ledger
from floorwalker.web.changes.queries import told_of
from floorwalker.web.intake.rules import may_bring_in
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.today import wording
from floorwalker.web.today.changed import Changed, changed
from floorwalker.web.today.differences import IN_QUEUES, Differences, differences
from floorwalker.web.today.expected import ExpectedDay, expected_day
from floorwalker.web.today.freshness import Freshness, freshness
from floorwalker.web.today.panels import Figures, Head, course, figures
from floorwalker.web.today.queries import (
    FIVE,
    FRESH_DAYS,
    QUARTER,
    SO_FAR,
    Number,
    course_of_days,
    local,
    numbers_by_queue,
    numbers_of_day,
)
from floorwalker.web.today.timeline import Timeline, timeline
from floorwalker.web.ui.charts import Picture
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class DeskPage:
    """Everything on the page, written. Without a course of the day, `no_course` says why."""

    head: Head
    course: Picture | None
    no_course: str
    last_day: Figures | None
    so_far: Figures | None
    changed: Changed | None
    differences: Differences | None
    freshness: Freshness


def desk_page(desk: Desk, now: datetime, reader: Reader) -> DeskPage:
    """Today at `now` on the site's clock, for a desk with some data."""
    assert desk.days is not None  # noqa: S101 - the view asks only then
    today, site = now.date(), desk.viewer.site
    settings, ledger = desk.warehouse.settings, Ledger(desk)
    told = told_of(ledger)
    known = local(desk.known_until, reader.tz)
    until = _known_minute(known, today)
    last = desk.last_day_before(today)
    numbers = numbers_of_day(desk, last, FIVE, told) if last else []
    is_yesterday = last == today - timedelta(days=1)
    is_fresh = desk.days[1] >= today - timedelta(days=FRESH_DAYS)
    line = timeline(desk.viewer, now, reader) if is_fresh else None
    expected = expected_day(course_of_days(desk, today), today, until) if is_fresh and not line else None
    so_far = numbers_of_day(desk, today, SO_FAR, told, until) if until else []
    target = site.service_level_target
    return DeskPage(
        head=_head_of(line, desk, now, reader) if line else _head(desk, now, expected, numbers, is_yesterday, is_fresh, reader),
        course=line.picture if line else course(expected, now.hour * 60 + now.minute, reader) if expected else None,
        no_course="" if line or expected else _no_course(is_fresh, today, reader),
        last_day=figures(numbers, _last_title(last, is_yesterday, reader), settings, reader, target) if last else None,
        so_far=figures(so_far, _so_far_title(until or 0, reader), settings, reader, target) if so_far else None,
        changed=changed(ledger, today, reader),
        differences=differences(numbers_by_queue(desk, last, IN_QUEUES, told), is_yesterday, reader) if last else None,
        freshness=freshness(desk, reader, may_bring_in(desk.viewer)),
    )


def _known_minute(known: datetime | None, today: date) -> int | None:
    """The minute of today up to which all quarters of an hour are complete; None when nothing of today is known."""
    if known is None or known.date() != today:
        return None
    return (known.hour * 60 + known.minute) // QUARTER * QUARTER or None


def _head_of(line: Timeline, desk: Desk, now: datetime, reader: Reader) -> Head:
    """With a forecast of the day the first sentence tells who will be missing."""
    return Head((reader.day(now.date(), "full"), desk.viewer.site.name), line.sentence, line.lede)


def _head(
    desk: Desk,
    now: datetime,
    expected: ExpectedDay | None,
    numbers: Sequence[Number],
    is_yesterday: bool,
    is_fresh: bool,
    reader: Reader,
) -> Head:
    today = now.date()
    where = (reader.day(today, "full"), desk.viewer.site.name)
    assert desk.days is not None  # noqa: S101
    if not is_fresh:
        latest = reader.day(desk.days[1], "long")
        lede = gettext("Nothing can be said about today before newer ones are brought in. Below is the last day that we know.")
        return Head(where, wording.old_sentence(latest), lede)
    if expected is None:
        sentence = wording.quiet_sentence(numbers, is_yesterday, today.weekday(), reader)
        return Head(where, sentence, wording.lede_of_last_day(numbers, is_yesterday, reader))
    is_over = expected.peak + expected.length <= now.hour * 60 + now.minute
    peak = None if is_over else reader.clock(expected.peak)
    sentence = wording.peak_sentence(peak, numbers, is_yesterday, reader)
    return Head(where, sentence, wording.lede_of_day(expected, is_over, reader))


def _no_course(is_fresh: bool, today: date, reader: Reader) -> str:
    if not is_fresh:
        return ""
    return gettext(
        "Contacts came on fewer than three of the last eight days like this one (%(weekday)s), or without the time of day."
    ) % {"weekday": reader.weekday(today.weekday())}


def _last_title(last: date, is_yesterday: bool, reader: Reader) -> str:
    words = {"weekday": reader.weekday(last.weekday()), "day": reader.day(last, "full")}
    if is_yesterday:
        return gettext("Yesterday, against the usual %(weekday)s") % words
    return gettext("%(day)s, against the usual %(weekday)s") % words


def _so_far_title(until: int, reader: Reader) -> str:
    return gettext("Today so far, until %(time)s, against usual days at that time") % {"time": reader.clock(until)}
