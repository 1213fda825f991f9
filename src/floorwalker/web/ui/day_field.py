"""A day that a reader types: in Persian in the Jalali calendar with any digits, else as the browser's date field gives it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from persiantools import digits
from persiantools.jdatetime import JalaliDate


class DayInput(forms.DateInput):
    """A date field of the browser; a text field in Persian, because browsers know no Jalali days there."""

    input_type = "date"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if is_jalali():
            context["widget"]["type"] = "text"
            context["widget"]["attrs"].update({"placeholder": "۱۴۰۴/۰۱/۳۱", "dir": "ltr"})
        return context

    def format_value(self, value: Any) -> str | None:
        return write_day(value) if isinstance(value, date) else value


class DayField(forms.DateField):
    """A form field for one day, read in the calendar of the active language."""

    widget = DayInput
    default_error_messages = {"invalid": _("This is no day we can read. Write year, month and day, as in the example.")}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return read_day(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


def is_jalali() -> bool:
    """Whether the active language counts days in the Jalali calendar."""
    return get_language() == "fa"


def write_day(day: date) -> str:
    """A day as the field shows it."""
    if not is_jalali():
        return day.isoformat()
    jalali = JalaliDate(day)
    return digits.en_to_fa(f"{jalali.year}/{jalali.month:02}/{jalali.day:02}")


def read_day(text: str) -> date:
    """A day as typed: `2024-05-01`, or in Persian `۱۴۰۳/۰۲/۱۲`; a year from 1700 on is never Jalali.

    Raises
    ------
    ValueError
        when it is no day.
    """
    plain = digits.ar_to_fa(text).strip()
    plain = digits.fa_to_en(plain).replace("/", "-").replace(".", "-")
    year, month, day = (int(part) for part in plain.split("-"))
    if is_jalali() and year < 1700:
        return JalaliDate(year, month, day).to_gregorian()
    return date(year, month, day)
