"""Planning an open door: the quiet days that are proposed, and what a chosen one brings into the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor.actions import open_door
from floorwalker.web.opendoor.forms import DoorForm
from floorwalker.web.opendoor.models import Opening
from floorwalker.web.opendoor.quiet_days import QuietDay, quiet_days
from floorwalker.web.planning.queries import courses_expected
from floorwalker.web.ui.reader import Reader

AHEAD = timedelta(days=21)


@dataclass(frozen=True)
class Proposal:
    """A quiet day to choose; `url` brings it into the form."""

    url: str
    when: str
    words: str


def proposed(site: Site, reader: Reader, today: date) -> Sequence[Proposal]:
    """The quiet days of the coming three weeks, quietest first."""
    return [_proposal(each, reader) for each in _quiet(site, today)]


def _quiet(site: Site, today: date) -> list[QuietDay]:
    return quiet_days(courses_expected(site, today + timedelta(days=1), today + AHEAD), site.weekend)


def _proposal(quiet: QuietDay, reader: Reader) -> Proposal:
    chosen = {"day": quiet.day.isoformat(), "start": f"{quiet.start:%H:%M}", "end": f"{quiet.end:%H:%M}"}
    when = {
        "day": reader.day(quiet.day, "full"),
        "start": reader.clock(quiet.start.hour * 60 + quiet.start.minute),
        "end": reader.clock(quiet.end.hour * 60 + quiet.end.minute),
    }
    facts = {"expected": reader.number(quiet.expected), "average": reader.number(quiet.average)}
    return Proposal(
        url=f"{reverse('open-door-new')}?{urlencode(chosen)}",
        when=gettext("%(day)s, %(start)s to %(end)s") % when,
        words=gettext("About %(expected)s contacts; an average day of these weeks brings %(average)s.") % facts,
    )


def chosen(given: Mapping[str, str]) -> dict[str, object]:
    """What the address says of a chosen day, for the form; what cannot be read is left out."""
    initial: dict[str, object] = {"slot_minutes": 20}
    try:
        initial["day"] = date.fromisoformat(given.get("day", ""))
    except ValueError:
        return initial
    for name in ("start", "end"):
        try:
            initial[name] = datetime.strptime(given.get(name, ""), "%H:%M").time()  # noqa: DTZ007 - a time of day
        except ValueError:
            continue
    return initial


def planned(form: DoorForm, viewer: Viewer, now: datetime) -> Opening:
    """Plans the door that a valid form asks for, with the forecast that speaks for its day."""
    given, hours = form.cleaned_data, form.hours()
    why = next((each for each in _quiet(viewer.site, viewer.on) if each.day == hours.day), None)
    expected, average = (why.expected, why.average) if why else (None, None)
    return open_door(given["host"], hours, given["place"], viewer, now, expected, average)
