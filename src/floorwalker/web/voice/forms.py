"""What is typed about an entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.models import Person, User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.ui.day_field import DayField
from floorwalker.web.voice.actions import LONGEST
from floorwalker.web.voice.models import Kind
from floorwalker.web.voice.rules import owners, subjects


class OwnerForm(forms.Form):
    """Who owes it, and by when."""

    owner = forms.ModelChoiceField(label=_("Who owes it"), queryset=User.objects.none(), empty_label=None)
    due = DayField(label=_("By when"), required=False)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose = self.fields["owner"]
        if isinstance(choose, forms.ModelChoiceField):
            choose.queryset = owners(viewer).select_related("person").order_by("person__name", "email")


class EntryForm(OwnerForm):
    """Something to write down."""

    kind = forms.ChoiceField(label=_("What is it"), choices=Kind.choices)
    text = forms.CharField(label=_("In a sentence"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    about_person = forms.ModelChoiceField(label=_("About whom"), queryset=Person.objects.none(), required=False)
    about_queue = forms.CharField(label=_("About which queue"), max_length=200, required=False)
    confidential = forms.BooleanField(
        label=_("Keep it outside the line"),
        help_text=_("Then only you, who owes it and the person concerned read it."),
        required=False,
    )
    field_order = ("kind", "text", "about_person", "about_queue", "owner", "due", "confidential")

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(viewer, *args, **kwargs)
        choose = self.fields["about_person"]
        if isinstance(choose, forms.ModelChoiceField):
            choose.empty_label = "–"
            choose.queryset = subjects(viewer).filter(left_on__isnull=True).order_by("name")
