"""Today for an executive: the last whole week against usual weeks, half a year week by week, and the months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from django.utils.translation import gettext, ngettext

from floorwalker.core.measures import MEASURES, Question
from floorwalker.web.pulse import wording as pulse_wording
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.today.own_page import Trait
from floorwalker.web.today.panels import Figures, Head, figures
from floorwalker.web.today.queries import LATE, Number, numbers_of_week
from floorwalker.web.today.wording import WEEK_STANDINGS
from floorwalker.web.ui.charts import Hand, Table, sparkline
from floorwalker.web.ui.reader import Reader

SHOWN = ("offered", "service_level", "fcr", "csat", "aht")
WEEKS, MONTHS = 26, 6


@dataclass(frozen=True)
class WeeksPage:
    """Everything on the page, written."""

    head: Head
    week: Figures
    traits: tuple[Trait, ...]
    months: Table


def weeks_page(desk: Desk, today: date, reader: Reader) -> WeeksPage:
    """The weeks up to the last whole one before `today` that is known."""
    assert desk.days is not None  # noqa: S101 - the view asks only then
    last = min(desk.days[1], today - timedelta(days=1))
    first = _last_whole_week(last, reader)
    numbers = numbers_of_week(desk, first, SHOWN)
    runs = desk.ask(Question(SHOWN, ("week",), first - timedelta(days=7 * (WEEKS - 1)), first + timedelta(days=6))).frame
    months = desk.ask(Question(SHOWN, ("month",), _months_ago(desk, last), last)).frame
    title = gettext("Week of %(day)s, against the usual week") % {"day": reader.day(first, "long")}
    target = desk.viewer.site.service_level_target
    return WeeksPage(
        head=_head(desk, numbers, first, today, reader),
        week=figures(numbers, title, desk.warehouse.settings, reader, target, WEEK_STANDINGS),
        traits=tuple(_trait(number, runs, reader) for number in numbers if number.value is not None),
        months=_months(months, reader),
    )


def _last_whole_week(last: date, reader: Reader) -> date:
    """The first day of the last week that had ended by `last`."""
    start = reader.week_of(last)
    return start if last == start + timedelta(days=6) else start - timedelta(days=7)


def _months_ago(desk: Desk, last: date) -> date:
    first = desk.calendar.month(last)
    for _ in range(MONTHS - 1):
        first = desk.calendar.month(first - timedelta(days=1))
    return first


def _head(desk: Desk, numbers: Sequence[Number], first: date, today: date, reader: Reader) -> Head:
    where = (reader.day(today, "full"), desk.viewer.site.name)
    out = sum(number.standing.is_out for number in numbers)
    offered = round(numbers[0].value or 0)
    until = first + timedelta(days=6)
    words = {"n": reader.number(offered), "since": reader.day(first, "medium"), "until": reader.day(until, "medium")}
    lede = ngettext(
        "%(n)s contact came in from %(since)s to %(until)s.", "%(n)s contacts came in from %(since)s to %(until)s.", offered
    )
    return Head(where, _sentence(out, numbers, reader), lede % words)


def _sentence(out: int, numbers: Sequence[Number], reader: Reader) -> str:
    if not any(number.standing in WEEK_STANDINGS for number in numbers):
        return gettext("The last week is counted; what is usual needs six of them.")
    if not out:
        return gettext("Last week was a usual week.")
    return ngettext("Last week one number left its usual range.", "Last week %(n)s numbers left their usual range.", out) % {
        "n": reader.number(out)
    }


def _trait(number: Number, runs: pl.DataFrame, reader: Reader) -> Trait:
    hand = Hand(reader, MEASURES[number.measure].unit)
    enough = pl.col(f"{number.measure}.n") >= MEASURES[number.measure].smallest_sample
    late = pl.col("week") > number.day
    shown = runs.filter(~late) if number.measure in LATE else runs
    values = shown.select(pl.when(enough).then(pl.col(number.measure)).alias("value"))["value"].to_list()
    low, high = (number.usual.low, number.usual.high) if number.usual else (None, None)
    span = gettext("usual %(low)s to %(high)s") % {"low": hand.write(low), "high": hand.write(high)} if number.usual else ""
    words = str(WEEK_STANDINGS[number.standing]) if number.standing in WEEK_STANDINGS else ""
    name = pulse_wording.name(number.measure)
    finding = gettext("%(measure)s: %(value)s. %(words)s") % {
        "measure": name,
        "value": hand.write(number.value),
        "words": words,
    }
    return Trait(name, span, sparkline(hand, values, low, high, finding), words)


def _months(frame: pl.DataFrame, reader: Reader) -> Table:
    head = (gettext("Month"), *(pulse_wording.name(name) for name in SHOWN))
    rows = []
    for row in frame.sort("month", descending=True).iter_rows(named=True):
        cells = [
            Hand(reader, MEASURES[name].unit).write(row[name])
            if (row[f"{name}.n"] or 0) >= MEASURES[name].smallest_sample
            else gettext("too few")
            for name in SHOWN
        ]
        rows.append((reader.month(row["month"]), *cells))
    return Table(gettext("Month by month"), head, tuple(rows))
