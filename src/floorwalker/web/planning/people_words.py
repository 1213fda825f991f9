"""The sentences about needed and planned people."""

from django.utils.translation import gettext, ngettext

from floorwalker.core import staffing
from floorwalker.web.planning.concurrency import durations
from floorwalker.web.planning.needs import Levels, Rates, Shortage
from floorwalker.web.planning.plans import Plan
from floorwalker.web.planning.simulated import PlayedDay
from floorwalker.web.planning.staffing_day import QueueDay
from floorwalker.web.ui.reader import Reader
from floorwalker.web.ui.values import UNKNOWN

SURE, MOST_AWAY = 0.9, 0.9


def headline(day: QueueDay, short: Shortage | None, reader: Reader) -> str:
    """The page's sentence."""
    if day.planned is None:
        most = int(day.need.max(initial=0))
        return ngettext("One person is needed at the peak.", "%(n)s people are needed at the peak.", most) % {
            "n": reader.number(most)
        }
    if short is None:
        return gettext("Enough people are planned all day.")
    return ngettext(
        "From %(from)s to %(to)s you are up to one person short.",
        "From %(from)s to %(to)s you are up to %(n)s people short.",
        short.most,
    ) % {"n": reader.number(short.most), "from": reader.clock(short.start), "to": reader.clock(short.end)}


def lede(day: QueueDay, reader: Reader) -> str:
    """The peak in numbers, and what is known of the roster."""
    at = int(day.need.argmax()) if len(day.need) else 0
    words = {
        "time": reader.clock(day.minutes[at]),
        "need": reader.number(day.need[at]),
        "low": reader.number(day.low[at]),
        "high": reader.number(day.high[at]),
    }
    if day.planned is None:
        return gettext("At %(time)s it takes %(need)s people, %(low)s to %(high)s. No roster is known for this day.") % words
    return gettext("At %(time)s it takes %(need)s people, %(low)s to %(high)s, and %(planned)s are planned.") % {
        **words,
        "planned": reader.number(day.planned[at]),
    }


def short_words(short: Shortage, reader: Reader) -> str:
    """Beside the hatched shortage."""
    return ngettext("one person short, %(from)s to %(to)s", "%(n)s people short, %(from)s to %(to)s", short.most) % {
        "n": reader.number(short.most),
        "from": reader.clock(short.start),
        "to": reader.clock(short.end),
    }


def short_at(short: Shortage, reader: Reader) -> str:
    """The same where there is little room."""
    return ngettext("one person short at %(time)s", "%(n)s people short at %(time)s", short.most) % {
        "n": reader.number(short.most),
        "time": reader.clock(short.start),
    }


def assumptions(day: QueueDay, reader: Reader) -> list[str]:
    """What the numbers of a queue rest on."""
    plan, rates = day.plan, day.rates
    if plan is None or rates is None:
        return []
    told = [_handling(plan, rates, reader), _method(plan, rates, reader)]
    told.append(
        gettext("Occupancy up to %(busy)s; of those who are planned %(there)s can be counted on.")
        % {"busy": reader.percent(plan.max_occupancy), "there": reader.percent(plan.there)}
    )
    if (most := round(float(day.need.max(initial=0)) * plan.there)) and plan.there < 1:
        told.append(_surely(most, plan, reader))
    return told


def _handling(plan: Plan, rates: Rates, reader: Reader) -> str:
    if plan.at_once > 1 and not plan.is_later:
        each = durations(rates.chats, rates.aht_s, plan.at_once)
        if len(rates.chats) > 1:
            told = gettext("One person serves up to %(n)s contacts at once. One takes %(first)s alone, %(last)s beside others.")
        else:
            told = gettext("One person serves up to %(n)s contacts at once. One takes %(last)s, measured while they did.")
        words = {"first": reader.duration(each[0]), "last": reader.duration(each[-1])}
        return told % {"n": reader.number(plan.at_once), **words}
    return gettext("Each contact takes %(aht)s.") % {"aht": reader.duration(rates.aht_s)}


def _method(plan: Plan, rates: Rates, reader: Reader) -> str:
    """By which method people are counted, and what it takes for granted."""
    words = {"patience": reader.duration(rates.patience_s), "hours": reader.number(plan.deadline_h)}
    if plan.is_later:
        return (
            gettext(
                "The work may wait for %(hours)s hours: so many people finish all of it in time, the earliest deadline first."
            )
            % words
        )
    if plan.at_once > 1:
        if rates.patience_s is None:
            return gettext(
                "Counted as chats: each goes to who has fewest. How long customers wait is not known, so nobody leaves."
            )
        return (
            gettext("Counted as chats: each goes to who has fewest, and customers give up after %(patience)s on average.")
            % words
        )
    if rates.patience_s is None:
        return gettext("How long customers wait before they give up is not known, so we assume that nobody leaves (Erlang C).")
    return gettext("Customers give up after %(patience)s on average, as seen from those who did (Erlang A).") % words


def _surely(most: int, plan: Plan, reader: Reader) -> str:
    """Absence as a number of people that varies, at the peak."""
    planned = int(staffing.scheduled(most, min(plan.absence, MOST_AWAY), SURE, min(plan.shrinkage, MOST_AWAY)))
    return ngettext(
        "To have one person at work at the peak in 9 of 10 such days, plan %(planned)s: each may be absent.",
        "To have %(n)s people at work at the peak in 9 of 10 such days, plan %(planned)s: each may be absent.",
        most,
    ) % {"n": reader.number(most), "planned": reader.number(planned)}


def played(done: PlayedDay, reader: Reader) -> str:
    """What the simulation did."""
    words = {"days": reader.number(done.days), "n": reader.number(done.helpers)}
    if done.helpers:
        return (
            ngettext(
                "%(days)s such days were played, contact by contact: what waits is carried on, times are spread as yours are, "
                "and up to one person helps in several queues.",
                "%(days)s such days were played, contact by contact: what waits is carried on, times are spread as yours are, "
                "and up to %(n)s people help in several queues.",
                done.helpers,
            )
            % words
        )
    return (
        gettext(
            "%(days)s such days were played, contact by contact: what waits is carried on, and times are spread as yours are."
        )
        % words
    )


def level_rows(found: Levels, reader: Reader) -> tuple[tuple[str, str], ...]:
    """What the planned people give, line by line."""

    def share(value: float | None) -> str:
        return UNKNOWN if value is None else reader.percent(value, 1)

    return (
        (gettext("Answered in time, of all contacts but those who left sooner"), share(found.offered_minus_short)),
        (gettext("Answered in time, of all contacts"), share(found.offered)),
        (gettext("Answered in time, of those who were answered"), share(found.answered)),
        (gettext("Abandoned"), share(found.abandonment)),
        (gettext("Mean wait of those who were answered"), reader.duration(found.asa_s)),
        (gettext("Occupancy"), share(found.occupancy)),
    )
