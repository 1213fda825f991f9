"""Questions about a file that only its owner can answer, and what each answer means."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from floorwalker.sources.spreadsheet import Question
from floorwalker.web.intake.sentence import Counted, Fact, Sentence, worded
from floorwalker.web.ui.reader import Reader

QUESTIONS: Mapping[str, Sentence] = {
    "kind": _("What does this file tell?"),
    "time_zone": _("Times such as %(sample)s carry no time zone. Which clock showed them?"),
    "date_order": _("Which day is %(sample)s?"),
    "duration_unit": _("“%(column)s” holds values like %(sample)s. In what are they counted?"),
    "clock_style": _("“%(column)s” holds values like %(sample)s. What do they mean?"),
    "decimal_sign": _("“%(column)s” holds values like %(sample)s. Which number is that?"),
    "per_contact": _("“%(column)s” holds values like %(sample)s. Of how many contacts is that?"),
    "scale": _("Answers in “%(column)s” run from %(lowest)s to %(highest)s. Which scale did your customers see?"),
    "survey_kind": _("What were your customers asked in “%(column)s”?"),
    "unanswered": Counted(
        "rows",
        lambda n: ngettext(
            "%(rows)s row does not say that anybody answered. What happened to that contact?",
            "%(rows)s rows do not say that anybody answered. What happened to those contacts?",
            n,
        ),
    ),
    "interval_length": _("How long is the interval of each row?"),
    "hold_in_talk": _("“%(column)s” holds values like %(sample)s. Does talk time already contain them?"),
}

_CHOICES: Mapping[tuple[str, str], Promise] = {
    ("clock_style", "mm:ss"): _("Minutes and seconds"),
    ("clock_style", "h:mm"): _("Hours and minutes"),
    ("survey_kind", "csat"): _("Whether they are satisfied (CSAT)"),
    ("survey_kind", "nps"): _("Whether they would recommend us (NPS)"),
    ("survey_kind", "ces"): _("How easy it was (CES)"),
    ("survey_kind", "fcr"): _("Whether it was resolved at first contact (FCR)"),
    ("unanswered", "abandoned"): _("The customer gave up"),
    ("unanswered", "unknown"): _("Nobody knows"),
    ("hold_in_talk", "inside"): _("Yes, hold is part of talk"),
    ("hold_in_talk", "apart"): _("No, hold comes on top"),
    ("scale", "good_bad"): _("Good or bad"),
}
_UNITS: Mapping[str, tuple[float, Promise]] = {
    "seconds": (1, _("Seconds, so %(each)s a contact")),
    "minutes": (60, _("Minutes, so %(each)s a contact")),
    "hours": (3600, _("Hours, so %(each)s a contact")),
    "ms": (0.001, _("Thousandths of a second, so %(each)s a contact")),
}


def asked(question: Question, reader: Reader) -> str:
    """The question as a sentence."""
    return worded(QUESTIONS[question.code], {**question.facts, "column": question.column}, reader)


def choice_of(question: Question, choice: str, reader: Reader) -> str:
    """What an answer means."""
    if (label := _CHOICES.get((question.code, choice))) is not None:
        return str(label)
    made = _MADE.get(question.code)
    return made(question.facts, choice, reader) if made else choice


def _day(facts: Mapping[str, Fact], choice: str, reader: Reader) -> str:
    return reader.day(date.fromisoformat(str(facts[choice])))


def _unit(facts: Mapping[str, Fact], choice: str, reader: Reader) -> str:
    seconds, sentence = _UNITS[choice]
    return str(sentence) % {"each": reader.duration(float(facts["typical"]) * seconds)}


def _share(facts: Mapping[str, Fact], choice: str, reader: Reader) -> str:
    if choice == "contact":
        return _now("Of one contact on average, so %(each)s a contact") % {"each": reader.duration(float(facts["as_mean"]))}
    return _now("Of all contacts of the interval together, so %(each)s a contact") % {
        "each": reader.duration(float(facts["as_total"]))
    }


def _number(facts: Mapping[str, Fact], choice: str, reader: Reader) -> str:
    """A decimal comma reads 1,234 as a little more than one; a decimal point reads it as more than a thousand."""
    if choice == ",":
        return reader.number(float(facts["as_decimal"]), 3)
    return reader.number(float(facts["as_thousands"]))


def _scale(facts: Mapping[str, Fact], choice: str, reader: Reader) -> str:
    lowest, _dash, highest = choice.partition("-")
    return _now("%(lowest)s to %(highest)s") % {
        "lowest": reader.number(float(lowest)),
        "highest": reader.number(float(highest)),
    }


def _minutes(facts: Mapping[str, Fact], choice: str, reader: Reader) -> str:
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", int(choice)) % {"minutes": reader.number(int(choice))}


_MADE: Mapping[str, Callable[[Mapping[str, Fact], str, Reader], str]] = {
    "date_order": _day,
    "duration_unit": _unit,
    "per_contact": _share,
    "decimal_sign": _number,
    "scale": _scale,
    "interval_length": _minutes,
}
