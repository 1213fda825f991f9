"""The page of interruptions, written for its reader."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.routines import wording
from floorwalker.web.routines.counting import Counted, OfCause, recent
from floorwalker.web.routines.models import Cause, Interruption
from floorwalker.web.ui.charts import Hand, Picture, bar, sparkline
from floorwalker.web.ui.reader import Reader

LISTED = 10
TREND_WIDTH = 220


@dataclass(frozen=True)
class Row:
    """One cause: how often, how long, and how long week by week."""

    cause: str
    times: str
    minutes: str
    before: str
    bar: SafeString
    weeks: Picture


@dataclass(frozen=True)
class Kept:
    """One interruption, which may be taken back."""

    pk: str
    words: str
    by: str


@dataclass(frozen=True)
class Page:
    """Everything on the page but the form; `told` is the one kept last."""

    sentence: str
    lede: str
    rows: tuple[Row, ...]
    kept: tuple[Kept, ...]
    told: Kept | None


def interruption_page(viewer: Viewer, reader: Reader, told: str) -> Page:
    """One's own interruptions of eight weeks."""
    counted = recent(viewer.user, viewer.on)
    found = [_kept(each, reader) for each in Interruption.objects.filter(by=viewer.user, undone_at=None)[:LISTED]]
    longest = max((each.minutes for each in counted.by_cause), default=0)
    return Page(
        sentence=_sentence(counted, reader),
        lede=_lede(counted, reader),
        rows=tuple(_row(each, longest, reader) for each in counted.by_cause),
        kept=tuple(found),
        told=next((each for each in found if each.pk == told), None),
    )


def _sentence(counted: Counted, reader: Reader) -> str:
    if not counted.times:
        return gettext("Nothing tore up your day in the last four weeks.")
    words = {"n": reader.number(counted.times), "time": _time(counted.minutes, reader)}
    return (
        ngettext(
            "One interruption in four weeks took %(time)s.", "%(n)s interruptions in four weeks took %(time)s.", counted.times
        )
        % words
    )


def _lede(counted: Counted, reader: Reader) -> str:
    if not counted.may_compare:
        return gettext("Too early to say whether they shrink. Count each one: the cause that comes back is the one to remove.")
    words = {"before": _time(counted.minutes_before, reader)}
    if counted.minutes < counted.minutes_before:
        return gettext("In the four weeks before it was %(before)s: they shrink.") % words
    if counted.minutes > counted.minutes_before:
        return gettext("In the four weeks before it was %(before)s: they grow.") % words
    return gettext("In the four weeks before it was just as much.")


def _time(minutes: int, reader: Reader) -> str:
    if minutes < 120:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": reader.number(minutes)}
    return wording.hours(minutes, reader)


def _row(each: OfCause, longest: int, reader: Reader) -> Row:
    cause, hand = str(Cause(each.cause).label), Hand(reader)
    finding = gettext("%(cause)s: minutes in each of the last eight weeks") % {"cause": cause}
    return Row(
        cause=cause,
        times=ngettext("%(n)s time", "%(n)s times", each.times) % {"n": reader.number(each.times)},
        minutes=_time(each.minutes, reader),
        before=gettext("%(time)s in the four weeks before") % {"time": _time(each.minutes_before, reader)},
        bar=bar(hand, each.minutes, longest),
        weeks=sparkline(hand, each.weeks, None, None, finding, TREND_WIDTH),
    )


def _kept(each: Interruption, reader: Reader) -> Kept:
    words = {"day": reader.day(each.day, "medium"), "time": _time(each.minutes, reader)}
    by = gettext("%(day)s, %(time)s") % words
    return Kept(str(each.pk), str(Cause(each.cause).label), f"{by} · {each.words}" if each.words else by)
