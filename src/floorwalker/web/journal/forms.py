"""What may be asked of the journal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.web.journal.queries import Asked, actors, subjects
from floorwalker.web.journal.wording import KINDS
from floorwalker.web.ui.day_field import DayField

ANYBODY = ("", _("Anybody"))


class AskedForm(forms.Form):
    """Who, about whom, what, and when; all of it may be left open."""

    who = forms.TypedChoiceField(label=_("Who"), coerce=int, empty_value=None, required=False)
    about = forms.TypedChoiceField(label=_("About whom"), coerce=int, empty_value=None, required=False)
    what = forms.ChoiceField(label=_("What"), choices=[("", _("Anything")), *KINDS.items()], required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (("who", actors()), ("about", subjects())):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [ANYBODY, *((str(each.id), each.name) for each in known)]

    def asked(self) -> Asked:
        """What was asked; a field that cannot be read counts as left open, and says so beside itself."""
        self.is_valid()
        return Asked(**self.cleaned_data)
