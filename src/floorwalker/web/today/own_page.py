"""An agent's own Today: whom they helped, their numbers against their own past, and who looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from django.utils.translation import gettext, ngettext

from floorwalker.core.measures import MEASURES, Question
from floorwalker.web.journal.models import Entry
from floorwalker.web.pulse import wording as pulse_wording
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.pulse.usual import Standing, standing, usual
from floorwalker.web.signatures.page import Drawn, drawn_traits
from floorwalker.web.today.panels import Head
from floorwalker.web.today.queries import looks_at
from floorwalker.web.today.wording import OWN_STANDINGS
from floorwalker.web.ui.charts import Hand, Picture, Table, Week, customers, sparkline
from floorwalker.web.ui.charts.dots import dot_size
from floorwalker.web.ui.reader import Reader
from floorwalker.web.ui.values import rounded

WEEKS = 4
BY_DAY, DAYS = ("aht", "acw_time", "hold_time"), 60
BY_WEEK, LONG_WEEKS = ("transfer_rate", "repeat_rate", "csat"), 26
YOUNG = {"day": 20, "week": 6}
LOOKS = 5


@dataclass(frozen=True)
class Trait:
    """One measure of a person over their own past."""

    name: str
    usual: str
    picture: Picture
    words: str


@dataclass(frozen=True)
class Look:
    """Somebody opened this person's numbers."""

    when: str
    who: str


@dataclass(frozen=True)
class OwnPage:
    """Everything on the page, written. `contribution` is None when no contact of the last weeks is known."""

    head: Head
    contribution: Picture | None
    dot_note: str
    legend: str
    traits: tuple[Trait | Drawn, ...]
    """As the person's signature has them; before the first round, the plain usual range of days and weeks."""
    looks: tuple[Look, ...]


def own_page(desk: Desk, today: date, reader: Reader) -> OwnPage:
    """The page of the desk's viewer, whose questions are all narrowed to their own contacts."""
    assert desk.days is not None  # noqa: S101 - the view asks only then
    last = min(desk.days[1], today)
    weeks = _weeks(desk, last, reader)
    daily = desk.ask(Question(BY_DAY, ("day",), last - timedelta(days=2 * DAYS), last)).frame
    weekly = desk.ask(Question(BY_WEEK, ("week",), last - timedelta(days=7 * LONG_WEEKS), last)).frame
    traits = [_trait(name, daily.tail(DAYS), "day", reader) for name in BY_DAY]
    traits += [_trait(name, weekly, "week", reader) for name in BY_WEEK]
    person = desk.viewer.person
    judged = drawn_traits(person, desk.viewer.on, reader) if person else ()
    looks = looks_at(person.pk, LOOKS) if person else []
    hand = Hand(reader)
    finding = _finding(weeks, reader)
    size = dot_size(weeks)
    return OwnPage(
        head=_head(desk, weeks, today, reader),
        contribution=customers(hand, weeks, finding, _table(weeks, reader)) if any(week.customers for week in weeks) else None,
        dot_note=ngettext("each dot is one customer", "each dot is %(n)s customers", size) % {"n": reader.number(size)},
        legend=_legend(weeks, desk.warehouse.settings.repeat_days, reader),
        traits=judged or tuple(trait for trait in traits if trait is not None),
        looks=tuple(_look(entry, reader) for entry in looks),
    )


def _weeks(desk: Desk, last: date, reader: Reader) -> list[Week]:
    first = reader.week_of(last) - timedelta(days=7 * (WEEKS - 1))
    frame = desk.ask(Question(("answered", "repeat_rate"), ("week",), first, last)).frame
    rows = {row[0]: row[1:] for row in frame.select("week", "answered", "repeat_rate", "repeat_rate.n").iter_rows()}
    starts = [first + timedelta(days=7 * step) for step in range(WEEKS)]
    return [_week(start, rows.get(start, (None, None, None)), reader) for start in starts]


def _week(start: date, row: tuple[float | None, ...], reader: Reader) -> Week:
    answered, share, known = row
    helped = round(answered or 0)
    followed = min(round(known or 0), helped)
    back = round((share or 0) * followed)
    label = gettext("week of %(day)s") % {"day": reader.day(start, "short")}
    total = ngettext("%(n)s customer", "%(n)s customers", helped) % {"n": reader.number(helped)}
    return Week(label, total, followed - back, back, helped - followed)


def _head(desk: Desk, weeks: Sequence[Week], today: date, reader: Reader) -> Head:
    helped, settled = sum(week.customers for week in weeks), sum(week.settled for week in weeks)
    where = (reader.day(today, "full"), desk.viewer.site.name)
    lede = gettext("Nobody is ranked here: you are only ever compared with your own past.")
    if not helped:
        return Head(where, gettext("None of your contacts of the last four weeks are known yet."), lede)
    values = {"n": reader.number(helped), "settled": reader.number(settled)}
    sentence = ngettext(
        "You helped %(n)s customer in four weeks. %(settled)s did not need to ask again.",
        "You helped %(n)s customers in four weeks. %(settled)s of them did not need to ask again.",
        helped,
    )
    return Head(where, sentence % values, lede)


def _counted(weeks: Sequence[Week], reader: Reader) -> dict[str, str]:
    return {
        "n": reader.number(sum(week.customers for week in weeks)),
        "settled": reader.number(sum(week.settled for week in weeks)),
        "back": reader.number(sum(week.back for week in weeks)),
        "unknown": reader.number(sum(week.unknown for week in weeks)),
    }


def _finding(weeks: Sequence[Week], reader: Reader) -> str:
    return gettext(
        "%(n)s customers helped in four weeks: %(settled)s settled at once, %(back)s came back, %(unknown)s not yet known"
    ) % _counted(weeks, reader)


def _legend(weeks: Sequence[Week], days: int, reader: Reader) -> str:
    return gettext(
        "Filled: did not come back (%(settled)s). Ring: came back within %(days)s days (%(back)s). "
        "Faint ring: not known yet, or the customer is not known (%(unknown)s)."
    ) % {**_counted(weeks, reader), "days": reader.number(days)}


def _table(weeks: Sequence[Week], reader: Reader) -> Table:
    head = (gettext("Week"), gettext("Did not come back"), gettext("Came back"), gettext("Not yet known"))
    rows = tuple(
        (week.label, reader.number(week.settled), reader.number(week.back), reader.number(week.unknown)) for week in weeks
    )
    return Table(gettext("Customers helped, week by week"), head, rows)


def _trait(name: str, frame: pl.DataFrame, step: str, reader: Reader) -> Trait | None:
    """None for a measure of which nothing at all is known."""
    hand = Hand(reader, MEASURES[name].unit)
    enough = pl.col(f"{name}.n") >= MEASURES[name].smallest_sample
    values = frame.select(pl.when(enough).then(pl.col(name)).alias("value"))["value"].to_list()
    known = [value for value in values if value is not None]
    if not known:
        return None
    whole = usual(known) if len(known) >= YOUNG[step] else None
    range_ = whole.rounded_as(hand.unit) if whole else None
    told = standing(rounded(hand.unit, known[-1]), range_)
    low, high = (range_.low, range_.high) if range_ else (None, None)
    span = gettext("usual %(low)s to %(high)s") % {"low": hand.write(low), "high": hand.write(high)} if range_ else ""
    words = gettext("Too young for a pattern.") if told is Standing.TOO_YOUNG else str(OWN_STANDINGS[told])
    label = pulse_wording.name(name)
    finding = gettext("%(measure)s: %(value)s. %(words)s") % {"measure": label, "value": hand.write(known[-1]), "words": words}
    return Trait(label, span, sparkline(hand, values, low, high, finding), words)


def _look(entry: Entry, reader: Reader) -> Look:
    return Look(reader.instant(entry.at), str(entry.actor) if entry.actor else "")
