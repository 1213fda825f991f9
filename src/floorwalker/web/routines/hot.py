"""Which queue will be hot for the rest of today: the one shortest of people, else the one with the busiest hour."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext, ngettext

from floorwalker.web.planning.needs import Shortage
from floorwalker.web.planning.people_page import people_strip, people_table
from floorwalker.web.planning.rules import may_open_people_needed
from floorwalker.web.planning.staffing_day import QueueDay, shortage, staffing_day
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.routines.courses import queues_today
from floorwalker.web.routines.peaks import busiest_hour
from floorwalker.web.ui.charts import Hand, Picture, Score, score
from floorwalker.web.ui.reader import Reader

JUST_BEGUN = 14
"""Minutes for which an hour that has begun still counts as ahead."""


@dataclass(frozen=True)
class Hot:
    """Where to start, said and drawn."""

    sentence: str
    lede: str
    picture: Picture | None = None


def hottest(desk: Desk, now: datetime, reader: Reader) -> Hot | None:
    """At `now` on the site's clock; None when nothing is known or the day is over."""
    if desk.days is None:
        return None
    minute = now.hour * 60 + now.minute - JUST_BEGUN
    return _shortest(desk, now, minute, reader) or _busiest(desk, now, minute, reader)


def _shortest(desk: Desk, now: datetime, minute: int, reader: Reader) -> Hot | None:
    """By needed and planned people, for those who may see them, where the roster is known."""
    day = staffing_day(desk.viewer.site, now.date()) if may_open_people_needed(desk.viewer) else None
    if day is None or not day.has_roster:
        return None
    found = [(short, queue) for queue in day.queues if (short := shortage(_from(queue, minute)))]
    if not found:
        return None
    short, queue = max(found, key=lambda each: (each[0].most, -each[0].start, each[1].queue))
    return _short(queue.shown(day.part), short, now, reader)


def _from(day: QueueDay, minute: int) -> QueueDay:
    first = next((place for place, each in enumerate(day.minutes) if each + day.length > minute), len(day.minutes))
    return day.shown(slice(first, None))


def _short(day: QueueDay, short: Shortage, now: datetime, reader: Reader) -> Hot:
    words = {"queue": f"\u2068{day.queue}\u2069", "time": reader.clock(short.start), "n": reader.number(short.most)}
    sentence = ngettext(
        "%(queue)s will be one person short from %(time)s. Start there.",
        "%(queue)s will be %(n)s people short from %(time)s. Start there.",
        short.most,
    )
    said = sentence % words
    missing = ngettext("one short", "%(n)s short", short.most) % words
    people = replace(people_strip(day, reader), title="", notes=(), short=(short.start, short.end, missing))
    strips = Score(minutes=day.minutes, length=day.length, people=people, now=now.hour * 60 + now.minute)
    return Hot(said, "", score(Hand(reader), strips, said, people_table(day, said, reader)))


def _busiest(desk: Desk, now: datetime, minute: int, reader: Reader) -> Hot | None:
    curves = queues_today(desk, now.date())
    ahead = {queue: hour for queue, curve in curves.items() if (hour := busiest_hour(curve, minute))}
    if not ahead:
        return None
    queue, (begins, contacts) = max(sorted(ahead.items()), key=lambda each: each[1][1])
    words = {"queue": f"\u2068{queue}\u2069", "time": reader.clock(begins)}
    lede = ngettext(
        "About %(n)s contact is expected in that hour.",
        "About %(n)s contacts are expected in that hour.",
        max(1, round(contacts)),
    )
    return Hot(gettext("%(queue)s will be busiest from %(time)s. Start there.") % words, lede % {"n": reader.number(contacts)})
