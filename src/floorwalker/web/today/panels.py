"""The panels of Today, written for one reader. Each can be made without a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from floorwalker.core.measures import MEASURES, Settings
from floorwalker.web.pulse import wording as pulse_wording
from floorwalker.web.pulse.usual import Standing
from floorwalker.web.today import wording
from floorwalker.web.today.expected import ExpectedDay
from floorwalker.web.today.queries import Number
from floorwalker.web.ui.charts import Hand, Picture, Quarter, Table, Words, number_line, profile
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Head:
    """Where and when, the page's sentence, and what lies behind it."""

    where: tuple[str, ...]
    sentence: str
    lede: str


@dataclass(frozen=True)
class Figure:
    """One of the numbers: its name, value, picture against the usual range, and words."""

    name: str
    note: str
    url: str
    value: str
    line: Picture | None
    words: str
    is_out: bool


@dataclass(frozen=True)
class Figures:
    """A section of numbers."""

    title: str
    reading: str
    lines: tuple[Figure, ...]


def thresholds(settings: Settings, reader: Reader) -> dict[str, str]:
    """The site's thresholds, written."""
    return {
        "within": reader.number(settings.answer_within_s),
        "short": reader.number(settings.short_abandon_s),
        "days": reader.number(settings.repeat_days),
    }


def figures(
    numbers: Sequence[Number],
    title: str,
    settings: Settings,
    reader: Reader,
    target: float | None = None,
    words: Mapping[Standing, Promise] = wording.STANDINGS,
) -> Figures:
    """Numbers as lines, each against its usual range; `target` is that of the service level."""
    lines = tuple(_figure(number, settings, reader, target, words) for number in numbers)
    has_target = target is not None and any(number.measure == "service_level" and number.usual for number in numbers)
    reading = (
        gettext("shaded: where 9 in 10 fall; upright line: your target")
        if has_target
        else gettext("shaded: where 9 in 10 fall")
    )
    return Figures(title, reading if any(line.line for line in lines) else "", lines)


def _figure(
    number: Number, settings: Settings, reader: Reader, target: float | None, words: Mapping[Standing, Promise]
) -> Figure:
    hand = Hand(reader, MEASURES[number.measure].unit)
    told = wording.standing_words(number, words, reader)
    value = gettext("too few") if number.is_too_few else hand.write(number.value)
    return Figure(
        name=pulse_wording.name(number.measure),
        note=wording.note(number, thresholds(settings, reader), reader),
        url=f"{reverse('pulse')}?{urlencode({'measure': number.measure})}",
        value=value,
        line=_line(number, hand, value, target if number.measure == "service_level" else None),
        words=told,
        is_out=number.standing.is_out,
    )


def _line(number: Number, hand: Hand, value: str, target: float | None) -> Picture | None:
    if number.usual is None or number.value is None or number.is_too_few:
        return None
    low, high = number.usual.low, number.usual.high
    finding = gettext("usual range %(low)s to %(high)s, this day %(value)s") % {
        "low": hand.write(low),
        "high": hand.write(high),
        "value": value,
    }
    return number_line(hand, number.value, low, high, finding, target)


def course(expected: ExpectedDay, now: int | None, reader: Reader) -> Picture:
    """Today by quarter of an hour: expected, with doubt, what came so far, and the busiest hour."""
    hand = Hand(reader)
    quarters = [Quarter(step.minute, step.mean, step.low, step.high, step.came, expected.length) for step in expected.steps]
    busiest = {"from": reader.clock(expected.busiest[0]), "to": reader.clock(expected.busiest[1])}
    doubt = {"low": reader.number(expected.low), "high": reader.number(expected.high)}
    words = Words(
        expected=gettext("Contacts expected"),
        total=gettext("%(n)s today") % {"n": reader.number(expected.total)},
        doubt=gettext("%(low)s to %(high)s") % doubt,
        came=gettext("so far"),
        peak=gettext("busiest, %(from)s to %(to)s") % busiest,
        peak_hours=gettext("%(from)s to %(to)s") % busiest,
    )
    finding = gettext("Contacts expected today: %(n)s in all, %(low)s to %(high)s; the busiest hour is %(from)s to %(to)s.") % {
        "n": reader.number(expected.total),
        **doubt,
        **busiest,
    }
    return profile(hand, quarters, expected.busiest, now, finding, words, _course_table(expected, finding, reader))


def _course_table(expected: ExpectedDay, caption: str, reader: Reader) -> Table:
    rows = tuple(
        (
            reader.clock(step.minute),
            reader.number(step.mean, 1),
            gettext("%(low)s to %(high)s") % {"low": reader.number(step.low), "high": reader.number(step.high)},
            reader.number(step.came),
        )
        for step in expected.steps
    )
    return Table(caption, (gettext("From"), gettext("Expected"), gettext("In 8 of 10 such days"), gettext("Came")), rows)
