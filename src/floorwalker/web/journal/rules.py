"""Who may read the journal. Everybody reads the entries about themselves on their own page."""

from typing import Protocol


class Viewer(Protocol):
    """What these rules need to know of a viewer; the whole of it lies in accounts, one floor above."""

    @property
    def roles(self) -> frozenset[str]: ...


def may_read_journal(viewer: Viewer) -> bool:
    """May read who did what on the site."""
    return bool(viewer.roles & {"manager", "admin"})
