"""What people write down about an event."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.models import Site
from floorwalker.web.events.models import Event
from floorwalker.web.events.queries import queue_names
from floorwalker.web.ui.day_field import DayField

LONGEST = timedelta(days=366)


class EventForm(forms.Form):
    """Name, kind, place and days; without a last day it is over on its first."""

    name = forms.CharField(label=_("What happens"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Event.Kind.choices)
    queue = forms.ChoiceField(label=_("Where"), required=False)
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: one day."))

    def __init__(self, site: Site, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = queue_names(site)
        kept = str(self.initial.get("queue") or "")
        listed = [*names, kept] if kept and kept not in names else names
        where = self.fields["queue"]
        assert isinstance(where, forms.ChoiceField)  # noqa: S101 - declared above
        where.choices = [("", _("The whole site")), *((name, name) for name in listed)]

    @classmethod
    def of(cls, event: Event) -> "EventForm":
        return cls(event.site, initial={name: getattr(event, name) for name in cls.base_fields})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last") or given.get("first")
        if first and last and last < first:
            self.add_error("last", ValidationError(_("The last day comes before the first.")))
        elif first and last and last - first > LONGEST:
            self.add_error("last", ValidationError(_("This is longer than a year. Write its first days: what stays is usual.")))
        given["last"] = last
        return given


class MoveForm(forms.Form):
    """The day on which the site keeps a public holiday instead."""

    to = DayField(label=_("Kept on"))
