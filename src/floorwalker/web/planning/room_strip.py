"""The strip of days on the page of room to spare: people needed and planned, and who may leave when."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext

from floorwalker.web.accounts.models import Site
from floorwalker.web.planning import people_words, room_words
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.people_page import people_strip
from floorwalker.web.planning.staffing_day import QueueDay, queue_day, shortage
from floorwalker.web.ui.charts import Hand, Picture, Table, WeekDay, WeekWords, week
from floorwalker.web.ui.reader import Reader
from floorwalker.web.ui.values import UNKNOWN

SHOWN = 5

Found = Mapping[tuple[str, date], Certificate]


def room_strip(
    site: Site, queue: str, days: Sequence[date], found: Found, chosen: date | None, reader: Reader
) -> Picture | None:
    """The first days on which somebody is needed, the chosen one among them; None when there is none."""
    listed = _listed(site, queue, days, chosen)
    if not listed:
        return None
    drawn = [_drawn(day, one, _of_day(found, day), day == chosen, reader) for day, one in listed]
    words = WeekWords(gettext("People"), gettext("Room to spare"))
    hours = {day: sum(room_words.hours(each) for each in _of_day(found, day)) for day, _one in listed}
    finding = gettext("People needed in their doubt, people planned, and the room to spare, day by day. %(found)s") % {
        "found": room_words.week(hours, reader)
    }
    rows = tuple(_row(day, one, hours[day], _of_day(found, day), reader) for day, one in listed)
    head = (
        gettext("Day"),
        gettext("Needed at its peak"),
        gettext("Planned then"),
        gettext("Largest shortage"),
        gettext("Room to spare"),
    )
    return week(Hand(reader), drawn, words, finding, Table(finding, head, rows))


def _listed(site: Site, queue: str, days: Sequence[date], chosen: date | None) -> list[tuple[date, QueueDay]]:
    every = [(day, one) for day in days if (one := queue_day(site, queue, day)) is not None and one.high.any()]
    last = next((place for place, (day, _one) in enumerate(every) if day == chosen), 0)
    first = max(last - SHOWN + 1, 0)
    return every[first : first + SHOWN]


def _of_day(found: Found, day: date) -> list[Certificate]:
    return [each for (_queue, at), each in found.items() if at == day]


def _drawn(day: date, one: QueueDay, stand: Sequence[Certificate], is_chosen: bool, reader: Reader) -> WeekDay:
    spare = dict.fromkeys(one.minutes, 0)
    for each in stand:
        for minute, may_leave in zip(each.plan["minutes"], each.plan["spare"], strict=True):
            if minute in spare:
                spare[minute] += may_leave
    note = room_words.note_of_day(stand, reader) if one.planned is not None else gettext("no roster")
    strip = people_strip(one, reader, short_words=people_words.short_at)
    name = reader.day(day, "dated")
    return WeekDay(name, one.minutes, one.length, strip, list(spare.values()), note, is_chosen)


def _row(day: date, one: QueueDay, hours: float, stand: Sequence[Certificate], reader: Reader) -> tuple[str, ...]:
    at, short = int(one.need.argmax()), shortage(one)
    return (
        reader.day(day, "full"),
        gettext("%(low)s to %(high)s") % {"low": reader.number(one.low[at]), "high": reader.number(one.high[at])},
        UNKNOWN if one.planned is None else reader.number(one.planned[at]),
        people_words.short_words(short, reader) if short else UNKNOWN,
        room_words.in_short(hours, reader) if stand else UNKNOWN,
    )
