"""What is typed about blocks, notes and interruptions."""

from collections.abc import Collection, Sequence
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.places import LANGUAGES
from floorwalker.web.routines.blocks import DAY_MINUTES, Wish
from floorwalker.web.routines.models import Cause
from floorwalker.web.routines.peaks import Peak
from floorwalker.web.ui.clock_field import ClockField, CountInput
from floorwalker.web.ui.day_field import DayField
from floorwalker.web.ui.reader import Reader


class SpanForm(forms.Form):
    """From when until when the weeks go."""

    first = DayField(label=_("From"))
    until = DayField(label=_("Until"), required=False, help_text=_("Left empty, until you cancel it."))


class BlocksForm(SpanForm):
    """A line for each weekday: whether, from when, until when. Weekends and days that are kept free already begin unticked."""

    def __init__(
        self, proposed: Sequence[Peak], kept_on: Collection[int], today: date, reader: Reader, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].initial = today + timedelta(days=1)
        self.weekdays = sorted((peak.weekday for peak in proposed), key=lambda day: (day - reader.week_start) % 7)
        for peak in proposed:
            name = reader.weekday(peak.weekday)
            weekday = peak.weekday
            self.fields[f"on_{weekday}"] = forms.BooleanField(
                label=name, required=False, initial=weekday not in (*reader.weekend, *kept_on)
            )
            self.fields[f"from_{weekday}"] = _clock(_("%(weekday)s, from"), name, peak.start)
            self.fields[f"to_{weekday}"] = _clock(_("%(weekday)s, until"), name, peak.end)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for weekday in self.weekdays:
            if given.get(f"on_{weekday}") and not (given.get(f"from_{weekday}") and given.get(f"to_{weekday}")):
                self.add_error(f"from_{weekday}", ValidationError(_("Give a begin and an end, such as 10:00 and 11:30.")))
        return given

    def wishes(self) -> list[Wish]:
        """The blocks that were ticked."""
        given = self.cleaned_data
        return [
            Wish(day, _minute(given[f"from_{day}"]), _minute(given[f"to_{day}"]) or DAY_MINUTES)
            for day in self.weekdays
            if given.get(f"on_{day}")
        ]

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The three fields of each weekday, in the order of the reader's week."""
        return [(self[f"on_{day}"], self[f"from_{day}"], self[f"to_{day}"]) for day in self.weekdays]


def _clock(label: Any, weekday: str, minute: int) -> ClockField:
    start = time(*divmod(minute % DAY_MINUTES, 60))
    return ClockField(label=label % {"weekday": weekday}, required=False, initial=start)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


class MoveForm(SpanForm):
    """Other hours and weekdays for a block that stands."""

    begins = ClockField(label=_("Begins"))
    ends = ClockField(label=_("Ends"))
    weekdays = forms.TypedMultipleChoiceField(label=_("On these days"), coerce=int, widget=forms.CheckboxSelectMultiple)
    field_order = ("begins", "ends", "weekdays", "first", "until")

    def __init__(self, reader: Reader, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = sorted(range(7), key=lambda day: (day - reader.week_start) % 7)
        choose = self.fields["weekdays"]
        if isinstance(choose, forms.ChoiceField):
            choose.choices = [(str(day), reader.weekday(day)) for day in days]

    def hours(self) -> tuple[int, int]:
        """Begin and end as minutes of the day; midnight as an end is the end of the day."""
        return _minute(self.cleaned_data["begins"]), _minute(self.cleaned_data["ends"]) or DAY_MINUTES


class NoteForm(forms.Form):
    """A note, as it will go out."""

    to = forms.EmailField(label=_("Your boss’s mail address"), widget=forms.EmailInput(attrs={"dir": "ltr"}))
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 18}))
    language = forms.ChoiceField(choices=LANGUAGES, widget=forms.HiddenInput)


def language_of(given: str, otherwise: str) -> str:
    """A language that is offered here."""
    return given if given in dict(settings.LANGUAGES) else otherwise


class InterruptionForm(forms.Form):
    """What tore up the day, and how long."""

    cause = forms.ChoiceField(label=_("What was it"), choices=Cause.choices, widget=forms.RadioSelect)
    minutes = forms.IntegerField(label=_("How many minutes"), min_value=1, max_value=DAY_MINUTES, initial=15, widget=CountInput)
    day = DayField(label=_("When"))
    words = forms.CharField(label=_("A word about it"), max_length=200, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)
