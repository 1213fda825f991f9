"""The note to one's boss: which hours are kept free, why, and what was in the way so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext, override

from floorwalker.web.accounts.models import Site, User
from floorwalker.web.calendars.invitation import rhythm_of
from floorwalker.web.calendars.models import Placed
from floorwalker.web.calendars.queries import ahead_of
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.routines import wording
from floorwalker.web.routines.counting import Counted, recent
from floorwalker.web.routines.courses import Week, week_ahead
from floorwalker.web.routines.models import UNPLANNED, Cause
from floorwalker.web.routines.peaks import Peak, peaks
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Draft:
    """What the form begins with."""

    subject: str
    text: str


def draft(desk: Desk, now: datetime, language: str) -> Draft:
    """The note in the boss's language, with the numbers of the blocks that stand, else of the peaks."""
    user, site = desk.viewer.user, desk.viewer.site
    week = week_ahead(desk, desk.viewer.on)
    placed = ahead_of(user, now, UNPLANNED)
    hours = [each for block in placed for each in _of(block, week)] or peaks(week.curves)
    reader = _reader(language, site)
    with override(language):
        return Draft(
            gettext("Hours that I keep free for the floor"), _text(user, hours, week, recent(user, desk.viewer.on), reader)
        )


def _reader(language: str, site: Site) -> Reader:
    return Reader(language, site.tz, site.week_start, tuple(site.weekend))


def _of(placed: Placed, week: Week) -> list[Peak]:
    """A block as the numbers of its hours on each of its weekdays."""
    rhythm = rhythm_of(placed)
    start = rhythm.time_of_day.hour * 60 + rhythm.time_of_day.minute
    found = []
    for weekday in rhythm.weekdays:
        curve = week.curves.get(weekday)
        inside = curve.between(start, start + rhythm.minutes) if curve else 0.0
        found.append(Peak(weekday, start, rhythm.minutes, inside, curve.total if curve else 0.0))
    return found


def _text(user: User, hours: Sequence[Peak], week: Week, lost: Counted, reader: Reader) -> str:
    in_order = sorted(hours, key=lambda each: ((each.weekday - reader.week_start) % 7, each.start))
    parts = [gettext("I keep these hours of the week free of meetings:"), "\n".join(_line(each, reader) for each in in_order)]
    if why := _why(hours, week, reader):
        parts.append(why)
    parts.append(
        gettext(
            "I am on the floor then. A small thing seen at the peak is settled in a minute; found out afterwards, it is "
            "a queue, and a queue takes the rest of the day."
        )
    )
    if lost.times:
        parts.append(_lost(lost, reader))
    parts += [gettext("Please propose meetings outside of these hours. If one has to be then, call me."), str(user)]
    return "\n\n".join(parts)


def _line(each: Peak, reader: Reader) -> str:
    words = {"weekday": reader.weekday(each.weekday), "span": wording.span(each.start, each.end, reader)}
    if not each.of_day:
        return gettext("- %(weekday)s, %(span)s") % words
    return gettext("- %(weekday)s, %(span)s: %(contacts)s") % {**words, "contacts": wording.of_the_day(each, reader)}


def _why(hours: Sequence[Peak], week: Week, reader: Reader) -> str:
    inside, minutes = sum(each.contacts for each in hours), sum(each.minutes for each in hours)
    if not week.total or not inside:
        return ""
    words = {"hours": wording.hours(minutes, reader), "share": reader.percent(inside / week.total)}
    if week.is_forecast:
        return gettext("These are %(hours)s a week, and by the forecast %(share)s of all contacts come in them.") % words
    return gettext("These are %(hours)s a week, and in the last eight weeks %(share)s of all contacts came in them.") % words


def _lost(lost: Counted, reader: Reader) -> str:
    words = {
        "n": reader.number(lost.times),
        "hours": wording.hours(lost.minutes, reader),
        "cause": str(Cause(lost.by_cause[0].cause).label),
    }
    return (
        ngettext(
            "In the last four weeks I was torn out of my work once, for %(hours)s: %(cause)s.",
            "In the last four weeks I was torn out of my work %(n)s times, for %(hours)s together; most of it: %(cause)s.",
            lost.times,
        )
        % words
    )
