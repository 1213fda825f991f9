"""What a queue must reach, as typed: per cent, seconds and hours."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from floorwalker.web.planning.models import QueuePlan
from floorwalker.web.planning.plans import Plan

PER_CENT = ("target", "max_occupancy", "shrinkage", "absence")
WORKS = [
    (QueuePlan.Work.LIVE, _("Customers wait for an answer: calls, chats")),
    (QueuePlan.Work.LATER, _("Work that has a deadline: e-mail, tickets")),
]
DEFINITIONS = {
    QueuePlan.Definition.MINUS_SHORT: _("of all contacts but those who left sooner"),
    QueuePlan.Definition.OFFERED: _("of all contacts"),
    QueuePlan.Definition.ANSWERED: _("of those who were answered"),
}


TARGET_WRONG = {"max_value": _("100 per cent can never be promised, since somebody may always have to wait: 99.9 at most.")}


class PlanForm(forms.Form):
    """One queue."""

    work = forms.ChoiceField(label=_("How this queue works"), choices=WORKS, widget=forms.RadioSelect)
    target = forms.FloatField(
        label=_("Service level to reach, per cent"), min_value=1, max_value=99.9, error_messages=TARGET_WRONG
    )
    threshold_s = forms.FloatField(label=_("Answered in time means within, seconds"), min_value=0, max_value=86_400)
    definition = forms.ChoiceField(
        label=pgettext_lazy("how service level is counted", "Share answered in time"), choices=list(DEFINITIONS.items())
    )
    max_occupancy = forms.FloatField(
        label=_("Highest occupancy, per cent"),
        min_value=10,
        max_value=100,
        help_text=_("People need breathing space between contacts, however good the service level is."),
    )
    shrinkage = forms.FloatField(
        label=_("Shrinkage beside the planned breaks, per cent"),
        min_value=0,
        max_value=80,
        help_text=_("Coaching, meetings and trouble with tools that the roster does not show."),
    )
    absence = forms.FloatField(
        label=_("Absent without notice, per cent"),
        min_value=0,
        max_value=80,
        help_text=_("In a certificate each person’s absence is drawn by chance, not taken as an average."),
    )
    at_once = forms.IntegerField(label=_("Contacts that one person serves at once"), min_value=1, max_value=20)
    deadline_h = forms.FloatField(label=_("Deadline of each contact, hours"), min_value=0.5, max_value=24 * 14)

    @classmethod
    def of(cls, plan: Plan) -> "PlanForm":
        """The form with what holds now."""
        facts: dict[str, Any] = {name: getattr(plan, name) for name in cls.base_fields if name != "work"}
        for name in PER_CENT:
            facts[name] = round(facts[name] * 100, 1)
        facts["work"] = QueuePlan.Work.LATER if plan.is_later else QueuePlan.Work.LIVE
        plain = {name: int(each) if isinstance(each, float) and each.is_integer() else each for name, each in facts.items()}
        return cls(initial=plain)

    def facts(self) -> dict[str, object]:
        """As `set_plan` wants them."""
        facts = dict(self.cleaned_data)
        for name in PER_CENT:
            facts[name] = facts[name] / 100
        return facts
