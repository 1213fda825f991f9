"""The sentences of Today: where a number stands, what it still needs, and what the day as a whole is like."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from floorwalker.core.measures import MEASURES
from floorwalker.web.pulse.usual import SMALLEST_DAYS, Standing
from floorwalker.web.today.expected import ExpectedDay
from floorwalker.web.today.queries import Number
from floorwalker.web.ui.reader import Reader

STANDINGS: Mapping[Standing, Promise] = {
    Standing.INSIDE: _("In its usual range."),
    Standing.JUST_BELOW: _("Just under the usual %(weekday)s."),
    Standing.BELOW: _("Below the usual %(weekday)s."),
    Standing.JUST_ABOVE: _("Just above the usual %(weekday)s."),
    Standing.ABOVE: _("Above the usual %(weekday)s."),
}

WEEK_STANDINGS: Mapping[Standing, Promise] = {
    Standing.INSIDE: _("In its usual range."),
    Standing.JUST_BELOW: _("Just under the usual week."),
    Standing.BELOW: _("Below the usual week."),
    Standing.JUST_ABOVE: _("Just above the usual week."),
    Standing.ABOVE: _("Above the usual week."),
}

OWN_STANDINGS: Mapping[Standing, Promise] = {
    Standing.INSIDE: _("As usual for you."),
    Standing.JUST_BELOW: _("A little lower than usual for you."),
    Standing.BELOW: _("Lower than usual for you."),
    Standing.JUST_ABOVE: _("A little higher than usual for you."),
    Standing.ABOVE: _("Higher than usual for you."),
}

NEEDS: Mapping[str, Promise] = {
    "service_level": _("Not known: nothing says how long these contacts waited."),
    "aht": _("Not known: nothing says how long these contacts took."),
    "abandonment_rate": _("Not known: nothing says how these contacts ended."),
    "fcr": _("Not known yet. It needs one row for each contact, with its customer."),
    "csat": _("Not known: no customer answered a survey."),
    "offered": _("Not known: no contacts came in."),
    "transfer_rate": _("Not known: nothing says which contacts were passed on."),
    "acw_time": _("Not known: nothing says how much work came after."),
    "hold_time": _("Not known: nothing says how long customers were on hold."),
}


def standing_words(number: Number, words: Mapping[Standing, Promise], reader: Reader) -> str:
    """Where a number stands, or what is missing to say so."""
    if number.is_too_few:
        few = {"n": reader.number(number.sample), "smallest": reader.number(MEASURES[number.measure].smallest_sample)}
        return gettext("Too few to tell: %(n)s, and a number needs %(smallest)s.") % few
    if number.standing is Standing.UNKNOWN:
        return str(NEEDS[number.measure])
    if number.standing is Standing.TOO_YOUNG:
        left = SMALLEST_DAYS - number.past_days
        return ngettext("One more such day until we know the usual.", "%(n)s more such days until we know the usual.", left) % {
            "n": reader.number(left)
        }
    return str(words[number.standing]) % {"weekday": reader.weekday(number.day.weekday())}


def note(number: Number, thresholds: Mapping[str, str], reader: Reader) -> str:
    """The few words beside a number's name: its threshold, or what it rests on."""
    if number.measure == "service_level":
        return gettext("answered in %(within)s s") % thresholds
    if number.measure == "abandonment_rate":
        return gettext("after %(short)s s or more") % thresholds
    if number.measure == "fcr":
        return gettext("within %(days)s days, of %(day)s") % {**thresholds, "day": reader.day(number.day, "medium")}
    if number.measure == "csat" and number.sample:
        answers = round(number.sample)
        return ngettext("%(n)s answer", "%(n)s answers", answers) % {"n": reader.number(answers)}
    return "AHT" if number.measure == "aht" else ""


def peak_sentence(peak: str | None, numbers: Sequence[Number], is_yesterday: bool, reader: Reader) -> str:
    """The page's first sentence when today's course is known: the peak if it is ahead, and whether the last day was usual."""
    out = sum(number.standing.is_out for number in numbers)
    judged = sum(number.standing in STANDINGS for number in numbers)
    if peak is None:
        return _past_peak_sentence(out, bool(judged) and is_yesterday, reader)
    if not judged or not is_yesterday:
        return gettext("The peak comes at %(peak)s.") % {"peak": peak}
    if not out:
        return gettext("The peak comes at %(peak)s, and yesterday was a usual day.") % {"peak": peak}
    return ngettext(
        "The peak comes at %(peak)s; yesterday one number left its usual range.",
        "The peak comes at %(peak)s; yesterday %(n)s numbers left their usual range.",
        out,
    ) % {"peak": peak, "n": reader.number(out)}


def _past_peak_sentence(out: int, judged: bool, reader: Reader) -> str:
    if not judged:
        return gettext("The peak is over.")
    if not out:
        return gettext("The peak is over, and yesterday was a usual day.")
    return ngettext(
        "The peak is over; yesterday one number left its usual range.",
        "The peak is over; yesterday %(n)s numbers left their usual range.",
        out,
    ) % {"n": reader.number(out)}


def quiet_sentence(numbers: Sequence[Number], is_yesterday: bool, weekday: int, reader: Reader) -> str:
    """The first sentence of a day on which nothing usually comes."""
    out = sum(number.standing.is_out for number in numbers)
    if is_yesterday and out:
        return ngettext(
            "Nothing is expected today; yesterday one number left its usual range.",
            "Nothing is expected today; yesterday %(n)s numbers left their usual range.",
            out,
        ) % {"n": reader.number(out)}
    return gettext("Nothing is expected today: a quiet %(weekday)s.") % {"weekday": reader.weekday(weekday)}


def old_sentence(latest: str) -> str:
    """The first sentence when nothing recent was brought in."""
    return gettext("The latest contacts are of %(day)s.") % {"day": latest}


def lede_of_day(expected: ExpectedDay, is_over: bool, reader: Reader) -> str:
    """What the peak means in contacts while it is ahead, and how much will come in all."""
    values = {
        "n": reader.number(expected.at_peak),
        "length": reader.number(expected.length),
        "low": reader.number(expected.low),
        "high": reader.number(expected.high),
        "days": reader.number(expected.days),
    }
    if is_over:
        told = gettext("Between %(low)s and %(high)s contacts in the whole day, judging by the last %(days)s such weekdays.")
        return told % values
    return (
        gettext(
            "About %(n)s contacts in %(length)s minutes then, and between %(low)s and %(high)s in the whole day, "
            "judging by the last %(days)s such weekdays."
        )
        % values
    )


def lede_of_last_day(numbers: Sequence[Number], is_yesterday: bool, reader: Reader) -> str:
    """What can still be read on a quiet day."""
    if not numbers:
        return ""
    if is_yesterday:
        return gettext("Below is how yesterday went.")
    return gettext("Below is the last day with contacts, %(day)s.") % {"day": reader.day(numbers[0].day, "full")}
