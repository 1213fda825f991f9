"""What people type about planning, checked before anything is done."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from floorwalker.web.planning.repeated import Pattern
from floorwalker.web.ui.clock_field import ClockField
from floorwalker.web.ui.day_field import DayField
from floorwalker.web.ui.reader import Reader


class PatternForm(forms.Form):
    """The same shift on some weekdays, from one day to another."""

    queue = forms.ChoiceField(label=_("Queue"))
    people = forms.IntegerField(label=_("People"), min_value=1, max_value=2000, initial=1)
    weekdays = forms.TypedMultipleChoiceField(label=_("Weekdays"), coerce=int, widget=forms.CheckboxSelectMultiple)
    start = ClockField(label=_("From"))
    end = ClockField(label=pgettext_lazy("time of day", "To"))
    break_minutes = forms.IntegerField(label=_("Break of each, minutes"), min_value=0, max_value=240, initial=30)
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"))
    on_holidays = forms.BooleanField(label=_("On public holidays as well"), required=False)

    def __init__(self, reader: Reader, queues: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["queue"].choices = [(queue, queue) for queue in queues]  # type: ignore[attr-defined]
        order = [(reader.week_start + step) % 7 for step in range(7)]
        self.fields["weekdays"].choices = [(str(day), reader.weekday(day)) for day in order]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            raise ValidationError(_("The last day is before the first."))
        return given

    def pattern(self) -> Pattern:
        """What was typed; whether holidays are open is for the caller, who knows them."""
        given = self.cleaned_data
        return Pattern(
            weekdays=given["weekdays"],
            start=_minute(given["start"]),
            end=_minute(given["end"]),
            people=given["people"],
            queue=given["queue"],
            since=given["since"],
            until=given["until"],
            break_minutes=given["break_minutes"],
        )


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
