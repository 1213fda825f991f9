"""What the floor walk holds about a person: who was with them and when. Only they read it, besides whoever was there."""

from django.utils.translation import gettext

from floorwalker.web.accounts.holdings import Kept
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.routines.models import Visit
from floorwalker.web.ui.reader import Reader


def held_about(viewer: Viewer, reader: Reader) -> Kept | None:
    """Visits, the latest first. What came of one is told by the page of follow-ups to those who may read it."""
    found = list(Visit.objects.filter(person=viewer.person, undone_at=None).select_related("by__person"))
    if not found:
        return None
    data = [{"at": each.at, "by": str(each.by)} for each in found]
    lines = [
        gettext("%(name)s, %(when)s") % {"name": f"\u2068{each.by}\u2069", "when": reader.instant(each.at)} for each in found
    ]
    return Kept(data, gettext("Who was with you on a floor walk"), lines)
