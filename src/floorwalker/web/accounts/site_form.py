"""What may be said about the site."""

import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.forms import offer
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.places import LANGUAGES, countries, zones
from floorwalker.web.ui.reader import Reader


class SiteForm(forms.Form):
    """Clock, calendar and thresholds of the site. Thresholds change what sums count, so they are counted again afterwards."""

    name = forms.CharField(label=_("Name"), max_length=120)
    tz = forms.ChoiceField(label=_("Time zone"), help_text=_("Days, peaks and shifts are read on this clock."))
    country = forms.ChoiceField(label=_("Country"), required=False, help_text=_("For public holidays."))
    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, help_text=_("For those who have not chosen one, and for mail to newcomers.")
    )
    week_start = forms.TypedChoiceField(label=_("First day of the week"), coerce=int)
    weekend = forms.TypedMultipleChoiceField(
        label=_("Weekend"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    answer_within_s = forms.FloatField(label=_("Answered in time means within, seconds"), min_value=0, max_value=86_400)
    service_level_target = forms.FloatField(label=_("Service level to reach, per cent"), min_value=1, max_value=100)
    short_abandon_s = forms.FloatField(
        label=_("Hung up by mistake: within, seconds"),
        min_value=0,
        max_value=3_600,
        help_text=_("Whoever gives up sooner is not counted as abandoned. Zero counts everybody."),
    )
    short_contact_s = forms.FloatField(label=_("A short contact lasts at most, seconds"), min_value=0, max_value=3_600)
    repeat_days = forms.IntegerField(label=_("A repeat contact comes within, days"), min_value=1, max_value=90)
    asks_second_factor = forms.BooleanField(
        label=_("A code from their phone is asked of whoever sees pages about other people"),
        required=False,
        help_text=_("Managers, administrators, team leaders and coaches; they set it up at their next page."),
    )
    queues = forms.CharField(
        label=_("Other times for single queues"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("One queue a line, then an equals sign and seconds, such as: Billing = 30"),
    )

    def __init__(self, reader: Reader, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "tz", zones())
        offer(self, "country", [("", "–"), *countries()])
        days = [(str(day), reader.weekday(day)) for day in range(7)]
        offer(self, "week_start", days)
        offer(self, "weekend", days)

    @classmethod
    def of(cls, site: Site, reader: Reader) -> "SiteForm":
        facts: dict[str, Any] = {name: getattr(site, name) for name in cls.base_fields if name != "queues"}
        facts["service_level_target"] = round(site.service_level_target * 100, 1)
        facts["weekend"] = [str(day) for day in site.weekend]
        facts["queues"] = "\n".join(f"{queue} = {seconds:g}" for queue, seconds in site.answer_within_s_by_queue.items())
        return cls(reader, initial={name: _plain(value) for name, value in facts.items()})

    def clean_queues(self) -> dict[str, float]:
        queues: dict[str, float] = {}
        for line in filter(None, (each.strip() for each in self.cleaned_data["queues"].splitlines())):
            name, _equals, seconds = line.rpartition("=")
            try:
                queues[name.strip()] = _seconds(seconds)
            except ValueError as error:
                raise ValidationError(
                    _("We cannot read the line “%(line)s”. Write the queue, an equals sign and seconds, such as: Billing = 30"),
                    params={"line": line},
                ) from error
        return queues

    def facts(self) -> dict[str, object]:
        """The site's facts as `change_site` wants them."""
        facts: dict[str, object] = {name: self.cleaned_data[name] for name in self.cleaned_data if name != "queues"}
        facts["service_level_target"] = self.cleaned_data["service_level_target"] / 100
        facts["answer_within_s_by_queue"] = self.cleaned_data["queues"]
        return facts


def _seconds(text: str) -> float:
    seconds = float(text.strip().replace(",", ".").replace("٫", "."))
    if not math.isfinite(seconds) or seconds < 0:
        raise ValueError(text)
    return seconds


def _plain(value: Any) -> Any:
    """20.0 is shown as 20."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
