"""What people type, checked before anything is done."""

import unicodedata
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts import throttle
from floorwalker.web.accounts.actions.factors import take_code
from floorwalker.web.accounts.models import Person, Role, Team, User
from floorwalker.web.accounts.places import LANGUAGES, zones
from floorwalker.web.accounts.rules import Viewer, may_change_roles
from floorwalker.web.accounts.ways_in import company_name, takes_password
from floorwalker.web.journal.actions import write
from floorwalker.web.ui.day_field import DayField


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
        if not takes_password(found.email):
            told = _("Passwords open nothing here any more. Sign in with %(name)s.") % {"name": company_name()}
            raise ValidationError(told, code="company_only")
        self.user = found
        return given

    def get_user(self) -> User | None:
        """Who signs in, as Django's view asks for it."""
        return self.user


class CodeForm(forms.Form):
    """A code from a phone, or a recovery code; digits of every script are read, whatever stands between them is not."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}),
    )

    def clean_code(self) -> str:
        return digits(self.cleaned_data["code"])


class OwnFactorForm(forms.Form):
    """Proof that it is the owner who changes their second factor: the password, or a code where there is no password."""

    present = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            self.fields["present"] = CodeForm.base_fields["code"]

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        now, key, place = timezone.now(), throttle.of_code(self.user.email), f"account {self.user.pk}"
        if throttle.must_wait(key, place, now):
            raise ValidationError(_("Too many wrong tries. Wait a quarter of an hour, then try again."), code="wait")
        if not self._is_right(present, now):
            throttle.note_failure(key, place, now)
            raise ValidationError(_("This is not right. Type it once more."))
        throttle.forget_failures(key, place)
        return present

    def _is_right(self, present: str, now: datetime) -> bool:
        if self.user.has_usable_password():
            return self.user.check_password(present)
        return take_code(self.user, digits(present), now)


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
        offer(self, "tz", zones())


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
        offer(self, "role", [(each.value, each.label) for each in Role if may_change_roles(viewer, person, each)])
        teams = self.fields["team"]
        if isinstance(teams, forms.ModelChoiceField):
            teams.empty_label = "–"
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


def digits(text: str) -> str:
    """Its digits, of whatever script, as a machine writes them."""
    return "".join(str(unicodedata.decimal(each)) for each in text if each.isdecimal())


def offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """Sets what a field of choices offers."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
