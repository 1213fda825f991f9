"""Sentences for what could not be done, by code."""

from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.actions import NotDone

SENTENCES = {
    "person.number_taken": _("The staff number %(number)s belongs to %(name)s already. Give another one, or open that person."),
    "team.name_taken": _("There is a team called %(name)s already. Choose another name."),
    "role.needs_team": _("Agents, team leaders and coaches work in a team. Choose one."),
    "role.days_reversed": _("The last day lies before the first one. Exchange them or leave one empty."),
    "role.held_already": _("This person holds this role on some of these days already. Change the days of that entry instead."),
    "agent_name.taken": _("Contacts under the name %(name)s belong to %(person)s. Remove the name there first."),
    "account.email_taken": _("Somebody else signs in with %(email)s. Give another address."),
    "account.last_administrator": _("This is the only administrator. Make somebody else administrator first."),
}


def sentence(problem: NotDone) -> str:
    """Why nothing was changed, in the reader's language."""
    return str(SENTENCES[problem.code]) % problem.facts
