"""Planning an open door: the days and hours that are proposed and why, and what a chosen one brings into the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor.actions import open_door
from floorwalker.web.opendoor.certified import rooms_ahead
from floorwalker.web.opendoor.forms import DoorForm
from floorwalker.web.opendoor.models import Opening
from floorwalker.web.opendoor.quiet_days import QuietDay, quiet_days, spare_in
from floorwalker.web.opendoor.reasons import why_proposed
from floorwalker.web.planning.queries import courses_expected
from floorwalker.web.ui.reader import Reader

AHEAD = timedelta(days=21)


@dataclass(frozen=True)
class Proposal:
    """A day to choose, and why it suits; `url` brings it into the form."""

    url: str
    when: str
    words: str


def proposed(site: Site, reader: Reader, today: date) -> Sequence[Proposal]:
    """What suits best in the coming three weeks, the best first."""
    return [_proposal(each, reader) for each in _quiet(site, today)]


def _quiet(site: Site, today: date) -> list[QuietDay]:
    first, last = today + timedelta(days=1), today + AHEAD
    return quiet_days(courses_expected(site, first, last), site.weekend, rooms_ahead(site, first, last))


def _proposal(quiet: QuietDay, reader: Reader) -> Proposal:
    chosen = {"day": quiet.day.isoformat(), "start": f"{quiet.start:%H:%M}", "end": f"{quiet.end:%H:%M}"}
    when = {
        "day": reader.day(quiet.day, "full"),
        "start": reader.clock(quiet.start.hour * 60 + quiet.start.minute),
        "end": reader.clock(quiet.end.hour * 60 + quiet.end.minute),
    }
    return Proposal(
        url=f"{reverse('open-door-new')}?{urlencode(chosen)}",
        when=gettext("%(day)s, %(start)s to %(end)s") % when,
        words=why_proposed(quiet, reader),
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
    tomorrow, last = viewer.on + timedelta(days=1), viewer.on + AHEAD
    why = next((each for each in _quiet(viewer.site, viewer.on) if each.day == hours.day and each.is_quiet), None)
    expected, average = (why.expected, why.average) if why else (None, None)
    room = rooms_ahead(viewer.site, tomorrow, last).get(hours.day)
    spare = None if room is None else spare_in(room, _minute(hours.start), _minute(hours.end))
    return open_door(given["host"], hours, given["place"], viewer, now, expected, average, spare)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
