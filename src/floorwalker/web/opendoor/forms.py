"""What people type, checked before anything is done."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.models import Person
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor.actions import SLOT_MINUTES, Hours
from floorwalker.web.opendoor.rules import hosts
from floorwalker.web.opendoor.wording import OUTCOMES
from floorwalker.web.ui.clock_field import ClockField
from floorwalker.web.ui.day_field import DayField
from floorwalker.web.ui.reader import Reader


class DoorForm(forms.Form):
    """Whose door, when, in which slots, and where."""

    host = forms.ModelChoiceField(label=_("Whose door"), queryset=Person.objects.none(), empty_label=None)
    day = DayField(label=_("Day"))
    start = ClockField(label=_("From"))
    end = ClockField(label=pgettext_lazy("time of day", "To"))
    slot_minutes = forms.TypedChoiceField(label=_("Length of a slot"), coerce=int)
    place = forms.CharField(label=_("Place"), max_length=120, help_text=_("A room, or the address of a video call."))

    def __init__(self, viewer: Viewer, reader: Reader, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose, length = self.fields["host"], self.fields["slot_minutes"]
        if isinstance(whose, forms.ModelChoiceField):
            whose.queryset = hosts(viewer)
            whose.initial = viewer.user.person_id
        if isinstance(length, forms.ChoiceField):
            length.choices = [
                (each, gettext("%(minutes)s minutes") % {"minutes": reader.number(each)}) for each in SLOT_MINUTES
            ]

    def hours(self) -> Hours:
        """When the door shall be open."""
        given = self.cleaned_data
        return Hours(given["day"], given["start"], given["end"], given["slot_minutes"])


class OutcomeForm(forms.Form):
    """What became of a visit, in two taps; words can wait."""

    came = forms.TypedChoiceField(coerce=lambda given: given == "yes", choices=[("yes", _("Came")), ("no", _("Did not come"))])
    kind = forms.ChoiceField(choices=list(OUTCOMES.items()), required=False)
    text = forms.CharField(max_length=500, required=False)
