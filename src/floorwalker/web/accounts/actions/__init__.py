"""Verbs that change who works here, who may sign in, and by which clock and thresholds the site works.

Each checks its rule when a viewer does it, changes, and writes the journal. Without a viewer it is done at the command line, by
whoever runs the machine.

Raises, all of them
-------------------
PermissionDenied
    when the rule does not allow the viewer to do it.
NotDone
    when it makes no sense; a code with facts.
"""

from floorwalker.web.accounts.actions.access import (
    add_account,
    close_account,
    make_token,
    new_link,
    open_account,
    revoke_token,
    set_password,
    set_reading,
    token_user,
)
from floorwalker.web.accounts.actions.company import Claims, come_in
from floorwalker.web.accounts.actions.doing import NotDone, require
from floorwalker.web.accounts.actions.factors import renew_codes, reset_factor, take_code, turn_off_factor, turn_on_factor
from floorwalker.web.accounts.actions.people import (
    add_agent_name,
    add_person,
    add_role,
    add_team,
    change_person,
    change_role,
    remove_agent_name,
    remove_role,
    rename_team,
)
from floorwalker.web.accounts.actions.site import change_site, is_setup_key, set_up, setup_key

__all__ = [
    "Claims",
    "NotDone",
    "add_account",
    "add_agent_name",
    "add_person",
    "add_role",
    "add_team",
    "change_person",
    "change_role",
    "change_site",
    "close_account",
    "come_in",
    "is_setup_key",
    "make_token",
    "new_link",
    "open_account",
    "remove_agent_name",
    "remove_role",
    "rename_team",
    "renew_codes",
    "require",
    "reset_factor",
    "revoke_token",
    "set_password",
    "set_reading",
    "set_up",
    "setup_key",
    "take_code",
    "token_user",
    "turn_off_factor",
    "turn_on_factor",
]
