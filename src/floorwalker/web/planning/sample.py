"""The sample centre's own roster, brought in beside its contacts."""

from datetime import date, datetime, timedelta

from floorwalker.sources.sample.shifts import planned_shifts
from floorwalker.sources.spreadsheet.script import plain
from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.models import Import
from floorwalker.web.planning.drafts import Draft, Read
from floorwalker.web.planning.models import Roster, Shift
from floorwalker.web.planning.rosters import keep, people_by_name

PAST, COMING = timedelta(weeks=8), timedelta(weeks=2)


def plan_sample(site: Site, now: datetime) -> Roster | None:
    """Bring in eight past and two coming weeks for the sample centre that is here; None when there is nothing to do.

    The roster of a sample centre that was undone is taken back.
    """
    samples = Import.objects.filter(site=site, reader=Import.Reader.SAMPLE, state=Import.State.WHOLE)
    coming = samples.order_by("-pk").first()
    samples_now = {str(each.pk) for each in samples}
    for roster in Roster.objects.filter(site=site, kind=Roster.Kind.SAMPLE, undone_at=None).exclude(name__in=samples_now):
        _unplan(roster, now)
    if (
        coming is None
        or Roster.objects.filter(site=site, kind=Roster.Kind.SAMPLE, name=str(coming.pk), undone_at=None).exists()
    ):
        return None
    today = date.fromisoformat(coming.options["today"])
    names = people_by_name(site)
    rows = list(planned_shifts(today, today - PAST, today + COMING))
    known = [(each, names.get(plain(each.agent))) for each in rows]
    drafts = [
        Draft(0, each.day, each.start, each.end, each.queue, person.pk if person else None, 1, each.breaks)
        for each, person in known
    ]
    return keep(site, Roster.Kind.SAMPLE, str(coming.pk), Read(rows=len(rows), drafts=drafts), None, now)


def _unplan(roster: Roster, now: datetime) -> None:
    """Its sample centre was undone."""
    roster.undone_at = now
    roster.save()
    Shift.objects.filter(replaced_by=roster).update(replaced_by=None)
