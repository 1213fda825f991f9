"""What people type about patterns, checked before anything is done."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from floorwalker.web.signatures.actions import FEWEST_DAYS, MOST_DAYS
from floorwalker.web.signatures.conversations import LONGEST, Agreed, Prepared
from floorwalker.web.signatures.examples import Example
from floorwalker.web.signatures.models import Guide, Policy, Support
from floorwalker.web.signatures.wording import QUESTIONS
from floorwalker.web.ui.day_field import DayField
from floorwalker.web.ui.reader import Reader

LONGEST_OFFER = 200
MOST_OFFERS = 30


class PolicyForm(forms.Form):
    """What the company offers, how long guides are kept, and whether patterns are read at all."""

    offers = forms.CharField(
        label=_("What the company offers, one line each"),
        required=False,
        max_length=LONGEST_OFFER * MOST_OFFERS,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_(
            "Such as: other hours for some weeks, a colleague to sit beside, a training, a talk with the company doctor."
        ),
    )
    keep_days = forms.IntegerField(
        label=_("A conversation guide is kept for, days"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("Then it is deleted for good."),
    )
    is_on = forms.BooleanField(
        label=_("Look for patterns in people’s own numbers"),
        required=False,
        help_text=_("Without it nobody’s patterns are reckoned, and those that were found are forgotten."),
    )

    @classmethod
    def of(cls, policy: Policy, offers: list[Support]) -> "PolicyForm":
        text = "\n".join(each.text for each in offers)
        return cls(initial={"offers": text, "keep_days": policy.keep_days, "is_on": policy.is_on})

    def clean_offers(self) -> list[str]:
        lines: Any = (" ".join(line.split())[:LONGEST_OFFER] for line in self.cleaned_data["offers"].splitlines())
        return list(dict.fromkeys(filter(None, lines)))[:MOST_OFFERS]


class AgreedForm(forms.Form):
    """What is offered and agreed, and when to look at it again. A day after the guide is gone would never come."""

    offers = forms.MultipleChoiceField(label=_("What the company offers"), required=False, widget=forms.CheckboxSelectMultiple)
    agreed = forms.CharField(
        label=_("What was agreed"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("May be filled in after the talk."),
    )
    follow_up_on = DayField(label=_("Look at it again on"), required=False)

    def __init__(self, offers: Sequence[str], days: tuple[date, date], reader: Reader, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = cast(forms.MultipleChoiceField, self.fields["offers"])
        choices.choices = [(each, each) for each in offers]
        self.days, self.reader = days, reader
        if not offers:
            del self.fields["offers"]

    @classmethod
    def of(cls, guide: Guide, offers: Sequence[str], today: date, reader: Reader, *args: Any) -> "AgreedForm":
        initial = {"offers": guide.offers, "agreed": guide.agreed, "follow_up_on": guide.follow_up_on}
        return cls(list(dict.fromkeys([*offers, *guide.offers])), (today, guide.expires_on), reader, *args, initial=initial)

    def clean_follow_up_on(self) -> date | None:
        day: date | None = self.cleaned_data["follow_up_on"]
        first, last = self.days
        if day and day > last:
            told = _("The guide is deleted on %(day)s. Choose an earlier day.")
            raise ValidationError(told, params={"day": self.reader.day(last)})
        if day and day < first:
            raise ValidationError(_("This day is over. Choose a later one."))
        return day

    def given(self) -> Agreed:
        """What was typed, as an action wants it."""
        return Agreed(
            tuple(self.cleaned_data.get("offers", ())),
            self.cleaned_data["agreed"].strip(),
            self.cleaned_data["follow_up_on"],
            gettext("A conversation: look again at what was agreed."),
        )


class GuideForm(AgreedForm):
    """A guide to be: which contacts, which questions, own words."""

    examples = forms.MultipleChoiceField(label=_("Contacts to talk about"), required=False, widget=forms.CheckboxSelectMultiple)
    questions = forms.MultipleChoiceField(
        label=_("Questions to ask"), required=False, widget=forms.CheckboxSelectMultiple, choices=list(QUESTIONS.items())
    )
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("What you saw and what follows from it for the customer, not what you think of the person."),
    )
    field_order = ("examples", "questions", "words", "offers", "agreed", "follow_up_on")

    def __init__(self, found: Sequence[tuple[Example, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(example.key): example for example, _words in found}
        choices = cast(forms.MultipleChoiceField, self.fields["examples"])
        choices.choices = [(str(example.key), words) for example, words in found]
        if not found:
            del self.fields["examples"]

    def prepared(self) -> Prepared:
        """The whole guide, as an action wants it."""
        chosen = tuple(self.found[key] for key in self.cleaned_data.get("examples", ()))
        data = self.cleaned_data
        return Prepared(chosen, tuple(data["questions"]), data["words"].strip(), self.given())
