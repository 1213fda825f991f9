"""What will come: a day by half-hour, or weeks by day, written for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from django.utils.translation import gettext

from floorwalker.web.accounts.models import Site
from floorwalker.web.events.queries import known_days
from floorwalker.web.planning import forecast_words
from floorwalker.web.planning.asking import Choice, address
from floorwalker.web.planning.models import Expected, Round, Snapshot
from floorwalker.web.planning.queries import came_on, current_round, expected_between, expected_of, snapshots_of, thought_of
from floorwalker.web.ui.charts import Day, Hand, Load, Picture, Score, Table, over_days, score
from floorwalker.web.ui.reader import Reader

WEEK, YEAR = 7, 364
SPANS = ("week", "year")
QUIET = 0.06


@dataclass(frozen=True)
class Asked:
    """What an address asks for: a queue (empty: all together), a day or one of `SPANS`, and a snapshot to lay beside it."""

    queue: str
    day: date
    span: str = ""
    then: int = 0

    def address(self, **other: str) -> str:
        """The address of the same question with other values."""
        values = {"queue": self.queue, "day": self.day.isoformat(), "span": self.span, "then": str(self.then or "")}
        return address(**{**values, **other})


@dataclass(frozen=True)
class ForecastPage:
    """Everything on the page. Without a picture `empty` says why and what follows."""

    sentence: str
    ledes: tuple[str, ...]
    spans: tuple[Choice, ...]
    picture: Picture | None
    drivers: tuple[str, ...]
    how_good: tuple[str, ...]
    thoughts: tuple[Choice, ...]
    then: str
    empty: tuple[str, str] | None
    under_way: str
    is_failed: bool


def forecast_page(site: Site, asked: Asked, now: datetime, days_only: bool, reader: Reader) -> ForecastPage:
    """What is kept about the question; nothing is worked out here."""
    round_ = current_round(site)
    blank = ForecastPage(
        sentence=gettext("What will come"),
        ledes=(),
        spans=_spans(asked, now.date(), reader),
        picture=None,
        drivers=(),
        how_good=tuple(forecast_words.how_good(round_.choices.get(asked.queue, ()), reader)) if round_ else (),
        thoughts=(),
        then="",
        empty=_empty(round_),
        under_way=forecast_words.progress(round_, reader),
        is_failed=bool(round_ and round_.failure),
    )
    if asked.span:
        return _over_days(blank, site, asked, now.date(), reader)
    return _one_day(blank, site, asked, now, days_only, reader)


def _empty(round_: Round | None) -> tuple[str, str]:
    if round_ is None or round_.ended_at is None:
        return gettext("Nothing is forecast yet."), gettext("We forecast by ourselves whenever contacts were brought in.")
    return gettext("Nothing is expected here."), gettext("The queue is closed then, or too little is known about it.")


def _spans(asked: Asked, today: date, reader: Reader) -> tuple[Choice, ...]:
    named = {today + timedelta(step): reader.day(today + timedelta(step), "dated") for step in range(WEEK)}
    named |= {today: gettext("Today"), today + timedelta(1): gettext("Tomorrow")}
    if not asked.span and asked.day not in named:
        named[asked.day] = reader.day(asked.day, "medium")
    days = [
        Choice(day.isoformat(), words, not asked.span and day == asked.day, address(queue=asked.queue, day=day.isoformat()))
        for day, words in named.items()
    ]
    spans = {"week": gettext("Next seven days"), "year": gettext("Next 52 weeks")}
    return (
        *days,
        *(Choice(name, words, asked.span == name, address(queue=asked.queue, span=name)) for name, words in spans.items()),
    )


def _one_day(blank: ForecastPage, site: Site, asked: Asked, now: datetime, days_only: bool, reader: Reader) -> ForecastPage:
    expected = expected_of(site, asked.queue, asked.day)
    snapshots = snapshots_of(site, asked.queue, asked.day)
    then = next((each for each in snapshots if each.pk == asked.then), None)
    thought = thought_of(then, asked.queue, asked.day) if then else None
    shown = expected or thought
    if shown is None:
        return replace(blank, thoughts=_thoughts(snapshots, asked, reader))
    is_today, came = asked.day == now.date(), sum(shown.came)
    ledes = [forecast_words.so_far(came, reader)] if came else []
    ledes += forecast_words.warnings(shown, current_round(site), now.date(), reader)
    if shown.curve and not days_only:
        ledes.insert(0, forecast_words.peak(*busiest_hour(shown), reader))
    past = came_on(site, asked.queue, asked.day) if asked.day < now.date() else None
    return replace(
        blank,
        sentence=forecast_words.how_much(shown, reader.day(asked.day, "full"), is_today, reader),
        ledes=tuple(ledes),
        picture=day_picture(shown, thought if expected else None, now if is_today else None, reader)
        if shown.curve and not days_only
        else None,
        drivers=(*_in_calendar(site, asked), *forecast_words.drivers(shown, reader)),
        thoughts=_thoughts(snapshots, asked, reader),
        then=forecast_words.then_and_now(thought, expected, reader.day(then.on, "full"), past, reader)
        if then and thought
        else "",
        empty=None,
    )


def _in_calendar(site: Site, asked: Asked) -> list[str]:
    """What is known to happen on the day, by name."""
    known = known_days(site, asked.day, asked.day)
    names = [name for name, queue in known.select("name", "queue").iter_rows() if asked.queue in ("", queue) or queue is None]
    return [gettext("In the calendar: %(names)s.") % {"names": gettext(", ").join(dict.fromkeys(names))}] if names else []


def busiest_hour(expected: Expected) -> tuple[int, int]:
    """From and to which minute most comes within an hour."""
    curve = expected.curve
    width = max(1, 60 // curve["length"])
    sums = np.convolve(curve["mean"], np.ones(width), mode="valid") if len(curve["mean"]) >= width else [0.0]
    start = curve["minutes"][int(np.argmax(sums))]
    return start, min(start + width * curve["length"], 24 * 60)


def open_part(curve: dict[str, list[float]]) -> slice:
    """From the first to the last interval with more than a trickle: nights are counted, not drawn."""
    high = np.asarray(curve.get("q90", curve["mean"]), float)
    busy = np.flatnonzero(high >= max(high.max() * QUIET, 1e-9))
    return slice(int(busy[0]), int(busy[-1]) + 1) if busy.size else slice(0, len(high))


def load_strip(expected: Expected, part: slice, reader: Reader) -> Load:
    """The expected contacts of a day as a strip."""
    curve, total = expected.curve, expected.total
    came = [*expected.came, *[None] * (len(curve["mean"]) - len(expected.came))]
    words = {"low": reader.number(total["q10"]), "high": reader.number(total["q90"])}
    inner = (curve["q25"][part], curve["q75"][part]) if "q25" in curve else None
    return Load(
        expected=curve["mean"][part],
        low=curve["q10"][part],
        high=curve["q90"][part],
        came=came[part],
        title=gettext("Contacts expected"),
        notes=(
            gettext("%(n)s in all") % {"n": reader.number(total["mean"])},
            gettext("%(low)s to %(high)s") % words,
        ),
        inner=inner,
    )


def day_picture(expected: Expected, then: Expected | None, now: datetime | None, reader: Reader) -> Picture:
    """A day's curve with its bands; what was thought before lies over it."""
    part = open_part(expected.curve)
    minutes, length = expected.curve["minutes"][part], expected.curve["length"]
    load = replace(load_strip(expected, part, reader), notes=tuple(_bands(expected, reader)))
    if then and then.curve:
        before = dict(zip(then.curve["minutes"], then.curve["mean"], strict=True))
        load = replace(
            load, earlier=[before.get(minute, 0.0) for minute in minutes], earlier_words=gettext("as it was thought then")
        )
    at = now.hour * 60 + now.minute if now else None
    finding = gettext("Contacts expected: %(n)s in all, %(low)s to %(high)s; the busiest hour is %(from)s to %(to)s.") % {
        "n": reader.number(expected.total["mean"]),
        "low": reader.number(expected.total["q10"]),
        "high": reader.number(expected.total["q90"]),
        "from": reader.clock(busiest_hour(expected)[0]),
        "to": reader.clock(busiest_hour(expected)[1]),
    }
    day = Score(minutes, length, load=load, now=at, peak=busiest_hour(expected))
    return score(Hand(reader), day, finding, _curve_table(expected, part, finding, reader))


def _bands(expected: Expected, reader: Reader) -> list[str]:
    """The day's total with its own two bands."""
    total = expected.total
    words = {name: reader.number(total[name]) for name in ("mean", "q10", "q25", "q75", "q90")}
    return [
        gettext("%(n)s in all") % {"n": words["mean"]},
        gettext("8 of 10 days: %(q10)s to %(q90)s") % words,
        gettext("5 of 10 days: %(q25)s to %(q75)s") % words,
    ]


def _curve_table(expected: Expected, part: slice, caption: str, reader: Reader) -> Table:
    curve = expected.curve
    head = (gettext("From"), gettext("Expected"), gettext("In 8 of 10 such days"), gettext("In 5 of 10 such days"))
    rows = []
    for place in range(len(curve["minutes"]))[part]:
        between = [
            gettext("%(low)s to %(high)s")
            % {"low": reader.number(curve[low][place]), "high": reader.number(curve[high][place])}
            if low in curve
            else "–"
            for low, high in (("q10", "q90"), ("q25", "q75"))
        ]
        rows.append((reader.clock(curve["minutes"][place]), reader.number(curve["mean"][place], 1), *between))
    return Table(caption, head, tuple(rows))


def _over_days(blank: ForecastPage, site: Site, asked: Asked, today: date, reader: Reader) -> ForecastPage:
    last = today + timedelta((WEEK if asked.span == "week" else YEAR) - 1)
    days = expected_between(site, asked.queue, today, last)
    if not days:
        return blank
    busiest = max(days, key=lambda each: each.total["mean"])
    whole = sum(each.total["mean"] for each in days)
    words = {
        "n": reader.number(whole),
        "until": reader.day(days[-1].day, "long"),
        "day": reader.day(busiest.day, "full"),
        "most": reader.number(busiest.total["mean"]),
    }
    sentence = gettext("About %(n)s contacts until %(until)s; the busiest day is %(day)s with %(most)s.") % words
    points = [
        Day(
            each.day,
            reader.day(each.day, "short"),
            round(each.total["mean"]),
            round(each.total["q10"]),
            round(each.total["q90"]),
            (round(each.total["q25"]), round(each.total["q75"])),
        )
        for each in days
    ]
    table = Table(
        sentence,
        (gettext("Day"), gettext("Expected"), gettext("In 8 of 10 such days"), gettext("In 5 of 10 such days")),
        tuple(_day_row(each, reader) for each in days),
    )
    time_words = gettext("time →") if not Hand(reader).time_mirrored else gettext("← time")
    bands = gettext("in 8 of 10 such days; darker, in 5 of 10")
    picture = over_days(Hand(reader), points, sentence, bands, time_words, table, on_a_phone=len(points))
    return replace(blank, sentence=sentence, picture=picture, empty=None)


def _day_row(each: Expected, reader: Reader) -> tuple[str, ...]:
    between = [
        gettext("%(low)s to %(high)s") % {"low": reader.number(each.total[low]), "high": reader.number(each.total[high])}
        for low, high in (("q10", "q90"), ("q25", "q75"))
    ]
    return reader.day(each.day, "full"), reader.number(each.total["mean"]), *between


def _thoughts(snapshots: Sequence[Snapshot], asked: Asked, reader: Reader) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            str(each.pk),
            each.note or reader.day(each.on, "full"),
            each.pk == asked.then,
            asked.address(then=str(each.pk)),
        )
        for each in snapshots
    )
