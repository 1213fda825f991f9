"""The sample centre's own roster, brought in beside its contacts."""

from datetime import date, datetime, timedelta

from floorwalker.sources.sample.shifts import planned_shifts
from floorwalker.sources.spreadsheet.script import plain
from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.models import Import
from floorwalker.web.planning.drafts import Draft, Read
from floorwalker.web.planning.models import QueuePlan, Roster, Shift
from floorwalker.web.planning.plans import set_plan
from floorwalker.web.planning.rosters import keep, people_by_name

GOALS: dict[str, dict[str, object]] = {
    "Billing": {"target": 0.6, "threshold_s": 30.0},
    "Moves": {"target": 0.7, "threshold_s": 30.0},
    "Deliveries": {"target": 0.65, "threshold_s": 30.0},
    "Chat": {"target": 0.8, "threshold_s": 60.0, "at_once": 3},
    "Shop chat": {"target": 0.75, "threshold_s": 60.0, "at_once": 3},
    "E-mail": {"work": "later"},
}
"""What its managers have agreed on; its people are too few for 80 % within 20 seconds in each queue."""
ABSENCE = 0.02
"""In the sample centre nearly everybody comes who is planned."""
BUSY = 0.95
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
    for queue, goal in GOALS.items():
        if not QueuePlan.objects.filter(site=site, queue=queue).exists():
            set_plan(site, queue, {**goal, "absence": ABSENCE, "max_occupancy": BUSY}, None)
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
