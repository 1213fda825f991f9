"""Times of day and numbers as readers type them: in Persian with Persian digits, else by the field of the browser."""

from datetime import time
from typing import Any

from django import forms
from persiantools import digits

from floorwalker.web.ui.day_field import is_jalali

FIVE_MINUTES = 300


class ClockInput(forms.TimeInput):
    """A time field of the browser; a text field in Persian, because browsers write it there in their own digits."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M", attrs={"dir": "ltr", "step": FIVE_MINUTES})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if is_jalali():
            context["widget"]["type"] = "text"
            context["widget"]["attrs"].update({"placeholder": "۱۰:۳۰", "inputmode": "numeric", "autocomplete": "off"})
            del context["widget"]["attrs"]["step"]
        return context

    def format_value(self, value: Any) -> str | None:
        written = super().format_value(value)
        return digits.en_to_fa(written) if written and is_jalali() else written


class CountInput(forms.NumberInput):
    """A number field of the browser; a text field with Persian digits in Persian. Django reads any digits."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if is_jalali():
            context["widget"]["type"] = "text"
            context["widget"]["attrs"].update({"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"})
        return context

    def format_value(self, value: Any) -> str | None:
        written = super().format_value(value)
        return digits.en_to_fa(written) if written and is_jalali() else written


class ClockField(forms.TimeField):
    """A form field for a time of day, in any digits."""

    widget = ClockInput

    def to_python(self, value: Any) -> time | None:
        return super().to_python(digits.fa_to_en(digits.ar_to_fa(value)).strip() if isinstance(value, str) else value)
