"""How fresh the data are: the latest contact, who brought it in and when, and how the last imports went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from floorwalker.web.intake.models import Import
from floorwalker.web.intake.report import headline_of, name_of
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.today.queries import last_imports, local
from floorwalker.web.ui.reader import Reader

SHOWN = 3


@dataclass(frozen=True)
class Arrival:
    """One import in a line: what it was called, how it went, when and by whom, and the way to its refused rows."""

    name: str
    words: str
    when: str
    refused: str
    url: str
    went_wrong: bool


@dataclass(frozen=True)
class Freshness:
    """The panel; `latest` is the latest contact, written."""

    latest: str
    span: str
    arrivals: tuple[Arrival, ...]


def freshness(desk: Desk, reader: Reader, may_see_imports: bool) -> Freshness:
    """What is known until when, and the last imports for those who may see them."""
    latest = desk.known_until
    span = ""
    if desk.days:
        days = {"since": reader.day(desk.days[0], "long"), "until": reader.day(desk.days[1], "long")}
        span = gettext("%(since)s to %(until)s") % days
    arrivals = _arrivals(last_imports(SHOWN), reader) if may_see_imports else ()
    return Freshness(_instant(local(latest, reader.tz), reader), span, arrivals)


def _instant(at: datetime | None, reader: Reader) -> str:
    return gettext("not known") if at is None else f"{reader.day(at.date(), 'long')} {reader.time(at)}"


def _arrivals(imports: Sequence[Import], reader: Reader) -> tuple[Arrival, ...]:
    return tuple(_arrival(each, reader) for each in imports)


def _arrival(each: Import, reader: Reader) -> Arrival:
    refused = each.count("refused")
    when = _instant(local(each.ended_at or each.made_at, reader.tz), reader)
    by = gettext("%(when)s, by %(name)s") % {"when": when, "name": f"\u2068{each.by}\u2069"} if each.by else when
    rows = ngettext("%(n)s row was refused", "%(n)s rows were refused", refused) % {"n": reader.number(refused)}
    return Arrival(
        name=name_of(each),
        words=headline_of(each, reader),
        when=by,
        refused=rows if refused else "",
        url=reverse("bring-in-import", args=(each.pk,)),
        went_wrong=each.state != Import.State.WHOLE,
    )
