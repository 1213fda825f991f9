"""What placed time is called, and how it is on its way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.models import User
from floorwalker.web.calendars.models import Delivery, Placed, Way
from floorwalker.web.calendars.times import Rhythm
from floorwalker.web.ui.reader import Reader

SENTENCES: Mapping[str, Promise] = {
    "time.past": _("This time is over already. Choose one that lies ahead."),
    "time.too_short": _("A block takes from five minutes to a whole day. Choose another length."),
    "time.reversed": _("The last day lies before the first one. Exchange them or leave the last one empty."),
    "time.never": _("None of the chosen weekdays lies between these days. Choose another day or weekday."),
    "time.cancelled": _("This time was cancelled meanwhile. Place it again instead."),
    "time.not_on_that_day": _("It does not take place on that day."),
    "time.nobody": _("Nobody is invited. Choose somebody in whose calendar it shall stand."),
}

PROBLEMS: Mapping[str, Promise] = {
    "mail.not_set_up": _("No mail server is set up here. Whoever runs this installation can set one up."),
    "mail.no_address": _("There is no address to send it to."),
    "mail.refused": _("The mail server does not take mail to this address."),
    "mail.down": _("The mail server did not answer."),
    "caldav.no_address": _("The address of the calendar server cannot be read. It begins with https:// or http://."),
    "caldav.not_allowed": _("This calendar server is not among those that are allowed here."),
    "caldav.down": _("The calendar server did not answer."),
    "caldav.refused": _("The calendar server refused the name or the password."),
    "caldav.no_calendar": _("The calendar server has no calendar at this address."),
    "caldav.error": _("The calendar server answered with an error."),
    "caldav.password_lost": _("The kept password can no longer be read. Type it again."),
}


FOUND: Mapping[str, Promise] = {
    "gone": _("You took it out of your own calendar; we saw it on %(at)s. Here it still stands."),
    "otherwise": _("It stands at another time in your own calendar; we saw it on %(at)s. Here nothing has changed."),
    "left": _("Your own calendar stays as it is, as you said on %(at)s."),
    "accepted": _("Invitation by mail: you accepted it on %(at)s."),
    "tentative": _("Invitation by mail: on %(at)s you answered that you may come."),
    "declined": _("You declined the invitation by mail on %(at)s. Here it still stands."),
    "followed": _("You moved it in your own calendar; we saw it on %(at)s, and it is moved here as well."),
}


@dataclass(frozen=True)
class Words:
    """What stands in a calendar; `short` and `note` are for places too narrow for the summary."""

    summary: str
    description: str = ""
    short: str = ""
    note: str = ""


Author = Callable[[Placed, User, Reader], Words]


def words_of(placed: Placed, guest: User, reader: Reader) -> Words:
    """What the app that placed it calls it, in the active language.

    An app names its purposes in `calendar_words` of its AppConfig: purpose to the dotted path of an `Author`.
    """
    for config in apps.get_app_configs():
        path = getattr(config, "calendar_words", {}).get(placed.purpose)
        if path:
            author: Author = import_string(path)
            return author(placed, guest, reader)
    return Words(placed.title or gettext("Kept free"))


def problem(reason: NotDone) -> str:
    """Why nothing was changed."""
    return str(SENTENCES[reason.code]) % reason.facts


def standing(delivery: Delivery, placed: Placed, reader: Reader) -> str:
    """How one way is getting on."""
    way = str(Way(delivery.way).label)
    if delivery.found:
        return str(FOUND[delivery.found]) % {"at": reader.instant(delivery.found_at)}
    words = {"way": way, "problem": "", "at": reader.instant(delivery.problem_at), "next": reader.instant(delivery.next_at)}
    if delivery.problem:
        words["problem"] = str(PROBLEMS[delivery.problem])
        return gettext("%(way)s: %(problem)s Tried on %(at)s; we try again on %(next)s.") % words
    if delivery.sent_sequence == placed.sequence:
        return gettext("%(way)s: arrived on %(at)s.") % {"way": way, "at": reader.instant(delivery.sent_at)}
    if delivery.is_settled:
        return gettext("%(way)s: nothing to send.") % words
    return gettext("%(way)s: on its way.") % words


def times(rhythm: Rhythm, reader: Reader) -> str:
    """When it takes place, in a line."""
    starts = rhythm.starts_at.astimezone(rhythm.zone)
    length = rhythm.minutes
    minute = starts.hour * 60 + starts.minute
    words = {
        "from": reader.clock(minute),
        "to": reader.clock((minute + length) % (24 * 60)),
        "day": reader.day(starts.date(), "full"),
        "days": gettext(", ").join(reader.weekday(day) for day in in_week_order(rhythm.weekdays, reader)),
        "until": reader.day(rhythm.until, "long"),
        "since": reader.day(starts.date(), "medium"),
    }
    if not rhythm.weekdays:
        return gettext("%(day)s, %(from)s to %(to)s") % words
    if rhythm.until:
        return gettext("%(days)s, %(from)s to %(to)s, from %(since)s to %(until)s") % words
    return gettext("%(days)s, %(from)s to %(to)s, from %(since)s on") % words


def in_week_order(weekdays: Sequence[int], reader: Reader) -> list[int]:
    """Weekdays in the order of the reader's week."""
    return sorted(weekdays, key=lambda day: (day - reader.week_start) % 7)
