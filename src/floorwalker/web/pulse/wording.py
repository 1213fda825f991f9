"""Every measure in words: its name, the question it answers, what it counts and leaves out, its formula and definitions."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from floorwalker.core.measures import Direction, Measure, Quantile, Ratio, Settings, Unanswerable, Unit
from floorwalker.core.measures.measure import Weights
from floorwalker.web.pulse import sum_words
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class MeasureWords:
    """A measure's name, the question it answers, and what it counts and leaves out (with named thresholds to fill in)."""

    name: Promise
    question: Promise
    counts: Promise


MEASURE_WORDS: Mapping[str, MeasureWords] = {
    "offered": MeasureWords(
        _("Contacts offered"),
        _("How many contacts reached a queue?"),
        _("Incoming contacts. One that is passed on counts in each queue. Merged, spam and deleted ones are left out."),
    ),
    "answered": MeasureWords(
        _("Contacts answered"),
        _("How many contacts did somebody answer?"),
        _("Incoming contacts that reached an agent. Merged, spam and deleted ones are left out."),
    ),
    "abandoned": MeasureWords(
        _("Contacts abandoned"),
        _("How many customers gave up waiting?"),
        _("Incoming contacts that the customer ended in the queue, however soon."),
    ),
    "service_level": MeasureWords(
        _("Service level"),
        _("What share of customers was answered in time?"),
        _(
            "Answered within %(within)s seconds, of all answered and all who gave up. "
            "Those who gave up in less than %(short)s seconds are left out, and contacts whose wait is not known."
        ),
    ),
    "answer_rate": MeasureWords(
        _("Answer rate"),
        _("What share of contacts did somebody answer?"),
        _("Answered contacts, of all offered, however long they waited."),
    ),
    "abandonment_rate": MeasureWords(
        _("Abandonment rate"),
        _("What share of customers gave up waiting?"),
        _("Customers who gave up after %(short)s seconds or more. Those who gave up sooner are left out altogether."),
    ),
    "asa": MeasureWords(
        _("Average speed of answer"),
        _("How long does a customer wait for an answer?"),
        _("Answered contacts whose wait is known. Those who gave up are left out."),
    ),
    "asa_median": MeasureWords(
        _("Median speed of answer"),
        _("How long does the customer in the middle wait?"),
        _("Half of the answered contacts waited less than this. Those who gave up are left out."),
    ),
    "asa_p90": MeasureWords(
        _("Speed of answer, 9 in 10"),
        _("Within what time are nine in ten customers answered?"),
        _("Nine in ten answered contacts waited less than this. Those who gave up are left out."),
    ),
    "aht": MeasureWords(
        _("Average handle time"),
        _("How much of an agent’s time does one contact take?"),
        _("Talk, hold and after-contact work of answered contacts. Contacts whose handle time is not known are left out."),
    ),
    "aht_median": MeasureWords(
        _("Median handle time"),
        _("How much of an agent’s time does the contact in the middle take?"),
        _("Half of the answered contacts took less than this. Contacts whose handle time is not known are left out."),
    ),
    "aht_p90": MeasureWords(
        _("Handle time, 9 in 10"),
        _("Within what time are nine in ten contacts done?"),
        _("Nine in ten answered contacts took less than this. Contacts whose handle time is not known are left out."),
    ),
    "talk_time": MeasureWords(
        _("Talk time"),
        _("How long is the conversation of one contact?"),
        _("Answered contacts whose talk time is known."),
    ),
    "hold_time": MeasureWords(
        _("Hold time"),
        _("How long is a customer put on hold?"),
        _("Answered contacts whose hold time is known; those without any hold count with zero."),
    ),
    "acw_time": MeasureWords(
        _("After-contact work"),
        _("How much work does a contact leave behind?"),
        _("Answered contacts whose after-contact work is known."),
    ),
    "transfer_rate": MeasureWords(
        _("Transfer rate"),
        _("What share of contacts is passed on?"),
        _("Answered contacts that went on to somebody else or to another queue, of those where we know either way."),
    ),
    "repeat_rate": MeasureWords(
        _("Repeat contact rate"),
        _("What share of customers had to come back?"),
        _(
            "Customers who contacted us again within %(days)s days, counted at the contact before. "
            "Contacts of unknown customers are left out, and those whose %(days)s days are not over."
        ),
    ),
    "fcr": MeasureWords(
        _("First contact resolution"),
        _("What share of contacts was settled at once?"),
        _(
            "Nobody was asked: a contact counts as settled when the customer did not come back within %(days)s days and "
            "it was not opened again. Unknown customers are left out, and contacts whose %(days)s days are not over."
        ),
    ),
    "fcr_asked": MeasureWords(
        _("First contact resolution, as customers say"),
        _("What share of customers says that it was settled at once?"),
        _("Customers who answered this question in a survey."),
    ),
    "csat": MeasureWords(
        _("Customer satisfaction"),
        _("What share of customers was satisfied?"),
        _("Answers in the upper quarter of their scale, such as 4 and 5 of 5. Surveys without an answer are left out."),
    ),
    "csat_response_rate": MeasureWords(
        _("Survey response rate"),
        _("What share of those asked answered?"),
        _("Satisfaction surveys that were answered, of all that were sent."),
    ),
    "nps": MeasureWords(
        _("Net promoter score"),
        _("Would customers recommend us?"),
        _("Share of 9 and 10 less share of 0 to 6, in points. Only answers on the scale of 0 to 10 count."),
    ),
    "first_response_time": MeasureWords(
        _("First response time"),
        _("How long until somebody writes back?"),
        _("Contacts that got a first reply by a person, in time as the source counts it."),
    ),
    "first_response_median": MeasureWords(
        _("Median first response time"),
        _("How long until the customer in the middle gets a reply?"),
        _("Half of the contacts with a first reply got it sooner than this."),
    ),
    "resolution_time": MeasureWords(
        _("Resolution time"),
        _("How long until a matter is settled?"),
        _("Contacts that were resolved, from their beginning to the last time they were resolved."),
    ),
    "resolution_median": MeasureWords(
        _("Median resolution time"),
        _("How long until the matter in the middle is settled?"),
        _("Half of the resolved contacts were settled sooner than this."),
    ),
    "reopen_rate": MeasureWords(
        _("Reopen rate"),
        _("What share of settled contacts was opened again?"),
        _("Contacts opened again at least once, of those where we know either way."),
    ),
    "short_contact_share": MeasureWords(
        _("Share of short contacts"),
        _("What share of contacts is over almost at once?"),
        _("Answered contacts with less than %(short_contact)s seconds of talk, of those whose talk time is known."),
    ),
    "contacts_per_hour": MeasureWords(
        _("Contacts per hour"),
        _("How many contacts does one person answer in an hour?"),
        _("Answered contacts, per hour that agents were available or at work on contacts. It needs agents’ states."),
    ),
    "occupancy": MeasureWords(
        _("Occupancy"),
        _("How much of their time on the queue are people at work on contacts?"),
        _("Time at work on contacts, of that time and the time waiting for one. It needs agents’ states."),
    ),
    "utilisation": MeasureWords(
        _("Utilisation"),
        _("How much of their signed-in time are people at work on contacts?"),
        _("Time at work on contacts, of all signed-in time, breaks included. It needs agents’ states."),
    ),
    "tenure": MeasureWords(
        _("Tenure"),
        _("How long have our agents been here?"),
        _("Agents with a first day at work in the people list, averaged over the days of the period."),
    ),
    "turnover": MeasureWords(
        _("Turnover"),
        _("What share of our agents would leave in a year at this pace?"),
        _("Agents who left, over the days that agents were employed, for a year. It needs first and last days of people."),
    ),
}

DEFINITIONS: Mapping[tuple[str, str], Promise] = {
    ("service_level", "with_short_abandons"): _("If those who gave up quickly counted too"),
    ("service_level", "answered_only"): _("If only answered contacts counted"),
    ("service_level", "with_all_lost"): _("If every contact lost in another way counted too"),
    ("abandonment_rate", "with_short_abandons"): _("If those who gave up quickly counted too"),
    ("abandonment_rate", "of_offered"): _("If it were taken of all offered contacts"),
    ("aht", "without_acw"): _("If after-contact work did not count"),
    ("csat", "mean_score"): _("As the mean of all answers, from 0% worst to 100% best"),
}

DIRECTIONS: Mapping[Direction, Promise] = {
    Direction.HIGHER: _("Higher is better for customers."),
    Direction.LOWER: _("Lower is better for customers."),
    Direction.NEITHER: _("None by itself. Read it together with first contact resolution and customer satisfaction."),
}

UNITS: Mapping[Unit, Promise] = {
    Unit.COUNT: _("a number of contacts"),
    Unit.SHARE: _("per cent"),
    Unit.SECONDS: _("minutes and seconds"),
    Unit.SCORE: _("a score"),
    Unit.POINTS: _("points from −100 to +100"),
    Unit.PER_HOUR: _("contacts per hour"),
    Unit.DAYS: _("days"),
}


def name(measure: str) -> str:
    """The measure's name."""
    return str(MEASURE_WORDS[measure].name)


def counts(measure: str, settings: Settings, reader: Reader) -> str:
    """What the measure counts and leaves out under these thresholds."""
    return str(MEASURE_WORDS[measure].counts) % {
        "within": reader.number(settings.answer_within_s),
        "short": reader.number(settings.short_abandon_s),
        "short_contact": reader.number(settings.short_contact_s),
        "days": reader.number(settings.repeat_days),
    }


def formula(measure: Measure, definition: str, reader: Reader) -> str:
    """The formula in the reader's words for its sums: `(answered + abandoned) ÷ offered`."""
    how = measure.by_definition(definition)
    if isinstance(how, Quantile):
        spread = str(sum_words.SPREADS[how.spread])
        return gettext("%(share)s of: %(spread)s") % {"share": reader.percent(how.level), "spread": spread}
    return _ratio(how, reader)


def _ratio(how: Ratio, reader: Reader) -> str:
    top = _added(how.top)
    times = "" if how.times == 1 else f"{reader.number(how.times, 0 if how.times == round(how.times) else 2)} × "
    if not how.bottom:
        return f"{times}{top}"
    return f"{times}{_grouped(top, how.top)} ÷ {_grouped(_added(how.bottom), how.bottom)}"


def _added(weights: Weights) -> str:
    words = ""
    for name_, weight in weights.items():
        sign = "−" if weight < 0 else "+"
        words = f"{words} {sign} {sum_words.SUMS[name_]}" if words else str(sum_words.SUMS[name_])
    return words


def _grouped(words: str, weights: Weights) -> str:
    return f"({words})" if len(weights) > 1 else words


def unanswerable(reason: Unanswerable) -> str:
    """Why a question cannot be answered, and what could be asked instead."""
    return str(_UNANSWERABLE[reason.code]) % reason.facts


_UNANSWERABLE: Mapping[str, Promise] = {
    "no_measure": _("No measure was chosen. These are known: %(known)s."),
    "unknown_measure": _("There is no measure “%(value)s”. These are known: %(known)s."),
    "unknown_dimension": _("Numbers cannot be cut by “%(value)s”. These cuts are known: %(known)s."),
    "dimension_twice": _("The same cut is asked for twice: %(by)s. Take one of them away."),
    "unknown_definition": _("“%(value)s” is not a definition of %(measure)s. These are known: %(known)s."),
    "days_reversed": _("The period ends on %(until)s, before it begins on %(since)s. Exchange the two days."),
    "no_value": _("A filter on %(dimension)s has no value. Give one or take the filter away."),
    "not_a_number": _("“%(value)s” is not a number that %(dimension)s can have."),
    "not_a_day": _("“%(value)s” is not a day. Write it as 2026-11-24."),
    "not_personal": _("This measure is not cut by person."),
}
