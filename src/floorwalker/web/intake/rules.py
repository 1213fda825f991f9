"""Who may bring in what, and take it back."""

from floorwalker.web.accounts.rules import Viewer, may_import, may_manage_people

PEOPLE = "people"


def may_bring_in(viewer: Viewer) -> bool:
    """May bring in contacts, surveys and interval statistics, see how it went, and undo it."""
    return may_import(viewer)


def may_bring_in_kind(viewer: Viewer, kind: str) -> bool:
    """A list of people also sets teams and roles, so it needs the right to manage people."""
    return may_bring_in(viewer) and (kind != PEOPLE or may_manage_people(viewer))
