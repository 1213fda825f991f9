"""Who may read a person's patterns: that person, whoever leads their team today, and the manager. Nobody else, in no way.

Coaches, planners, executives, administrators and leads of other teams are told that there is nothing.
"""

from datetime import date

from floorwalker.web.accounts.models import Membership, Person, Role
from floorwalker.web.accounts.rules import Viewer, may_see_every_agent
from floorwalker.web.signatures.models import Guide


def is_agent(person: Person) -> bool:
    """Whether contacts know this person: others have no signature."""
    return person.agent_names.exists()


def is_self(viewer: Viewer, person: Person) -> bool:
    return viewer.user.person_id == person.pk


def is_in_line(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer leads this person's team today, or manages the site."""
    if is_self(viewer, person) or person.site_id != viewer.site.pk:
        return False
    if may_see_every_agent(viewer):
        return True
    led = Membership.objects.on(viewer.on).filter(person=person, role=Role.AGENT, team_id__in=viewer.led_teams)
    return led.exists()


def may_open_signature(viewer: Viewer, person: Person) -> bool:
    """May read the signature of a person."""
    return is_agent(person) and (is_self(viewer, person) or is_in_line(viewer, person))


def has_signature(viewer: Viewer) -> bool:
    """Whether the viewer has a signature of their own."""
    return viewer.person is not None and is_agent(viewer.person)


def may_explain(viewer: Viewer, person: Person) -> bool:
    """May note the cause of a change: the person, and their line."""
    return may_open_signature(viewer, person)


def may_prepare(viewer: Viewer, person: Person) -> bool:
    """May prepare a conversation with a person, and keep what was agreed."""
    return is_agent(person) and is_in_line(viewer, person)


def may_read_guide(viewer: Viewer, guide: Guide, on: date) -> bool:
    """A guide is read by its subject, its author and that line, as long as it is kept."""
    person = guide.person
    near = is_self(viewer, person) or guide.by_id == viewer.user.pk or is_in_line(viewer, person)
    return near and guide.is_open(on) and person.site_id == viewer.site.pk


def may_answer(viewer: Viewer, guide: Guide) -> bool:
    """Only its subject answers a guide."""
    return is_self(viewer, guide.person)


def may_change_guide(viewer: Viewer, guide: Guide) -> bool:
    """Its author and the line keep what was agreed; never its subject, who answers instead."""
    return not is_self(viewer, guide.person) and (guide.by_id == viewer.user.pk or is_in_line(viewer, guide.person))


def may_withdraw(viewer: Viewer, guide: Guide) -> bool:
    """Whoever wrote it takes it back."""
    return guide.by_id == viewer.user.pk


def may_set_policy(viewer: Viewer) -> bool:
    """May say what the company offers, how long guides are kept, and whether patterns are read at all."""
    return viewer.has(Role.MANAGER)
