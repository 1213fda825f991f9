"""The unplanned routine in whole sentences."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.models import User
from floorwalker.web.calendars import wording as calendars
from floorwalker.web.calendars.models import Placed
from floorwalker.web.calendars.wording import Words
from floorwalker.web.routines.peaks import Peak
from floorwalker.web.ui.reader import Reader

SENTENCES: Mapping[str, Promise] = {
    "blocks.none": _("No weekday is chosen. Tick at least one."),
    "blocks.there_already": _("These hours are kept free already. Nothing was placed twice."),
    "blocks.reversed": _("A block ends before it begins. Give a later end."),
    "note.no_mail": _("No mail server is set up here. Open the note in your mail program instead."),
    "note.not_sent": _(
        "The mail server did not take the note. It is kept below as you wrote it; try again, or send it yourself."
    ),
    "visit.unknown": _("This person is not on your floor."),
    "interruption.minutes": _("An interruption takes from one minute to a whole day."),
}


def problem(reason: NotDone) -> str:
    """Why nothing was changed."""
    if reason.code in SENTENCES:
        return str(SENTENCES[reason.code]) % reason.facts
    return calendars.problem(reason)


def in_calendar(placed: Placed, guest: User, reader: Reader) -> Words:
    """An unplanned block as it stands in a calendar."""
    summary = gettext("Unplanned time: no meetings")
    text = gettext("The busiest hours of the day. %(name)s is on the floor then, to see and decide before a queue builds up.")
    return Words(summary, text % {"name": str(guest)}, pgettext("a block of time", "Unplanned"), gettext("no meetings"))


def span(start: int, end: int, reader: Reader) -> str:
    """From one minute of the day to another."""
    return gettext("%(from)s to %(to)s") % {"from": reader.clock(start), "to": reader.clock(end)}


def hours(minutes: float, reader: Reader) -> str:
    """A length of time in hours, with a half where there is one."""
    whole = round(minutes / 30) / 2
    shown = reader.number(whole, 0 if whole == int(whole) else 1)
    return ngettext("%(n)s hour", "%(n)s hours", 1 if whole == 1 else max(2, round(whole))) % {"n": shown}


def head(kept_minutes: float, share: float, peaks: Sequence[Peak], week_total: float, reader: Reader) -> str:
    """The sentence of the page."""
    if kept_minutes:
        words = {"hours": hours(kept_minutes, reader), "share": reader.percent(share)}
        if share:
            return gettext("You keep %(hours)s a week free; %(share)s of the week’s contacts come then.") % words
        return gettext("You keep %(hours)s a week free.") % words
    if not peaks:
        return gettext("There is no peak to see yet.")
    inside = sum(peak.contacts for peak in peaks) / week_total if week_total else 0.0
    words = {"hours": hours(sum(peak.minutes for peak in peaks), reader), "share": reader.percent(inside)}
    return gettext("%(share)s of a week’s contacts come in %(hours)s. Keep them free.") % words


def lede(is_forecast: bool, peaks: Sequence[Peak]) -> str:
    """Where the peaks come from."""
    if not peaks:
        return gettext("Peaks show as soon as two weeks of contacts with their time of day are brought in.")
    if is_forecast:
        return gettext(
            "Each weekday’s peak as forecast for the coming four weeks. Change what does not suit you, then place it."
        )
    return gettext("Each weekday’s peak as it was in the last eight weeks. Change what does not suit you, then place it.")


def of_the_day(peak: Peak, reader: Reader) -> str:
    """How many of the day's contacts come in a peak."""
    words = {
        "n": reader.number(peak.contacts),
        "all": reader.number(peak.of_day),
        "share": reader.percent(peak.share),
    }
    return (
        ngettext("%(n)s of %(all)s contact (%(share)s)", "%(n)s of %(all)s contacts (%(share)s)", max(1, round(peak.of_day)))
        % words
    )
