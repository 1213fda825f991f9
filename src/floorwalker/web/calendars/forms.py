"""What one types about one's own calendar."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from floorwalker.web.calendars.models import Ways


class WaysForm(forms.Form):
    """By which ways placed time reaches one's own calendar."""

    by_mail = forms.BooleanField(label=_("Invitations by mail"), required=False)
    mail_to = forms.EmailField(
        label=_("Mail address of the calendar"),
        required=False,
        help_text=_("Left empty, the address with which you sign in."),
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
    )
    by_caldav = forms.BooleanField(label=_("Straight into a calendar server (CalDAV)"), required=False)
    caldav_url = forms.CharField(
        label=_("Address of the calendar or of the account"),
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    caldav_user = forms.CharField(
        label=_("Name on the calendar server"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    caldav_password = forms.CharField(
        label=_("Password on the calendar server"),
        strip=False,
        max_length=500,
        required=False,
        help_text=_("Kept encrypted, never shown. Left empty, the kept one stays. Use an app password where there are such."),
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "new-password"}),
    )

    @classmethod
    def of(cls, ways: Ways) -> "WaysForm":
        """The form with what holds now."""
        return cls(initial={name: getattr(ways, name) for name in FACTS})

    def clean_caldav_url(self) -> str:
        url: str = self.cleaned_data["caldav_url"].strip()
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise ValidationError(_("An address begins with https:// or http://, such as https://dav.example.org/laleh/."))
        return url

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("by_caldav") and not given.get("caldav_url") and "caldav_url" not in self.errors:
            self.add_error(
                "caldav_url", ValidationError(_("Which calendar? Give its address, or turn the calendar server off."))
            )
        return given

    def facts(self) -> dict[str, object]:
        """What was chosen, without the password."""
        return {name: self.cleaned_data[name] for name in FACTS}


FACTS = ("by_mail", "mail_to", "by_caldav", "caldav_url", "caldav_user")
