"""What calendars hold about a person: their ways, without secrets, and their placed time."""

from floorwalker.web.accounts.holdings import Kept
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars.models import Placed, Ways
from floorwalker.web.ui.reader import Reader

FACTS = ("by_mail", "mail_to", "by_caldav", "caldav_url", "caldav_user")


def held_about(viewer: Viewer, _reader: Reader) -> Kept | None:
    """For a program; the page of one’s own calendar tells it in words."""
    ways = Ways.objects.filter(user=viewer.user).values(*FACTS).first()
    facts = ("purpose", "starts_at", "minutes", "weekdays", "until", "state")
    placed = list(Placed.objects.filter(guests__user=viewer.user).values(*facts))
    return Kept({"ways": ways, "placed": placed}) if ways or placed else None
