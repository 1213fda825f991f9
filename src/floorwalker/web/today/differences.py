"""In which queues a day differed from usual: the farthest three numbers, or that none did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from floorwalker.core.measures import MEASURES
from floorwalker.web.pulse import wording as pulse_wording
from floorwalker.web.pulse.usual import Standing
from floorwalker.web.today.queries import Number
from floorwalker.web.ui.charts import Hand, Picture, number_line
from floorwalker.web.ui.reader import Reader

IN_QUEUES = ("offered", "service_level", "aht", "abandonment_rate")
MOST = 3
BELOW = (Standing.BELOW, Standing.JUST_BELOW)


@dataclass(frozen=True)
class Difference:
    """One number of one queue outside of its usual range."""

    sentence: str
    words: str
    url: str
    line: Picture


@dataclass(frozen=True)
class Differences:
    """The panel; without `items`, `calm` says that all is usual."""

    title: str
    items: tuple[Difference, ...]
    calm: str


def differences(queues: Mapping[str, Sequence[Number]], is_yesterday: bool, reader: Reader) -> Differences:
    """The numbers that lie farthest out, measured by the width of their usual range."""
    title = gettext("Where yesterday differed") if is_yesterday else gettext("Where that day differed")
    judged = [(queue, number) for queue, numbers in queues.items() for number in numbers if number.usual and number.value]
    out = [(queue, number) for queue, number in judged if number.standing.is_out]
    out.sort(key=lambda each: (-_distance(each[1]), each[0]))
    items = tuple(_difference(queue, number, reader) for queue, number in out[:MOST])
    if not judged:
        calm = gettext("Nothing can be compared yet: six days like that one are needed.")
    else:
        calm = ngettext(
            "The only number of all queues stayed in its usual range. There is nothing to do here.",
            "All %(n)s numbers of all queues stayed in their usual range. There is nothing to do here.",
            len(judged),
        ) % {"n": reader.number(len(judged))}
    return Differences(title, items, calm)


def _distance(number: Number) -> float:
    if number.usual is None or number.value is None:
        return 0.0
    width = (number.usual.high - number.usual.low) or abs(number.usual.middle) or 1.0
    return max(number.usual.low - number.value, number.value - number.usual.high) / width


def _difference(queue: str, number: Number, reader: Reader) -> Difference:
    assert number.usual is not None  # noqa: S101 - only numbers with a usual range are out of it
    hand = Hand(reader, MEASURES[number.measure].unit)
    values = {
        "queue": f"\u2068{queue}\u2069",
        "measure": pulse_wording.name(number.measure),
        "value": hand.write(number.value),
        "low": hand.write(number.usual.low),
        "high": hand.write(number.usual.high),
    }
    if number.standing in BELOW:
        sentence = gettext("%(queue)s, %(measure)s: lower than usual.") % values
    else:
        sentence = gettext("%(queue)s, %(measure)s: higher than usual.") % values
    words = gettext("%(value)s against a usual %(low)s to %(high)s.") % values
    url = f"{reverse('pulse')}?{urlencode({'measure': number.measure, 'queue': queue, 'by': 'hour'})}"
    return Difference(sentence, words, url, number_line(hand, number.value, number.usual.low, number.usual.high, words))
