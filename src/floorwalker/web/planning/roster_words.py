"""The sentences about rosters: why a row was refused, what was noticed, why something was not done."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.planning.models import Roster
from floorwalker.web.ui.reader import Reader

REFUSED: Mapping[str, Promise] = {
    "row_broken": _("The row cannot be cut into its columns."),
    "queue_missing": _("No queue is named."),
    "day_unreadable": _("“%(value)s” is no day that we can read."),
    "time_unreadable": _("“%(value)s” is no time of day that we can read, such as 8:30."),
    "ends_before_start": _("The shift ends before it starts."),
    "too_long": _("The shift is longer than 16 hours."),
    "person_unknown": _("“%(value)s” is nobody whom we know, or two people share that name. The staff number always helps."),
    "person_left": _("%(value)s no longer works here on that day."),
    "person_not_here_yet": _("%(value)s does not work here yet on that day."),
    "people_unreadable": _("“%(value)s” is no number of people."),
    "breaks_unreadable": _("“%(value)s” is no break that we can read, such as 12:00-12:30."),
    "breaks_outside": _("A break lies outside of the shift: %(value)s."),
    "overlaps": _("The same person is planned at that time in line %(value)s already."),
}

NOT_DONE: Mapping[str, Promise] = {
    "roster_columns": _("Three columns are needed: start, end and queue. At least one of them has no such name in this file."),
    "roster_empty": _("There are no rows in this file."),
    "roster_unreadable": _("There is no table in this file that we can read."),
    "roster_too_large": _("This file is too large."),
    "roster_none": _("Choose a file first."),
    "roster_undone": _("This roster was taken back before."),
    "pattern_no_day": _("No day between these two falls on the chosen weekdays."),
    "pattern_too_long": _("A pattern may reach over one year at most."),
}

KINDS: Mapping[str, Promise] = {
    Roster.Kind.FILE: _("File"),
    Roster.Kind.PATTERN: _("Pattern"),
    Roster.Kind.SAMPLE: _("Sample centre"),
}

ACCOUNT: Mapping[str, Promise] = {
    "read": _("Rows read"),
    "kept": _("Shifts brought in"),
    "unchanged": _("Known already"),
    "refused": _("Refused"),
    "replaced": _("Earlier shifts that gave way"),
}


def refusal(told: Mapping[str, Any]) -> str:
    """Why a row was refused."""
    return str(REFUSED[str(told["code"])]) % {"value": f"\u2068{told['value']}\u2069"}


def not_done(problem: NotDone) -> str:
    """Why nothing was changed."""
    return str(NOT_DONE[problem.code])


def remark(told: Mapping[str, Any], reader: Reader) -> str:
    """Something about the whole file."""
    facts = told["facts"]
    words = {"queue": f"\u2068{facts['queue']}\u2069", "n": reader.number(facts["rows"])}
    return (
        ngettext(
            "No contact ever came in a queue called %(queue)s; one row names it.",
            "No contact ever came in a queue called %(queue)s; %(n)s rows name it.",
            facts["rows"],
        )
        % words
    )


def of_people_gone(shifts: int, reader: Reader) -> str:
    """Shifts to come of people who left after they were planned."""
    return ngettext(
        "One coming shift is of somebody who will no longer work here then: it is not counted.",
        "%(n)s coming shifts are of people who will no longer work here then: they are not counted.",
        shifts,
    ) % {"n": reader.number(shifts)}


def headline(roster: Roster, reader: Reader) -> str:
    """How it went, in one sentence."""
    if roster.undone_at:
        return gettext("This roster was taken back.")
    kept, refused = roster.counts.get("kept", 0), roster.counts.get("refused", 0)
    words = {"n": reader.number(kept), "refused": reader.number(refused)}
    if not refused:
        return ngettext("One shift is planned.", "%(n)s shifts are planned, and no row was refused.", kept) % words
    return (
        ngettext(
            "One row was refused. Shifts planned: %(n)s.",
            "%(refused)s rows were refused. Shifts planned: %(n)s.",
            refused,
        )
        % words
    )


def people_planned(most: int, hours: float, day: str, reader: Reader) -> str:
    """The page's sentence."""
    words = {"day": day, "n": reader.number(most), "hours": reader.number(hours)}
    if not most:
        return gettext("Nobody is planned on %(day)s.") % words
    return (
        ngettext(
            "On %(day)s one person is at work at most.",
            "On %(day)s up to %(n)s people are at work at once, %(hours)s hours in all.",
            most,
        )
        % words
    )


def unnamed(people: int, reader: Reader) -> str:
    """Planned people without names."""
    return ngettext("One person without a name", "%(n)s people without names", people) % {"n": reader.number(people)}
