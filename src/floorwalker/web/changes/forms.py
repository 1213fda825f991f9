"""What is chosen about changes, checked before anything is done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.web.changes.models import DigestChoice
from floorwalker.web.ui.day_field import DayField


class MuteForm(forms.Form):
    """The last day on which a change is quiet."""

    until = DayField(label=_("Quiet until"))


class BudgetForm(forms.Form):
    """False alarms a week; a comma and Persian digits are read too."""

    per_week = forms.FloatField(min_value=0, max_value=50)

    def __init__(self, given: Any = None) -> None:
        plain = str((given or {}).get("per_week", "")).replace(",", ".").replace("٫", ".")
        super().__init__({"per_week": plain})


class DigestForm(forms.Form):
    """How often the digest comes."""

    often = forms.ChoiceField(label=_("How often it comes"), choices=DigestChoice.Often.choices, widget=forms.RadioSelect)
