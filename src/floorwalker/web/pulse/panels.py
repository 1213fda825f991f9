"""The panels of the Pulse page: answers in, written words and pictures out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from floorwalker.core.measures import MEASURES, Quantile, Settings, Unit
from floorwalker.web.pulse import wording
from floorwalker.web.pulse.asked import Asked
from floorwalker.web.pulse.record_words import CUTS, DIMENSIONS, STEPS
from floorwalker.web.pulse.usual import NOTHING_TOLD, Told, Usual, usual
from floorwalker.web.pulse.words import called
from floorwalker.web.ui.charts import Day, Hand, HeatMap, Marks, Picture, Table, bar, heat_map, over_days

MOST_ROWS = 60


@dataclass(frozen=True)
class Head:
    """The sentence of the page, and what stands behind it."""

    sentence: str
    lede: str


@dataclass(frozen=True)
class Row:
    """One line of a cut: its name and where it leads, its value, what it rests on and the contacts behind it."""

    name: str
    url: str
    value: str
    sample: str
    contacts_url: str
    bar: SafeString


@dataclass(frozen=True)
class Cut:
    """The measure cut by one dimension."""

    title: str
    note: str
    head: tuple[str, str, str]
    rows: tuple[Row, ...]
    left_out: str


@dataclass(frozen=True)
class Fact:
    """One line of the passport; `url` leads to the same page under that definition."""

    term: str
    words: str
    url: str = ""
    link: str = ""
    is_formula: bool = False


def hand_for(measure: str, reader_hand: Hand) -> Hand:
    """The hand that writes values of this measure."""
    return Hand(reader_hand.reader, MEASURES[measure].unit)


def head(ask: Asked, total: pl.DataFrame, days: Sequence[Day], ranges: Sequence[Usual | None], hand: Hand) -> Head:
    """The period's value as a sentence; then its latest day against what is usual."""
    value, sample = total[ask.measure][0], total[f"{ask.measure}.n"][0]
    values = {
        "measure": wording.name(ask.measure),
        "value": hand.write(value),
        "since": hand.reader.day(ask.since, "medium" if ask.since.year == ask.until.year else "long"),
        "until": hand.reader.day(ask.until, "long"),
    }
    if value is None:
        return Head(
            gettext("%(measure)s is not known for these days.") % values,
            gettext("Nothing that was brought in for this period and these cuts says it. The passport names what it needs."),
        )
    if is_too_few(ask.measure, sample):
        fewest = {"n": sample_words(ask.measure, sample, hand), "smallest": smallest_words(ask.measure, hand)}
        return Head(
            gettext("Too few to tell: %(n)s, and a number needs %(smallest)s.") % fewest,
            gettext("Choose a longer period or take a filter away."),
        )
    if MEASURES[ask.measure].unit is Unit.COUNT or isinstance(MEASURES[ask.measure].how, Quantile):
        sentence = gettext("%(measure)s: %(value)s from %(since)s to %(until)s.")
    else:
        sentence = gettext("%(measure)s was %(value)s from %(since)s to %(until)s.")
    return Head(sentence % values, _latest(ask, days, ranges, hand))


def _latest(ask: Asked, days: Sequence[Day], ranges: Sequence[Usual | None], hand: Hand) -> str:
    known = [(day, range_) for day, range_ in zip(days, ranges, strict=True) if day.value is not None]
    if not known or ask.step != "day":
        return ""
    day, range_ = known[-1]
    values = {"day": hand.reader.day(day.at, "full"), "value": hand.write(day.value)}
    if range_ is None:
        return gettext("On %(day)s it was %(value)s. Six such weekdays are needed until we know the usual.") % values
    values |= {"low": hand.write(range_.low), "high": hand.write(range_.high)}
    if day.is_out:
        return gettext("On %(day)s it was %(value)s; usual for this weekday is %(low)s to %(high)s.") % values
    return gettext("On %(day)s it was %(value)s, in the usual range of this weekday, %(low)s to %(high)s.") % values


def is_too_few(measure: str, sample: float | None) -> bool:
    """Whether a value rests on less than the measure's smallest sample."""
    return sample is not None and sample < MEASURES[measure].smallest_sample


def sample_words(measure: str, sample: float | None, hand: Hand) -> str:
    """What a value rests on: contacts, answers, or hours where time is counted."""
    if _counts_seconds(measure):
        return Hand(hand.reader, Unit.SECONDS).write(sample)
    return hand.reader.number(sample)


def smallest_words(measure: str, hand: Hand) -> str:
    """The smallest sample of a measure."""
    return sample_words(measure, MEASURES[measure].smallest_sample, hand)


def _counts_seconds(measure: str) -> bool:
    return all(name.endswith("_s") for name in MEASURES[measure].sample)


def series(ask: Asked, frame: pl.DataFrame, hand: Hand, told: Told = NOTHING_TOLD) -> tuple[list[Day], list[Usual | None]]:
    """Each day (week, month) of the period with its value and the usual range of its weekday.

    Days of a blip are no example of what is usual, and a lasting shift moves it. A weekday without any contacts in the whole
    period is closed and left out; any other day without enough of them is a gap.
    """
    found = {row[0]: (row[1], row[2]) for row in frame.select(ask.step, ask.measure, f"{ask.measure}.n").iter_rows()}
    found.pop(None, None)
    times = _every_day(sorted(found)) if ask.step == "day" else sorted(found)
    values = {at: None if at not in found or is_too_few(ask.measure, found[at][1]) else found[at][0] for at in times}
    groups = {at: at.weekday() if ask.step == "day" else 0 for at in times}
    ranges: dict[tuple[int, int], Usual | None] = {}
    days, usuals = [], []
    for at in times:
        place = (groups[at], sum(level.since <= at for level in told.levels) if ask.step == "day" else 0)
        if place not in ranges:
            same = {day: value for day in times if groups[day] == place[0] and (value := values[day]) is not None}
            ranges[place] = usual(told.like(at, same) if ask.step == "day" else list(same.values()))
        range_ = ranges[place]
        label = hand.reader.month(at) if ask.step == "month" else hand.reader.day(at, "short")
        days.append(Day(at, label, values[at], range_.low if range_ else None, range_.high if range_ else None))
        usuals.append(range_)
    return days, usuals


def _every_day(known: Sequence[date]) -> list[date]:
    if not known:
        return []
    open_weekdays = {day.weekday() for day in known}
    span = (known[-1] - known[0]).days + 1
    return [day for day in (known[0] + timedelta(days=step) for step in range(span)) if day.weekday() in open_weekdays]


def over_time(ask: Asked, days: Sequence[Day], sentence: str, hand: Hand, marks: Marks) -> Picture:
    """The measure over the period, with its table."""
    name = wording.name(ask.measure)
    caption = gettext("%(measure)s, %(step)s") % {"measure": name, "step": STEPS[ask.step]}
    rows = tuple(
        (
            hand.reader.day(day.at, "long") if ask.step != "month" else day.label,
            hand.write(day.value) if day.value is not None else gettext("too few"),
            "–"
            if day.low is None
            else gettext("%(low)s to %(high)s") % {"low": hand.write(day.low), "high": hand.write(day.high)},
        )
        for day in days
    )
    table = Table(caption, (str(DIMENSIONS[ask.step]), name, gettext("Usual")), rows)
    told = (
        gettext("shaded: where 9 days in 10 fell, by weekday") if ask.step == "day" else gettext("shaded: where 9 in 10 fell")
    )
    time_words = gettext("time ←") if hand.time_mirrored else ""
    return over_days(hand, days, f"{caption}. {sentence}", told, time_words, table, marks)


def cut(ask: Asked, frame: pl.DataFrame, hand: Hand) -> Cut:
    """The measure cut by one dimension: times in their order, people by name, all else by how much there is."""
    name, sample = ask.measure, f"{ask.measure}.n"
    known = frame.filter(pl.col(sample) > 0)
    known = known.with_columns(shown=pl.when(pl.col(sample) >= MEASURES[name].smallest_sample).then(pl.col(name)))
    if ask.cut in ("hour", "agent", "team"):
        ordered = known.sort(ask.cut, nulls_last=True)
    elif ask.cut == "weekday":
        ordered = known.sort((pl.col("weekday") - 1 - hand.reader.week_start) % 7, nulls_last=True)
    else:
        ordered = known.sort(sample, descending=True, nulls_last=True)
    largest = ordered["shown"].max() or 0
    rows = tuple(
        _row(ask, value, shown, rests_on, float(str(largest)), hand)
        for value, shown, rests_on in ordered.head(MOST_ROWS).select(ask.cut, "shown", sample).iter_rows()
    )
    left = ordered.height - len(rows)
    more = gettext("%(n)s more lines are in the download.") % {"n": hand.reader.number(left)} if left > 0 else ""
    note = gettext("by name, without rank") if ask.cut == "agent" else gettext("open a line to look closer")
    heads = (str(DIMENSIONS[ask.cut]), wording.name(name), gettext("Rests on"))
    return Cut(str(CUTS[ask.cut]), note, heads, rows, more)


def _row(ask: Asked, value: str | int | None, shown: float | None, sample: float | None, largest: float, hand: Hand) -> Row:
    written = "" if value is None else str(value)
    closer = ask.narrowed(**{ask.cut: written}).query()
    return Row(
        name=called(ask.cut, value, hand.reader),
        url=f"{reverse('pulse')}?{closer}",
        value=hand.write(shown) if shown is not None else gettext("too few"),
        sample=sample_words(ask.measure, sample, hand),
        contacts_url=f"{reverse('pulse-contacts')}?{closer}",
        bar=SafeString() if ask.cut == "agent" else bar(hand, shown, largest),  # people are not set side by side
    )


def week_by_hour(ask: Asked, frame: pl.DataFrame, hand: Hand) -> HeatMap:
    """The measure by weekday and hour; of volumes the mean of one such hour."""
    name, sample = ask.measure, f"{ask.measure}.n"
    known = frame.filter(pl.col("hour").is_not_null() & pl.col("weekday").is_not_null() & (pl.col(sample) > 0))
    values: dict[tuple[int, int], float] = {}
    too_few, urls = [], {}
    is_count = MEASURES[name].unit is Unit.COUNT
    behind = f"{reverse('pulse-contacts')}?{ask.widened('weekday').widened('hour').query()}"
    for weekday, hour, value, rests_on in known.select("weekday", "hour", name, sample).iter_rows():
        place = (weekday - 1, hour)
        urls[place] = f"{behind}&weekday={weekday}&hour={hour}"
        if value is None or is_too_few(name, rests_on):
            too_few.append(place)
        else:
            values[place] = value / _weekdays(ask, weekday - 1) if is_count else value
    title = gettext("%(measure)s by weekday and hour") % {"measure": wording.name(name)}
    return heat_map(hand, values, urls, title, too_few)


def _weekdays(ask: Asked, weekday: int) -> int:
    """How often this weekday (0 Monday) comes in the period."""
    return max(
        1, sum((ask.since + timedelta(days=step)).weekday() == weekday for step in range((ask.until - ask.since).days + 1))
    )


def passport(ask: Asked, total: pl.DataFrame, settings: Settings, hand: Hand) -> tuple[Fact, ...]:
    """Question, formula, unit, what counts, rows used, smallest sample, other definitions, and which way is good."""
    measure, reader = MEASURES[ask.measure], hand.reader
    facts = [
        Fact(gettext("The question"), str(wording.MEASURE_WORDS[ask.measure].question)),
        Fact(gettext("Formula"), wording.formula(measure, ask.definition, reader), is_formula=True),
        Fact(gettext("Unit"), str(wording.UNITS[measure.unit])),
        Fact(gettext("Counts"), wording.counts(ask.measure, settings, reader)),
        Fact(gettext("Rests on"), _rests_on(ask, total, hand)),
        Fact(gettext("Smallest sample"), smallest_words(ask.measure, hand)),
    ]
    if ask.definition:
        own = Asked(ask.measure, ask.cut, ask.since, ask.until, ask.where)
        words = gettext("Read under another definition now: %(words)s.") % {
            "words": wording.DEFINITIONS[ask.measure, ask.definition]
        }
        facts.append(Fact(gettext("Definition"), words, f"{reverse('pulse')}?{own.query()}", gettext("Read it as usual")))
    facts += [
        Fact(
            str(wording.DEFINITIONS[ask.measure, other]),
            gettext("It would be %(value)s.") % {"value": hand.write(_shown(ask.measure, total, other))},
            f"{reverse('pulse')}?{Asked(ask.measure, ask.cut, ask.since, ask.until, ask.where, other).query()}",
            gettext("Read the page this way"),
        )
        for other in measure.others
        if other != ask.definition
    ]
    return (*facts, Fact(gettext("Good direction"), str(wording.DIRECTIONS[measure.direction])))


def _shown(measure: str, total: pl.DataFrame, other: str) -> float | None:
    too_few = is_too_few(measure, total[f"{measure}.n"][0])
    value: float | None = None if too_few else total[f"{measure}.{other}"][0]
    return value


def _rests_on(ask: Asked, total: pl.DataFrame, hand: Hand) -> str:
    used = total[f"{ask.measure}.n"][0]
    column = f"{ask.measure}.of"
    could = total[column][0] if column in total.columns else None
    if used is None:
        return gettext("Nothing: no such rows are known.")
    words = {"n": sample_words(ask.measure, used, hand)}
    if could is None or could <= used:
        return gettext("%(n)s, none left out.") % words
    left = {"of": hand.reader.number(could), "left": hand.reader.number(could - used)}
    return gettext("%(n)s of %(of)s; %(left)s left out.") % (words | left)
