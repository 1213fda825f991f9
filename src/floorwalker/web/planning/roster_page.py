"""Who is planned on a day: the page, and the report about one roster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import F, Max, Min
from django.utils.translation import gettext

from floorwalker.web.accounts.models import Membership, Role
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.planning import roster_words
from floorwalker.web.planning.asking import Choice, address
from floorwalker.web.planning.models import Roster, Shift
from floorwalker.web.planning.planned import DAY, per_interval, presences
from floorwalker.web.planning.rosters import in_force
from floorwalker.web.planning.rules import may_plan
from floorwalker.web.ui.reader import Reader

STEP = 30
LISTED = 20
LINES = 150


@dataclass(frozen=True)
class Line:
    """One shift in the list of a day."""

    who: str
    span: str
    queue: str
    breaks: str


@dataclass(frozen=True)
class Came:
    """One roster in the list."""

    pk: str
    name: str
    kind: str
    by: str
    when: str
    shifts: str
    is_undone: bool


@dataclass(frozen=True)
class RosterPage:
    """Everything on the page."""

    sentence: str
    lede: str
    days: tuple[Choice, ...]
    lines: tuple[Line, ...]
    rosters: tuple[Came, ...]
    earlier: str = ""
    later: str = ""


def roster_page(viewer: Viewer, day: date, queue: str, reader: Reader, page: int = 1) -> RosterPage:
    """The shifts of a day, of one queue or all; a lead reads the names of their own team only."""
    there = presences(viewer.site, day, day).get(day, [])
    queues = sorted({each.queue for each in there})
    counts = per_interval(there, queues, range(0, DAY, STEP), STEP)
    asked = [counts[each] for each in queues if queue in ("", each)]
    total = np.sum(asked, axis=0) if asked else np.zeros(DAY // STEP)
    hours = float(total.sum()) * STEP / 60
    shifts = _shifts(viewer, day, queue, (page - 1) * LINES)
    return RosterPage(
        sentence=roster_words.people_planned(int(np.ceil(total.max() - 1e-9)), hours, reader.day(day, "full"), reader),
        lede=_reach(viewer, reader),
        days=_days(day, queue, viewer.on, reader),
        lines=tuple(_line(each, reader) for each in shifts[:LINES]),
        earlier=address(day=day.isoformat(), queue=queue, page=str(page - 1)) if page > 1 else "",
        later=address(day=day.isoformat(), queue=queue, page=str(page + 1)) if len(shifts) > LINES else "",
        rosters=tuple(
            _came(each, reader) for each in Roster.objects.filter(site=viewer.site).select_related("by__person")[:LISTED]
        )
        if may_plan(viewer)
        else (),
    )


def _reach(viewer: Viewer, reader: Reader) -> str:
    ends = in_force(viewer.site).aggregate(first=Min("day"), last=Max("day"))
    if not ends["last"]:
        return gettext("No roster was brought in yet. With one, each hour is compared with the people that it takes.")
    words = {"first": reader.day(ends["first"]), "last": reader.day(ends["last"])}
    reaches = gettext("The roster reaches from %(first)s to %(last)s.") % words
    gone = in_force(viewer.site).filter(day__gte=viewer.on, person__left_on__lt=F("day")).count()
    return reader.paragraph(reaches, roster_words.of_people_gone(gone, reader)) if gone else reaches


def _days(day: date, queue: str, today: date, reader: Reader) -> tuple[Choice, ...]:
    """The week of the day, with a step to the weeks around it."""
    first = reader.week_of(day)
    return tuple(
        Choice(each.isoformat(), _called(each, today, reader), each == day, address(day=each.isoformat(), queue=queue))
        for each in (first + timedelta(step) for step in range(-1, 8))
    )


def _called(day: date, today: date, reader: Reader) -> str:
    if day == today:
        return gettext("Today")
    return gettext("%(weekday)s %(day)s") % {
        "weekday": reader.weekday(day.weekday(), "abbreviated"),
        "day": reader.day(day, "short"),
    }


def _shifts(viewer: Viewer, day: date, queue: str, first: int) -> Sequence[Shift]:
    """One more than a page holds, when there are more."""
    found = in_force(viewer.site).filter(day=day).select_related("person")
    if queue:
        found = found.filter(queue__contains=queue)
    if may_plan(viewer):
        return list(found[first : first + LINES + 1])
    team = Membership.objects.on(day).filter(role=Role.AGENT, team_id__in=viewer.led_teams).values("person_id")
    return list(found.filter(person_id__in=team)[first : first + LINES + 1])


def _line(shift: Shift, reader: Reader) -> Line:
    who = f"\u2068{shift.person}\u2069" if shift.person else roster_words.unnamed(shift.people, reader)
    breaks = gettext(", ").join(_span(first, last, reader) for first, last in shift.breaks)
    return Line(who, _span(shift.start, shift.end, reader), shift.queue, breaks)


def _span(first: int, last: int, reader: Reader) -> str:
    return gettext("%(from)s to %(to)s") % {"from": reader.clock(first % DAY), "to": reader.clock((last - 1) % DAY + 1)}


def name_of(roster: Roster) -> str:
    """What a roster is called."""
    return roster.name if roster.kind != Roster.Kind.SAMPLE else str(roster_words.KINDS[Roster.Kind.SAMPLE])


def _came(roster: Roster, reader: Reader) -> Came:
    return Came(
        pk=str(roster.pk),
        name=name_of(roster),
        kind=str(roster_words.KINDS[roster.kind]),
        by=str(roster.by) if roster.by else "",
        when=reader.instant(roster.at),
        shifts=reader.number(roster.counts.get("kept", 0)),
        is_undone=roster.undone_at is not None,
    )


@dataclass(frozen=True)
class Refused:
    """One refused row: its line, what stood there, why."""

    line: str
    value: str
    why: str


@dataclass(frozen=True)
class Report:
    """How a roster went: every row accounted for."""

    headline: str
    account: tuple[tuple[str, str], ...]
    adds_up: str
    refused: tuple[Refused, ...]
    more: str
    remarks: tuple[str, ...]


def report_of(roster: Roster, reader: Reader) -> Report:
    """The report, worded."""
    counts = roster.counts
    left = counts.get("refused", 0) - len(roster.refused)
    parts = {name: reader.number(counts.get(name, 0)) for name in roster_words.ACCOUNT}
    return Report(
        headline=roster_words.headline(roster, reader),
        account=tuple((str(words), parts[name]) for name, words in roster_words.ACCOUNT.items()),
        adds_up=gettext("%(read)s rows read = %(kept)s brought in + %(unchanged)s known already + %(refused)s refused") % parts,
        refused=tuple(
            Refused(reader.number(each["line"]), str(each["value"]), roster_words.refusal(each)) for each in roster.refused
        ),
        more=gettext("%(n)s more rows were refused.") % {"n": reader.number(left)} if left > 0 else "",
        remarks=tuple(roster_words.remark(each, reader) for each in roster.remarks),
    )
