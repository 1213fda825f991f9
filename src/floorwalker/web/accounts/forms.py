"""What people type, checked before anything is done."""

import math
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts import throttle
from floorwalker.web.accounts.models import Person, Role, Site, Team, User
from floorwalker.web.accounts.rules import Viewer, may_change_roles
from floorwalker.web.journal.actions import write
from floorwalker.web.ui.day_field import DayField
from floorwalker.web.ui.reader import BABEL, Reader

LANGUAGES = [
    ("en", "English"),
    ("pl", "polski"),
    ("ko", "한국어"),
    ("zh-hant", "繁體中文"),
    ("zh-hans", "简体中文"),
    ("fa", "فارسی"),
]


class SignInForm(forms.Form):
    """E-mail address and password. After too many wrong ones it refuses unseen, with `must_wait` set."""

    username = forms.EmailField(max_length=254)
    password = forms.CharField(strip=False, max_length=4096)

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.must_wait = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        email, password = given.get("username", ""), given.get("password", "")
        address, now = self.request.META.get("REMOTE_ADDR", "") if self.request else "", timezone.now()
        if throttle.must_wait(email, address, now):
            self.must_wait = True
            raise ValidationError(_("Too many wrong passwords. Wait a quarter of an hour, then try again."), code="wait")
        found = authenticate(self.request, username=email.lower(), password=password) if email and password else None
        if not isinstance(found, User):
            if throttle.note_failure(email, address, now):
                write(None, "account.throttled", email)
            wrong = _("This e-mail address and password do not belong together. Both are read as typed, capitals included.")
            raise ValidationError(wrong, code="wrong")
        throttle.forget_failures(email, address)
        self.user = found
        return given

    def get_user(self) -> User | None:
        """Who signs in, as Django's view asks for it."""
        return self.user


class PasswordForm(forms.Form):
    """A password to be, checked against Django's validators."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=4096,
        help_text=_("Ten characters or more. A few unrelated words are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class OwnPasswordForm(PasswordForm):
    """A new password for oneself, given the present one."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )
    field_order = ("present", "password")

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise ValidationError(_("This is not your present password."))
        return present


class SetUpForm(PasswordForm):
    """The first account, and the two facts of the site without which no number is right."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"dir": "ltr"}))
    site = forms.CharField(label=_("Name of the contact centre"), max_length=120)
    tz = forms.ChoiceField(label=_("Time zone"), help_text=_("Days, peaks and shifts are read on this clock."))
    field_order = ("name", "email", "password", "site", "tz")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "tz", zones())


class ReadingForm(forms.Form):
    """How one person wants to read."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    theme = forms.ChoiceField(label=_("Appearance"), choices=User.Theme.choices, required=False)
    time_from_left = forms.BooleanField(
        label=_("Time runs from the left in every chart, in Persian as well"),
        required=False,
    )


class TokenForm(forms.Form):
    """A name for a key, so that its owner knows later which program holds it."""

    name = forms.CharField(
        label=_("Name of the key"), max_length=80, help_text=_("Say which program it is for, such as: weekly report.")
    )


class PersonForm(forms.Form):
    """Facts of work about a person."""

    name = forms.CharField(label=_("Name"), max_length=200)
    native_id = forms.CharField(
        label=_("Staff number"),
        max_length=120,
        required=False,
        help_text=_("As in your lists of people; left empty, we give one."),
    )
    email = forms.EmailField(label=_("E-mail address"), required=False, widget=forms.EmailInput(attrs={"dir": "ltr"}))
    hired_on = DayField(label=_("First day at work"), required=False)
    left_on = DayField(label=_("Last day at work"), required=False)

    @classmethod
    def of(cls, person: Person) -> "PersonForm":
        return cls(initial={name: getattr(person, name) for name in cls.base_fields})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("hired_on"), given.get("left_on")
        if first and last and last < first:
            self.add_error("left_on", _("The last day at work lies before the first one."))
        return given


class TeamForm(forms.Form):
    """A team's name."""

    name = forms.CharField(label=_("Name of the team"), max_length=120)


class DaysForm(forms.Form):
    """From when until when, both days included."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)


class RoleForm(DaysForm):
    """A role to give: only those which the viewer may give are offered."""

    role = forms.ChoiceField(label=_("Role"))
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, help_text=_("For agents, team leaders and coaches.")
    )
    field_order = ("role", "team", "since", "until")

    def __init__(self, viewer: Viewer, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "role", [(each.value, each.label) for each in Role if may_change_roles(viewer, person, each)])
        teams = self.fields["team"]
        if isinstance(teams, forms.ModelChoiceField):
            teams.queryset = Team.objects.filter(site=person.site).order_by("name")


class AgentNameForm(forms.Form):
    """A name as a source writes it."""

    agent_name = forms.CharField(
        label=_("Name in the contacts"),
        max_length=200,
        help_text=_("Exactly as the telephone system or the spreadsheet writes it."),
    )


class AccountForm(forms.Form):
    """The address to sign in with, and perhaps a first password."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"dir": "ltr"}))
    password = forms.CharField(
        label=_("First password"),
        strip=False,
        required=False,
        max_length=4096,
        help_text=_("Left empty, you get a link behind which they choose their own; that is safer."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


class ForgottenForm(forms.Form):
    """Whose password is lost."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"dir": "ltr"}))


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
    queues = forms.CharField(
        label=_("Other times for single queues"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("One queue a line, then an equals sign and seconds, such as: Billing = 30"),
    )

    def __init__(self, reader: Reader, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "tz", zones())
        _choices(self, "country", [("", "–"), *countries()])
        days = [(str(day), reader.weekday(day)) for day in range(7)]
        _choices(self, "week_start", days)
        _choices(self, "weekend", days)

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


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def zones() -> list[tuple[str, str]]:
    """Every time zone with a place in its name."""
    named = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))}
    return [(name, name.replace("_", " ")) for name in sorted(named | {"UTC"})]


def countries() -> list[tuple[str, str]]:
    """Countries by code, named in the reader's language."""
    locale = Locale.parse(BABEL[get_language() or settings.LANGUAGE_CODE])
    named = {code: name for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()}
    return sorted(
        ((code, name) for code, name in named.items() if code not in ("EU", "UN", "EZ", "ZZ", "XA", "XB", "QO")),
        key=lambda pair: pair[1],
    )
