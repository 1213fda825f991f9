"""Sentences for what could not be done, by code."""

from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.ways_in import company_name

SENTENCES = {
    "person.number_taken": _("The staff number %(number)s belongs to %(name)s already. Give another one, or open that person."),
    "team.name_taken": _("There is a team called %(name)s already. Choose another name."),
    "role.needs_team": _("Agents, team leaders and coaches work in a team. Choose one."),
    "role.days_reversed": _("The last day lies before the first one. Exchange them or leave one empty."),
    "role.held_already": _("This person holds this role on some of these days already. Change the days of that entry instead."),
    "agent_name.taken": _("Contacts under the name %(name)s belong to %(person)s. Remove the name there first."),
    "account.email_taken": _("Somebody else signs in with %(email)s. Give another address."),
    "factor.wrong_code": _("This code is not right. Take the one that the app shows now."),
    "factor.on_already": _("Your second factor is on already."),
    "factor.required": _("Your role sees pages about other people, and this site asks for a second factor there."),
    "factor.none": _("%(email)s has no second factor."),
    "company.unreachable": _(
        "%(name)s does not answer at the moment. Try again in a few minutes, or ask who runs Floorwalker here."
    ),
    "company.not_ours": _(
        "This answer does not belong to a sign-in that was begun in this browser, or it came too late. Begin anew."
    ),
    "company.cancelled": _("You turned back at %(name)s. Begin anew when you are ready."),
    "company.refused": _("%(name)s did not let you in. Begin anew, or ask there."),
    "company.unverified": _("%(name)s does not confirm an e-mail address of yours. Ask there to have it confirmed."),
    "company.domain": _("Addresses such as %(email)s are not let in here. Choose your work account."),
    "company.unknown": _("Nobody here has the address %(email)s. Ask your manager to add it to your page under People."),
    "company.closed": _("The account of %(email)s is closed. Ask your manager if that is a mistake."),
    "account.last_administrator": _("This is the only administrator. Make somebody else administrator first."),
}


def sentence(problem: NotDone) -> str:
    """Why nothing was changed, in the reader's language."""
    return str(SENTENCES[problem.code]) % {"name": company_name(), **problem.facts}
