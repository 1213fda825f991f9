"""Who may see which numbers, on top of the accounts' rules."""

from collections.abc import Mapping

from floorwalker.core.measures import Filter
from floorwalker.web.accounts.rules import Viewer, may_read_site

SMALLEST_TEAM = 5


def may_open_pulse(viewer: Viewer) -> bool:
    """Those who may read the site, and agents, who see their own contacts."""
    return may_read_site(viewer) or bool(viewer.agent_names)


def own_contacts_only(viewer: Viewer) -> tuple[Filter, ...]:
    """What every question of this viewer is narrowed to: an agent's to their own contacts."""
    return () if may_read_site(viewer) else (Filter("agent", viewer.agent_names),)


def may_cut_by_agent(visible: frozenset[str] | None) -> bool:
    """Given the agents whom somebody may see (None: all): whether there is anybody to cut by."""
    return visible is None or bool(visible)


def may_see_agent(visible: frozenset[str] | None, agent: str) -> bool:
    return visible is None or agent in visible


def teams_shown(members: Mapping[str, frozenset[str]], visible: frozenset[str] | None) -> frozenset[str]:
    """The teams, of those with these agents, whose numbers may be shown to somebody who may see only `visible` agents.

    A team is shown when none of its agents, or at least five of them, are unseen: fewer could be told apart. So could a hidden
    rest of fewer than five, because it is the total less the others: then the smallest shown team is hidden as well.
    """
    if visible is None:
        return frozenset(members)
    unseen = {team: len(agents - visible) for team, agents in members.items()}
    shown = {team: size for team, size in unseen.items() if size == 0 or size >= SMALLEST_TEAM}
    hidden = sum(size for team, size in unseen.items() if team not in shown)
    while 0 < hidden < SMALLEST_TEAM and any(shown.values()):
        smallest = min((team for team in shown if shown[team]), key=lambda team: (shown[team], team))
        hidden += shown.pop(smallest)
    return frozenset(shown)
