"""Everything that is known of a site's changes, for one page of one viewer."""

from dataclasses import dataclass
from functools import cached_property

from floorwalker.core.measures import Calendar
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.changes.models import Decision, Finding, Round, Ruling, Series, Story, Watch
from floorwalker.web.changes.rulings import held_rulings
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.pulse.queries import Desk


@dataclass(frozen=True)
class Ledger:
    """What was found, what people said and ruled, and what the usual was told.

    Each is read once, when it is first asked for: whoever makes a page makes one ledger and hands it down. A page without
    pictures of changes (`draws`) does without their days, which are most of what is kept.
    """

    desk: Desk
    draws: bool = True

    @property
    def viewer(self) -> Viewer:
        """Whose page it is."""
        return self.desk.viewer

    @property
    def site(self) -> Site:
        """Whose changes they are."""
        return self.viewer.site

    @cached_property
    def teams(self) -> frozenset[str]:
        """The teams whose numbers the viewer may see."""
        return self.desk.teams

    @cached_property
    def round(self) -> Round | None:
        """When the numbers were last judged; None before the first time."""
        return Round.objects.filter(site=self.site).first()

    @cached_property
    def findings(self) -> list[Finding]:
        """Every finding that the viewer may see, latest first: those of a team only where they may see the team."""
        found = list(Finding.objects.filter(site=self.site).defer(*(() if self.draws else ("days",))))
        if self.desk.visible is None:
            return found
        return [each for each in found if self.shows(each)]

    def shows(self, about: Series) -> bool:
        """Whether the viewer may see a series: a team's only where they may see the team."""
        return about.dimension != "team" or about.value in self.teams

    @cached_property
    def stories(self) -> list[Story]:
        """Every story of the site."""
        return list(Story.objects.filter(site=self.site).select_related("by__person", "event"))

    @cached_property
    def rulings(self) -> list[Ruling]:
        """The rulings that hold."""
        return held_rulings(self.site)

    @cached_property
    def decisions(self) -> list[Decision]:
        """What the usual of each series was told."""
        return list(Decision.objects.filter(site=self.site))

    @cached_property
    def watches(self) -> list[Watch]:
        """How changes without a verdict are watched."""
        return list(Watch.objects.filter(site=self.site).select_related("assigned_to"))


def ledger_of(viewer: Viewer) -> Ledger:
    """A ledger for a page that asks for no other numbers."""
    return Ledger(Desk(viewer, open_warehouse(viewer.site), Calendar()))
