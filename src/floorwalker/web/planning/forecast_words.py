"""The sentences about what is expected: how much, why, how good it has been, and what was thought before."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from floorwalker.web.planning.models import Expected, Round
from floorwalker.web.ui.reader import Reader

TINY = 0.005
NEAR_HOLIDAY = re.compile(r"(?:before|after)_\d")

DRIVERS: Mapping[str, tuple[Promise, Promise]] = {
    "weekday": (
        _("The weekday: %(size)s more than on a day of the week’s mean."),
        _("The weekday: %(size)s less than on a day of the week’s mean."),
    ),
    "holiday": (_("A public holiday: %(size)s more than usual."), _("A public holiday: %(size)s less than usual.")),
    "bridge": (
        _("A bridge day beside a holiday: %(size)s more than usual."),
        _("A bridge day beside a holiday: %(size)s less than usual."),
    ),
    "event": (
        _("An event in the calendar: %(size)s more than usual."),
        _("An event in the calendar: %(size)s less than usual."),
    ),
    "level": (
        _("The level of now: %(size)s more than in the eight weeks before."),
        _("The level of now: %(size)s less than in the eight weeks before."),
    ),
    "near_holiday": (
        _("Close to a holiday: %(size)s more than usual."),
        _("Close to a holiday: %(size)s less than usual."),
    ),
    "season": (
        _("The time of the year: %(size)s more than usual."),
        _("The time of the year: %(size)s less than usual."),
    ),
    "trend": (_("A trend: %(size)s more than now."), _("A trend: %(size)s less than now.")),
    "today_so_far": (
        _("What came so far today: %(size)s more than expected in the morning."),
        _("What came so far today: %(size)s less than expected in the morning."),
    ),
}

TROUBLE: Mapping[str, Promise] = {
    "silent": _(
        "Nothing has come since opening, although it should have: either the day is closed or no data arrive. "
        "Nothing is certified for today until something comes."
    ),
    "held": _("Some counts of today look like trouble with the lines, not like customers. They are not believed."),
}

PHASES: Mapping[str, Promise] = {
    "history": _("We are reading the past."),
    "forecast": _("We are forecasting the coming days."),
    "people": _("We are working out how many people they take."),
    "room": _("We are working out who may be spared, and how sure that is."),
}


def how_much(expected: Expected, day: str, is_today: bool, reader: Reader) -> str:
    """The page's sentence."""
    words = {
        "n": reader.number(expected.total["mean"]),
        "low": reader.number(expected.total["q10"]),
        "high": reader.number(expected.total["q90"]),
        "day": day,
    }
    if is_today:
        return gettext("About %(n)s contacts today, in 8 of 10 such days between %(low)s and %(high)s.") % words
    return gettext("About %(n)s contacts on %(day)s, in 8 of 10 such days between %(low)s and %(high)s.") % words


def peak(from_minute: int, to_minute: int, reader: Reader) -> str:
    """The busiest hour."""
    return gettext("The busiest hour is %(from)s to %(to)s.") % {
        "from": reader.clock(from_minute),
        "to": reader.clock(to_minute),
    }


def so_far(came: float, reader: Reader) -> str:
    """That the day under way is taken into account."""
    return gettext("%(n)s of them have come already, and the rest of the day is forecast from there.") % {
        "n": reader.number(came)
    }


def drivers(expected: Expected, reader: Reader) -> list[str]:
    """What drives a day, largest first; what changes nothing is left out."""
    told = []
    for driver, factor in sorted(expected.drivers, key=lambda each: -abs(each[1] - 1)):
        name = "near_holiday" if NEAR_HOLIDAY.fullmatch(driver) else driver
        if name in DRIVERS and abs(factor - 1) >= TINY:
            more, less = DRIVERS[name]
            told.append(str(more if factor > 1 else less) % {"size": reader.percent(abs(factor - 1))})
    return told


def progress(round_: Round | None, reader: Reader) -> str:
    """What is being worked out now, or waits for its turn; empty when nothing is."""
    if round_ is None or not (round_.is_under_way or round_.is_waiting):
        return ""
    if not round_.is_under_way:
        return gettext("Something changed on %(when)s. It is worked in as soon as the work before it is done.") % {
            "when": reader.instant(round_.asked_at)
        }
    steps = list(PHASES)
    return gettext("Step %(step)s of %(steps)s: %(what)s") % {
        "step": reader.number(steps.index(round_.phase) + 1 if round_.phase in steps else 1),
        "steps": reader.number(len(steps)),
        "what": str(PHASES.get(round_.phase, "")),
    }


def warnings(expected: Expected | None, round_: Round | None, today: date, reader: Reader) -> list[str]:
    """What makes the numbers of today, and of the days after it, less than they seem: no data, or counts that look broken."""
    told = {driver for driver, _factor in expected.drivers} if expected and expected.day == today else set()
    known = round_.known_until.astimezone(ZoneInfo(reader.tz)).date() if round_ and round_.known_until else None
    return [str(words) for driver, words in TROUBLE.items() if driver in told] + (
        [
            gettext("The last contacts that we know of are of %(day)s: everything is said from there.")
            % {"day": reader.day(known, "named")}
        ]
        if known and known < today - timedelta(1)
        else []
    )


def how_good(choices: Sequence[Mapping[str, Any]], reader: Reader) -> list[str]:
    """How far forecasts of the last weeks were off, against the plain mean of the weekday; a sentence for each lead."""
    ordered = sorted(choices, key=lambda each: list(LEADS).index(each["lead"]) if each["lead"] in LEADS else 0)
    return [told for each in ordered if (told := _one_lead(each, reader))]


def _one_lead(choice: Mapping[str, Any], reader: Reader) -> str:
    lead = LEADS.get(str(choice["lead"]))
    if lead is None or choice["error"] is None or choice["error_of_mean"] is None:
        return ""
    words = {
        "lead": str(lead),
        "ours": reader.percent(choice["error"], 1),
        "mean": reader.percent(choice["error_of_mean"], 1),
    }
    if choice.get("model") in PLAIN:
        plain = _("%(lead)s: the plain mean of the weekday is as good as anything here, so it is used. It was %(mean)s off.")
        return str(plain) % words
    return gettext("%(lead)s: forecasts of the last weeks were %(ours)s off, the plain mean of the weekday %(mean)s.") % words


PLAIN = frozenset({"mean", "weekday_mean", "mean4"})
LEADS: Mapping[str, Promise] = {
    "same_day": _("Same day"),
    "days_2_7": _("Two to seven days ahead"),
    "days_8_14": _("Eight to fourteen days ahead"),
    "days_15_on": _("Fifteen days ahead and more"),
}


def then_and_now(then: Expected, now: Expected | None, on: str, came: float | None, reader: Reader) -> str:
    """What a snapshot said about the same day."""
    words = {
        "on": on,
        "then": reader.number(then.total["mean"]),
        "low": reader.number(then.total["q10"]),
        "high": reader.number(then.total["q90"]),
        "now": reader.number(now.total["mean"]) if now else "",
        "came": reader.number(came),
    }
    if came is not None:
        return gettext("On %(on)s we expected %(then)s, between %(low)s and %(high)s. %(came)s came.") % words
    if now is None:
        return gettext("On %(on)s we expected %(then)s, between %(low)s and %(high)s.") % words
    return gettext("On %(on)s we expected %(then)s, between %(low)s and %(high)s. Now we expect %(now)s.") % words


def all_queues() -> str:
    """Beside the names of queues."""
    return pgettext("beside the names of queues", "All queues together")
